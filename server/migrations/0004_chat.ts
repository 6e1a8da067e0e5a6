import { sql } from 'kysely'
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table channels (
      id uuid primary key,
      kind text not null,
      -- A new epoch tells readers that numbers seen before mean nothing any more.
      epoch uuid not null default gen_random_uuid(),
      last_seq bigint not null default 0,
      created_at timestamptz not null default clock_timestamp()
    )`.execute(db)
  await sql`
    create table messages (
      channel_id uuid not null references channels on delete cascade,
      seq bigint not null,
      client_id uuid not null,
      author_id uuid not null,
      author_name text not null,
      author_portrait text not null,
      body text not null,
      at timestamptz not null default clock_timestamp(),
      primary key (channel_id, seq),
      unique (channel_id, author_id, client_id)
    )`.execute(db)
  await sql`create index messages_author on messages (author_id)`.execute(db)
}
