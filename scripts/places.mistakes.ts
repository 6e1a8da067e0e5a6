import { listReports } from '#server/features/places/repo.people.ts'
import type { Db } from '#server/platform/db.ts'

const LISTED = 200

/** What people say is wrong with places: what more of them say first. */
export async function printReports(db: Db): Promise<void> {
  const reports = await listReports(db, LISTED)
  if (reports.length === 0) console.log('Nobody has reported a mistake.')
  for (const { place_id, name, address, source, kind, people, notes, reported_at } of reports) {
    const day = reported_at.toISOString().slice(0, 10)
    console.log(
      `${kind.replace('_', ' ')}, ${people} ${people === 1 ? 'person' : 'people'}, last on ${day}`,
    )
    console.log(`  ${[name, address, source].filter(Boolean).join(' · ')}  /place/${place_id}`)
    for (const note of notes) console.log(`  “${note}”`)
  }
}
