import { readdir } from 'node:fs/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import { type Migration, type MigrationProvider, Migrator } from 'kysely/migration'
import pg from 'pg'
import { copyingPool } from './db.copy.ts'
import type { DB } from './db.generated.ts'
import type { Log } from './log.ts'

export type Db = Kysely<DB>
export type Tx = Transaction<DB>
/** A repo takes this: it works inside and outside a transaction. */
export type DbOrTx = Db | Tx

const INT8 = 20
const NUMERIC = 1700
const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url))

export interface DbOptions {
  poolMax: number
  /** A statement that takes longer is cancelled by Postgres. */
  statementMs?: number
  /** A transaction whose process says nothing for this long is ended by Postgres. */
  silentMs?: number
  /** A statement that waits longer for another's lock is cancelled; absent: it waits as long as `statementMs` lets it. */
  lockMs?: number
  /** Settings of Postgres that all its sessions have. */
  settings?: Readonly<Record<string, string>>
}

/** A process that freezes while it holds a row must let go well before those who wait for that row are cancelled (`lockMs`). */
const SILENT_MS = 2_000
/**
 * What a frozen process had in line gets the row one after another, and would hold it in silence each time: after this long the line is
 * cancelled, so that others wait `LOCK_WAIT_MS` + `SILENT_MS` at most, however long it was. Theirs are cancelled with it, and tried again.
 */
export const LOCK_WAIT_MS = 4_000

export interface DbLink {
  db: Db
  pool: pg.Pool
  close(): Promise<void>
}

/**
 * Opens the pool; connects when first used. int8 and numeric arrive as numbers: our counters stay below 2^53, and a value
 * that would not fit throws instead of being rounded.
 */
export function makeDb(url: string, options: DbOptions, log: Log): DbLink {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.poolMax,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: options.statementMs ?? 10_000,
    idle_in_transaction_session_timeout: options.silentMs ?? SILENT_MS,
    lock_timeout: options.lockMs,
    options: Object.entries(options.settings ?? {})
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
    application_name: 'bapmap',
    types: { getTypeParser: typeParser },
  })
  // An idle connection that Postgres ends (restart) is an 'error' here; unheard it would end the process. The pool opens a new one.
  pool.on('error', (error) => log.warn({ err: error }, 'idle database connection lost'))
  // The pool listens to idle connections only: one that is lost between two statements of a transaction would end the
  // process too. The transaction itself fails at its next statement.
  pool.on('connect', (client) =>
    client.on('error', (error) => log.debug({ err: error }, 'database connection lost')),
  )
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: copyingPool(pool) }) })
  return { db, pool, close: () => db.destroy() }
}

function typeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === INT8 || oid === NUMERIC) return safeNumber
  return format === 'binary'
    ? pg.types.getTypeParser(oid, 'binary')
    : pg.types.getTypeParser(oid, 'text')
}

function safeNumber(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && !Number.isSafeInteger(value))
    throw new RangeError('A number from the database does not fit')
  return value
}

/** Reads server/migrations in order of name. Our own provider, because Node imports `.ts` files by URL. */
const migrations: MigrationProvider = {
  getMigrations: async () => {
    const files = (await readdir(migrationsFolder))
      .filter((file) => /^\d{4}_\w+\.ts$/.test(file))
      .sort()
    const pairs = await Promise.all(
      files.map(async (file): Promise<[string, Migration]> => [
        file.slice(0, -3),
        await import(pathToFileURL(join(migrationsFolder, file)).href),
      ]),
    )
    return Object.fromEntries(pairs)
  },
}

/**
 * Applies what is missing, all or nothing, one process at a time (Kysely holds an advisory lock); returns the names applied.
 * Throws with the failed migration's name and the cause.
 */
export async function migrate(db: Db): Promise<string[]> {
  const { error, results = [] } = await new Migrator({ db, provider: migrations }).migrateToLatest()
  if (error) {
    const failed = results.find((result) => result.status === 'Error')
    throw new Error(`Migration ${failed?.migrationName ?? ''} failed`, { cause: error })
  }
  return results.map((result) => result.migrationName)
}

/** True when every migration that this code knows is applied; newer ones (of a newer server) do no harm. Throws when Postgres does not answer. */
export async function isMigrated(db: Db): Promise<boolean> {
  const known = Object.keys(await migrations.getMigrations())
  const there = await sql<{
    name: string | null
  }>`select to_regclass('kysely_migration')::text as name`.execute(db)
  if (!there.rows[0]?.name) return false
  const applied = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
  const names = new Set(applied.rows.map((row) => row.name))
  return known.every((name) => names.has(name))
}
