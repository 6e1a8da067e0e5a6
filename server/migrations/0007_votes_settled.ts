import { sql } from 'kysely'
import type { Kysely } from 'kysely'

/** What each chose in the run-off, beside the first round's choices. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table decision_people add column settled integer`.execute(db)
}
