import { sql } from 'kysely'
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create extension if not exists pg_trgm`.execute(db)
  await sql`
    create table places (
      id uuid primary key default gen_random_uuid(),
      source text not null,
      source_id text not null,
      name text not null,
      name_en text,
      category text not null,
      address text,
      lat double precision not null check (lat between -85.06 and 85.06),
      lng double precision not null check (lng between -180 and 180),
      price integer check (price >= 0),
      menu text,
      hours text,
      -- Position on the Z-order curve (26 bits a side): a map tile of any zoom is one range of it (policy.spots.ts).
      spot bigint not null default 0,
      -- Folded text that search reads: |name|english|aliases|words|address (shared/src/places.search.ts).
      doc text not null,
      initials text not null,
      imported_at timestamptz not null default now(),
      unique (source, source_id)
    )`.execute(db)
  await sql`create index places_doc_trgm on places using gin (doc gin_trgm_ops)`.execute(db)
  await sql`create index places_initials_trgm on places using gin (initials gin_trgm_ops)`.execute(
    db,
  )
  await sql`create index places_spot on places (spot)`.execute(db)
}
