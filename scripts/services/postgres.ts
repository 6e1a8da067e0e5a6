import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  mkdtempSync,
  chownSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { Plain, type Say } from '../say.ts'
import { type Child, startChild, tail } from './child.ts'
import { choosePort, waitFor } from './ports.ts'
import { findPostgres, type Owner, postgresOwner, prepareFolders } from './postgres.binaries.ts'
import { commandLine, endProcess, isAlive } from './processes.ts'

/** What is running, under which address, and how to end it. `stop` does nothing to what isn't ours. */
export interface Service {
  url: string
  stop(): Promise<void>
}

interface PostgresOptions {
  /** Data in `<folder>/postgres`, log and pid file beside it. */
  folder: string
  password: string
  port?: number
  say: Say
}

/** Postgres's code for it. */
const WRONG_PASSWORD = '28P01'
const USER = 'bapmap'
const DATABASE = 'bapmap'
/** Replaying the log after a power cut may take this long on a slow disk. */
const READY_MS = 60_000

/** The Postgres of DATABASE_URL if given (checked), else our own, started on the data kept here. */
export async function findOrStartPostgres(
  options: PostgresOptions,
  given = process.env.DATABASE_URL,
): Promise<Service> {
  if (!given) return startPostgres(options)
  try {
    await query(given, 'select 1')
  } catch (cause) {
    throw new Plain(`DATABASE_URL is set, but its Postgres doesn't answer: ${reason(cause)}.`)
  }
  return { url: given, stop: async () => {} }
}

async function startPostgres(options: PostgresOptions): Promise<Service> {
  const owner = postgresOwner()
  const { native, data } = prepareFolders(findPostgres(), join(options.folder, 'postgres'), owner)
  await clearStaleLock(data)
  if (!existsSync(join(data, 'PG_VERSION'))) initialise(native, data, owner, options)
  const port = await choosePort(options.port)
  const child = await launch(native, data, port, owner, options)
  const at = `postgres://${USER}:${options.password}@127.0.0.1:${port}`
  const stop = (): Promise<void> => child.stop()
  try {
    await untilReady(child, `${at}/postgres`)
    await createDatabase(`${at}/postgres`)
  } catch (error) {
    await stop()
    throw error
  }
  return { url: `${at}/${DATABASE}`, stop }
}

/**
 * After a power cut or `kill -9` postmaster.pid names a process. A Postgres of ours that still runs
 * is ended in the orderly way; a pid that belongs to another program by now would make Postgres
 * refuse to start for ever, so that file is removed.
 */
export async function clearStaleLock(data: string): Promise<void> {
  const lock = join(data, 'postmaster.pid')
  if (!existsSync(lock)) return
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0])
  const alive = Number.isInteger(pid) && pid > 1 && isAlive(pid)
  if (alive && commandLine(pid).includes(data)) {
    await endProcess(pid, 'SIGINT', 20_000)
  }
  rmSync(lock, { force: true })
}

/**
 * Character classes must come from a UTF-8 locale of the system: pg_trgm finds nothing in Korean
 * under the C locale. Sorting stays by code point, the same on every machine.
 */
function utf8Locale(): string {
  const names = run('locale', ['-a']).split('\n')
  const wanted = [/^C\.utf-?8$/i, /^en_US\.utf-?8$/i, /^ko_KR\.utf-?8$/i, /utf-?8$/i]
  for (const pattern of wanted) {
    const name = names.find((each) => pattern.test(each))
    if (name) return name
  }
  return process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'
}

function run(command: string, args: string[]): string {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return ''
  }
}

function initialise(
  native: string,
  data: string,
  owner: Owner | undefined,
  { password, say }: PostgresOptions,
): void {
  say('making a new database folder')
  // A try that was cut off leaves files without PG_VERSION, and initdb wants an empty folder.
  for (const name of readdirSync(data)) rmSync(join(data, name), { recursive: true })
  const folder = mkdtempSync(join(tmpdir(), 'bapmap-initdb-'))
  const passwordFile = join(folder, 'password')
  try {
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
    if (owner) for (const path of [folder, passwordFile]) chownSync(path, owner.uid, owner.gid)
    for (const name of ['initdb', 'postgres']) makeExecutable(join(native, 'bin', name))
    execFileSync(
      join(native, 'bin', 'initdb'),
      [
        `--pgdata=${data}`,
        `--username=${USER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--lc-collate=C',
        `--lc-ctype=${utf8Locale()}`,
      ],
      { ...owner, cwd: data, stdio: ['ignore', 'pipe', 'pipe'], env: plainEnv() },
    )
  } catch (cause) {
    const detail = (cause as { stderr?: Buffer }).stderr?.toString().trim() ?? ''
    throw new Plain(`Postgres couldn't make its data folder ${data}.\n${detail || reason(cause)}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** npm drops the executable bit on some platforms; where it is set, a read-only store is fine. */
function makeExecutable(path: string): void {
  const mode = statSync(path).mode
  if ((mode & 0o111) !== 0o111) chmodSync(path, mode | 0o555)
}

/** Messages in English whatever the terminal's language: our own checks read none, people do. */
const plainEnv = (): NodeJS.ProcessEnv => ({ ...process.env, LC_ALL: 'C', LANG: 'C' })

async function launch(
  native: string,
  data: string,
  port: number,
  owner: Owner | undefined,
  { folder }: PostgresOptions,
): Promise<Child> {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=', // the default folder isn't writable everywhere, and TCP is enough
    'max_connections=300', // tests run several servers, each with a pool
    'shared_buffers=128MB',
    'log_checkpoints=off',
  ]
  return startChild(folder, {
    name: 'postgres',
    command: join(native, 'bin', 'postgres'),
    args: ['-D', data, '-p', String(port), ...settings.flatMap((each) => ['-c', each])],
    mark: data,
    cwd: data,
    env: plainEnv(),
    owner,
    stopSignal: 'SIGINT', // fast shutdown: ends sessions, writes everything, leaves no lock file
    stopTimeoutMs: 30_000,
  })
}

async function untilReady(child: Child, url: string): Promise<void> {
  const answers = async (): Promise<boolean> => {
    try {
      await query(url, 'select 1')
      return true
    } catch (error) {
      if ((error as { code?: string }).code === WRONG_PASSWORD) {
        throw new Plain(
          'The database in .data/postgres has another password than .data/secrets.json. ' +
            'Bring that file back, or delete both to start with no data.',
        )
      }
      return !child.running()
    }
  }
  const ready = await waitFor(answers, READY_MS)
  if (ready && child.running()) return
  throw new Plain(`Postgres didn't start (log: ${child.logFile}).\n${tail(child.logFile)}`)
}

async function createDatabase(url: string): Promise<void> {
  const found = await query(url, `select 1 from pg_database where datname = '${DATABASE}'`)
  if (found === 0) await query(url, `create database ${DATABASE}`)
}

/** Runs one statement on a connection of its own; returns the number of rows. */
async function query(url: string, sql: string): Promise<number> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  // A server that goes away while we are connected emits an error that nobody awaits.
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(sql)).rowCount ?? 0
  } finally {
    await client.end()
  }
}

function reason(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  return cause.message || (cause as NodeJS.ErrnoException).code || cause.name
}
