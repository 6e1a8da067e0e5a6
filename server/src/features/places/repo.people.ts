import { sql } from 'kysely'
import type { DbOrTx, Tx } from '#server/platform/db.ts'
import type { Category } from '#shared/places.ts'
import type { ReportKind } from '#shared/places.details.ts'

export interface OwnPlace {
  sourceId: string
  name: string
  category: Category
  address: string | null
  lat: number
  lng: number
  hours: string | null
  spot: number
  doc: string
  initials: string
}

/** Adds a place of a person's; the same key again is the same place. Null: somebody else used that key. */
export async function insertOwn(
  db: DbOrTx,
  source: string,
  personId: string,
  place: OwnPlace,
): Promise<string | null> {
  await sql`
    insert into places (source, source_id, name, category, address, lat, lng, hours, spot, doc, initials, added_by)
    values (${source}, ${place.sourceId}, ${place.name}, ${place.category}, ${place.address}, ${place.lat}, ${place.lng},
      ${place.hours}, ${place.spot}, ${place.doc}, ${place.initials}, ${personId})
    on conflict (source, source_id) do nothing`.execute(db)
  const { rows } = await sql<{ id: string }>`
    select id from places where source = ${source} and source_id = ${place.sourceId} and added_by = ${personId}`.execute(
    db,
  )
  return rows[0]?.id ?? null
}

/** Takes a person's own addition away; false: it is none. */
export async function deleteOwn(
  db: DbOrTx,
  source: string,
  personId: string,
  id: string,
): Promise<boolean> {
  const { rows } = await sql`
    delete from places where id = ${id} and source = ${source} and added_by = ${personId} returning id`.execute(
    db,
  )
  return rows.length > 0
}

/** One report a person, place and kind: said again it replaces the note. */
export async function upsertReport(
  db: DbOrTx,
  report: { placeId: string; personId: string; kind: ReportKind; note: string | null },
): Promise<void> {
  await sql`
    insert into place_reports (place_id, person_id, kind, note)
    values (${report.placeId}, ${report.personId}, ${report.kind}, ${report.note})
    on conflict (place_id, person_id, kind) do update
      set note = coalesce(excluded.note, place_reports.note), reported_at = now()`.execute(db)
}

export interface ReportRow {
  place_id: string
  name: string
  address: string | null
  source: string
  kind: string
  people: number
  notes: string[]
  reported_at: Date
}

/** What was said, by place and kind: what more people say comes first, then the latest. */
export async function listReports(db: DbOrTx, limit: number): Promise<ReportRow[]> {
  const { rows } = await sql<ReportRow>`
    select r.place_id, p.name, p.address, p.source, r.kind, count(*)::int as people,
      coalesce(array_agg(r.note order by r.reported_at desc) filter (where r.note is not null), '{}') as notes,
      max(r.reported_at) as reported_at
    from place_reports r join places p on p.id = r.place_id
    group by r.place_id, p.id, r.kind order by people desc, reported_at desc limit ${limit}`.execute(
    db,
  )
  return rows
}

export interface OwnData {
  places: { id: string; name: string; lat: number; lng: number; address: string | null }[]
  reports: { placeId: string; kind: string; note: string | null; reportedAt: Date }[]
}

export async function readOwn(db: DbOrTx, personId: string): Promise<OwnData> {
  const { rows: places } = await sql<OwnData['places'][number]>`
    select id, name, lat, lng, address from places where added_by = ${personId} order by id`.execute(
    db,
  )
  const { rows: reports } = await sql<OwnData['reports'][number]>`
    select place_id as "placeId", kind, note, reported_at as "reportedAt" from place_reports
    where person_id = ${personId} order by reported_at`.execute(db)
  return { places, reports }
}

export async function ownsPlaces(db: DbOrTx, personId: string): Promise<boolean> {
  const { rows } = await sql<{ owns: boolean }>`
    select exists (select from places where added_by = ${personId}) as owns`.execute(db)
  return rows[0]?.owns ?? false
}

/** To nobody: the shops stay on the map for the others, who added them is forgotten. */
export async function setOwner(tx: Tx, from: string, to: string | null): Promise<void> {
  await sql`update places set added_by = ${to} where added_by = ${from}`.execute(tx)
}

/** Where both said the same, the later word stays. */
export async function moveReports(tx: Tx, from: string, to: string): Promise<void> {
  await sql`
    insert into place_reports (place_id, person_id, kind, note, reported_at)
    select place_id, ${to}, kind, note, reported_at from place_reports where person_id = ${from}
    on conflict (place_id, person_id, kind) do update set note = excluded.note, reported_at = excluded.reported_at
      where excluded.reported_at > place_reports.reported_at`.execute(tx)
  await eraseReports(tx, from)
}

export async function eraseReports(tx: Tx, personId: string): Promise<void> {
  await sql`delete from place_reports where person_id = ${personId}`.execute(tx)
}
