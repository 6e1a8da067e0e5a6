import { finished } from 'node:stream/promises'
import { CompiledQuery } from 'kysely'
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import pg from 'pg'
import { from } from 'pg-copy-streams'
import type { Tx } from './db.ts'

export type CopyValue = string | number | null

/** Pieces of at least so many bytes travel at once. */
const PIECE_BYTES = 65_536

/** What stands in for the parameters of a COPY: lines of Postgres's text format. */
class CopyPieces {
  readonly pieces: Iterable<Buffer>
  constructor(pieces: Iterable<Buffer>) {
    this.pieces = pieces
  }
}

/** A row as it travels: kept so, many wait in little memory, with nothing of them for the garbage collector to walk through. */
export type CopyLine = Buffer

export function lineOf(values: readonly CopyValue[]): CopyLine {
  // Asked of the row at once, in which a null is empty: hardly any value has to be looked at for itself.
  const whole = values.join('\t')
  const plain = !/[\\\n\r]/.test(whole) && countTabs(whole) === values.length - 1
  let line = ''
  for (const [nth, value] of values.entries())
    line += (nth === 0 ? '' : '\t') + (plain && value !== null ? value : encode(value))
  return Buffer.from(`${line}\n`)
}

function countTabs(text: string): number {
  let count = 0
  for (let at = text.indexOf('\t'); at >= 0; at = text.indexOf('\t', at + 1)) count++
  return count
}

/**
 * Writes rows into a table by COPY, the fastest way in, in the caller's transaction. Names are those of the program, never of a
 * user; values are written as Postgres reads them for the column's type. Throws what Postgres throws.
 */
export async function copyInto(
  tx: Tx,
  { table, columns }: { table: string; columns: readonly string[] },
  lines: Iterable<CopyLine>,
): Promise<void> {
  const text = `copy ${table} (${columns.join(', ')}) from stdin`
  await tx.executeQuery(CompiledQuery.raw(text, [new CopyPieces(piecesOf(lines))]))
}

function* piecesOf(lines: Iterable<CopyLine>): Generator<Buffer> {
  let piece: CopyLine[] = []
  let bytes = 0
  for (const line of lines) {
    piece.push(line)
    bytes += line.length
    if (bytes < PIECE_BYTES) continue
    yield Buffer.concat(piece, bytes)
    piece = []
    bytes = 0
  }
  if (bytes > 0) yield Buffer.concat(piece, bytes)
}

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
/** One value of the text format (https://www.postgresql.org/docs/current/sql-copy.html). */
function encode(value: CopyValue): string {
  if (value === null) return '\\N'
  if (typeof value === 'number') return String(value)
  return /[\\\t\n\r]/.test(value)
    ? value.replace(/[\\\t\n\r]/g, (letter) => escapes[letter] ?? letter)
    : value
}

/** The pool as Kysely takes it, whose clients also know how to COPY. */
export function copyingPool(pool: pg.Pool): PostgresPool {
  return {
    Client: pg.Client,
    options: pool.options,
    connect: async () => new CopyingClient(await pool.connect()),
    end: () => pool.end(),
  }
}

class CopyingClient implements PostgresPoolClient {
  readonly #client: pg.PoolClient
  readonly processID: number

  constructor(client: pg.PoolClient) {
    this.#client = client
    this.processID = 'processID' in client ? Number(client.processID) : 0
  }

  query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>
  query<R>(
    asked: string | PostgresCursor<R>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof asked !== 'string') throw new TypeError('This pool reads no cursors')
    const [copied] = parameters
    return copied instanceof CopyPieces
      ? this.#copy(asked, copied.pieces)
      : (this.#client.query(asked, [...parameters]) as Promise<PostgresQueryResult<never>>)
  }

  async #copy<R>(sql: string, pieces: Iterable<Buffer>): Promise<PostgresQueryResult<R>> {
    const stream = this.#client.query(from(sql))
    const done = finished(stream)
    for (const piece of pieces)
      if (!stream.write(piece))
        await Promise.race([new Promise((go) => stream.once('drain', go)), done])
    stream.end()
    await done
    return { command: 'SELECT', rowCount: stream.rowCount, rows: [] }
  }

  release(destroy?: boolean): void {
    this.#client.release(destroy)
  }
}
