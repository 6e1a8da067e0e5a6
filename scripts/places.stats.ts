import type { PlaceStats } from '#server/features/places/service.import.ts'
import { durationText } from './places.progress.ts'

const count = (value: number): string => value.toLocaleString('en')
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`
const CATEGORIES = 6

export function printStats({ sources, imports, table }: PlaceStats): void {
  if (table.places === 0) console.log('The table holds no places yet: pnpm places import FILE')
  else {
    const names = [...new Set(sources.map((row) => row.source))]
    const rows = names.map((name) => {
      const own = sources.filter((row) => row.source === name)
      const total = own.reduce((sum, row) => sum + row.places, 0)
      const last = imports.find((each) => each.source === name && each.finishedAt)
      return [name, count(total), last?.finishedAt ? agoText(last.finishedAt) : '', mixOf(own)]
    })
    printTable([['source', 'places', 'last import', 'categories'], ...rows])
    console.log(
      `\n${count(table.places)} places, ${count(table.linked)} of them linked as another source's record of the same shop`,
    )
  }
  console.log(
    `table ${megabytes(table.tableBytes)}, indexes ${megabytes(table.indexBytes)}, database ${megabytes(table.databaseBytes)}`,
  )
  const unfinished = imports.filter((each) => !each.finishedAt)
  if (unfinished.length > 0) console.log('\nunfinished: give the same file again and it goes on')
  for (const { file, source, rowsDone, storedAt } of unfinished)
    console.log(`  ${file} (${source}): ${count(rowsDone)} rows, stopped ${agoText(storedAt)}`)
}

function mixOf(own: readonly { category: string; places: number }[]): string {
  const shown = own.slice(0, CATEGORIES).map((row) => `${row.category} ${count(row.places)}`)
  const more = own.length - shown.length
  return shown.join(', ') + (more > 0 ? `, ${more} more` : '')
}

const agoText = (time: Date): string => `${durationText(Date.now() - time.getTime())} ago`

/** Hangul and Han are two columns wide on a terminal. */
const widthOf = (text: string): number =>
  [...text].reduce(
    (sum, letter) =>
      sum + (/[\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uff60]/u.test(letter) ? 2 : 1),
    0,
  )

function printTable(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => widthOf(row[column] ?? ''))),
  )
  for (const row of rows) {
    const cells = row.map((text, column) => {
      const gap = ' '.repeat((widths[column] ?? 0) - widthOf(text))
      return column === 1 ? gap + text : text + gap
    })
    console.log(cells.join('  ').trimEnd())
  }
}
