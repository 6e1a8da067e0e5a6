import { sql } from 'kysely'
import type { Kysely } from 'kysely'

/** One shop may be known from several sources (docs/adr/0008); what more is told of a place; its clusters for far zooms. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table places
      -- Of a record that tells of the same shop as an older one of another source: that one. Never a chain.
      add column same_as uuid references places on delete set null,
      add column brand text,
      add column phone text,
      add column website text,
      -- What a diet is told of: vegetarian, vegan, halal, kosher, gluten_free.
      add column diet text[] not null default '{}',
      -- [{ "name", "nameEn", "price" }], in the order of the source's menu.
      add column menus jsonb,
      -- 0 for nothing known, up to 1; what makes one of many matches the likelier.
      add column popularity real not null default 0,
      -- Of a place that a person added.
      add column added_by uuid`.execute(db)
  await sql`create index places_same_as on places (same_as) where same_as is not null`.execute(db)
  await sql`
    create table place_clusters (
      zoom smallint not null,
      -- Place on the Z-order curve of that zoom's grid.
      cell bigint not null,
      places integer not null,
      -- Middle of its places.
      lat double precision not null,
      lng double precision not null,
      -- The one that most of them have.
      category text not null,
      primary key (zoom, cell)
    )`.execute(db)
  // Regions whose clusters are older than their places: written with the places, cleared by the counting.
  await sql`create table place_cluster_dirty (region bigint primary key)`.execute(db)
}
