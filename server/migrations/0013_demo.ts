import { sql } from 'kysely'
import type { Kysely } from 'kysely'

/** Bap Island: rooms for trying alone, and the simulated friends in them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table rooms add column demo boolean not null default false`.execute(db)
  await sql`create index rooms_demo on rooms (creator_id) where demo`.execute(db)
  await sql`alter table room_members add column simulated boolean not null default false`.execute(
    db,
  )
  // Whose room is gone, is gone too: the room's end is told by the key, whoever ended it.
  await sql`
    create table demo_people (
      person_id uuid primary key references people on delete cascade,
      room_id uuid references rooms on delete set null,
      -- Which friend: the script's name for them.
      friend text not null,
      unique (room_id, friend)
    )`.execute(db)
  await sql`create index demo_people_over on demo_people (person_id) where room_id is null`.execute(
    db,
  )
}
