import { sql } from 'kysely'
import type { App } from '#server/app.ts'
import { quantile, tenths, timeEach } from './places.measure.ts'
import type { Queries, Query } from './places.queries.ts'

const IN_FLIGHT = 20
const RESULTS = 20
const PLAIN_MS = 25_000

export interface Searched {
  search: { p50Ms: number; p95Ms: number; p95At20Ms: number }
  initialsP95Ms: number
  typoP95Ms: number
  commonWordP95Ms: number
  plainTrigramP95Ms: number
}

/** Searches through the service, each kind alone, the mixture also with 20 in flight; beside it pg_trgm on the plain name. */
export async function measureSearch(
  app: App,
  queries: Queries,
  note: (line: string) => void,
): Promise<Searched> {
  const asker = { personId: null, address: 'bench' }
  const search = ({ q, near }: Query) =>
    app.services.places.search(asker, { q, near, limit: RESULTS })
  await timeEach(queries.names.slice(0, 20), search)
  const p95 = async (kind: string, items: readonly Query[]): Promise<number> => {
    const took = await timeEach(items, search)
    note(
      `${kind}: p50 ${tenths(quantile(took, 0.5))} ms, p95 ${tenths(quantile(took, 0.95))} ms (${took.length})`,
    )
    return tenths(quantile(took, 0.95))
  }
  const alone = await timeEach(queries.names, search)
  const crowded = await timeEach(queries.names, search, { inFlight: IN_FLIGHT })
  const [p50Ms, p95Ms, p95At20Ms] = [
    quantile(alone, 0.5),
    quantile(alone, 0.95),
    quantile(crowded, 0.95),
  ].map(tenths) as [number, number, number]
  note(`search: p50 ${p50Ms} ms, p95 ${p95Ms} ms, with ${IN_FLIGHT} in flight p95 ${p95At20Ms} ms`)
  const initialsP95Ms = await p95('initials', queries.initials)
  const typoP95Ms = await p95('typos', queries.typos)
  const commonWordP95Ms = await p95('common words', queries.common)
  const plainTrigramP95Ms = await searchPlain(app, queries.names)
  note(`trigrams of the plain name: p95 ${plainTrigramP95Ms} ms`)
  return {
    search: { p50Ms, p95Ms, p95At20Ms },
    initialsP95Ms,
    typoP95Ms,
    commonWordP95Ms,
    plainTrigramP95Ms,
  }
}

/** The usual way: an index of trigrams over the names as they are, ordered by similarity. */
async function searchPlain(app: App, items: readonly Query[]): Promise<number> {
  const { db } = app.platform
  // The pool's statements end after ten seconds; building takes longer.
  await db.transaction().execute(async (tx) => {
    await sql`set local statement_timeout = '120s'`.execute(tx)
    await sql`create index bench_name_trgm on places using gin (name gin_trgm_ops)`.execute(tx)
  })
  const took = await timeEach(
    items,
    ({ q }) =>
      sql`select id, name from places where name ilike ${`%${q}%`} or name % ${q} order by similarity(name, ${q}) desc limit ${RESULTS}`.execute(
        db,
      ),
    { forMs: PLAIN_MS },
  )
  return tenths(quantile(took, 0.95))
}
