import { sql } from 'kysely'
import type { Kysely } from 'kysely'

/** Whoever writes places marks the regions whose twins and clusters must be looked at anew: a writer that had to remember it would forget. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Places by category, { "korean": 3 }: what the next lower zoom adds up. Only down from the regions' zoom.
  await sql`alter table place_clusters add column categories jsonb`.execute(db)
  await sql`alter table place_cluster_dirty add column touched_at timestamptz not null default now()`.execute(
    db,
  )
  // A region is a cell of zoom 12 (policy.cells.ts). Written over rather than let be: who counts and who writes must meet at its row.
  // In order, so that two writers wait for one another and never each for the other.
  await sql`
    create function mark_place_regions() returns trigger language plpgsql as $$
    begin
      if tg_op = 'INSERT' then
        insert into place_cluster_dirty (region)
          select distinct spot >> 26 from new_places order by 1
          on conflict (region) do update set touched_at = excluded.touched_at;
      elsif tg_op = 'DELETE' then
        insert into place_cluster_dirty (region)
          select distinct spot >> 26 from old_places order by 1
          on conflict (region) do update set touched_at = excluded.touched_at;
      else
        insert into place_cluster_dirty (region)
          select distinct region
          from old_places before join new_places after using (id),
            unnest(array[before.spot >> 26, after.spot >> 26]) as region
          where (before.spot, before.category, before.source, before.same_as is null, before.name, before.name_en, before.brand, before.phone)
            is distinct from (after.spot, after.category, after.source, after.same_as is null, after.name, after.name_en, after.brand, after.phone)
          order by 1
          on conflict (region) do update set touched_at = excluded.touched_at;
      end if;
      return null;
    end $$`.execute(db)
  await sql`
    create trigger places_added after insert on places referencing new table as new_places
      for each statement execute function mark_place_regions()`.execute(db)
  await sql`
    create trigger places_changed after update on places referencing old table as old_places new table as new_places
      for each statement execute function mark_place_regions()`.execute(db)
  await sql`
    create trigger places_removed after delete on places referencing old table as old_places
      for each statement execute function mark_place_regions()`.execute(db)
  await sql`insert into place_cluster_dirty (region) select distinct spot >> 26 from places on conflict do nothing`.execute(
    db,
  )
}
