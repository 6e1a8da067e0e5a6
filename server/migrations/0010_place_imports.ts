import { sql } from 'kysely'
import type { Kysely } from 'kysely'

/** How far each file was imported: a killed import goes on after the last chunk that was stored. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table place_imports (
      source text not null,
      -- Of the file's contents and of how it was asked to be read.
      fingerprint text not null,
      file text not null,
      -- Rows read when the last chunk was stored: written in that chunk's transaction.
      rows_done bigint not null default 0,
      added bigint not null default 0,
      updated bigint not null default 0,
      unchanged bigint not null default 0,
      rejected bigint not null default 0,
      started_at timestamptz not null default now(),
      stored_at timestamptz not null default now(),
      finished_at timestamptz,
      primary key (source, fingerprint)
    )`.execute(db)
}
