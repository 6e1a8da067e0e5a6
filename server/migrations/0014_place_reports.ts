import { sql } from 'kysely'
import type { Kysely } from 'kysely'

/** What people say is wrong with a place, and whose own additions are whose. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table place_reports (
      place_id uuid not null references places on delete cascade,
      person_id uuid not null,
      -- closed, wrong_place, wrong_hours, not_food, duplicate, other.
      kind text not null,
      note text,
      reported_at timestamptz not null default now(),
      -- Saying the same again changes the note: one person is one report of a kind.
      primary key (place_id, person_id, kind)
    )`.execute(db)
  await sql`create index place_reports_person on place_reports (person_id)`.execute(db)
  await sql`create index place_reports_at on place_reports (reported_at)`.execute(db)
  await sql`create index places_added_by on places (added_by) where added_by is not null`.execute(
    db,
  )
}
