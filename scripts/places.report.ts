import { closeSync, openSync, writeSync } from 'node:fs'
import type { Format, ImportReport, RejectedRow } from '#server/features/places/service.import.ts'
import { Plain } from './say.ts'

const sentences: Record<RejectedRow['reason'], string> = {
  no_name: 'no name',
  bad_name: 'a name that is too long or holds control characters',
  no_coordinates: 'no coordinates, or ones that are no numbers',
  null_island: 'at 0,0',
  outside_world: 'outside the world, or of Korea for its own grids',
  outside_area: 'outside the area',
  swapped: 'outside the world; latitude and longitude look swapped',
  gone: 'closed for good',
  not_food: 'no food place',
  unreadable: 'a name with characters that can’t be read; is the --encoding right?',
  broken:
    'broken: a quote that doesn’t close, cells that are too few or many, no JSON, or a damaged block',
  cut_off: 'the file ends in the middle of it',
  too_long: 'longer than a row can be',
  duplicate: 'the same id as an earlier row, which it replaced',
}

const NOTHING: Record<Format | 'pbf', string> = {
  csv: 'It holds no row below its header line.',
  ndjson: 'It holds no line with a value.',
  json: 'It holds no list of objects. Is it JSON?',
  pbf: 'It holds no food place.',
}

/** Where in the file: a line of JSON may hold all of it, so there a row is counted, too; a block of a PBF holds thousands. */
const placeOf = ({ row, line }: RejectedRow, format: Format | 'pbf'): string =>
  ({
    csv: `line ${line}`,
    ndjson: `line ${line}`,
    json: `row ${row}, line ${line}`,
    pbf: `row ${row}, block ${line}`,
  })[format]

const FLUSH_CHARS = 64 * 1_024

/** Every row that was not taken, as it is met: the file grows, memory doesn't. Throws Plain when it can't be written. */
export function openReport(path: string) {
  const file = opened(path)
  const csv = path.toLowerCase().endsWith('.csv')
  // With a mark, so that a spreadsheet reads Korean.
  let text = csv ? '\ufefffile,row,line,reason,sentence,about\r\n' : ''
  const flush = (): void => {
    writeSync(file, text)
    text = ''
  }
  return {
    add: (name: string, row: RejectedRow): void => {
      const full = { file: name, ...row, sentence: sentences[row.reason] }
      text += csv
        ? `${[name, row.row, row.line, row.reason, full.sentence, row.about ?? ''].map(cell).join(',')}\r\n`
        : `${JSON.stringify(full)}\n`
      if (text.length > FLUSH_CHARS) flush()
    },
    end: (): void => {
      flush()
      closeSync(file)
    },
  }
}

function opened(path: string): number {
  try {
    return openSync(path, 'w')
  } catch (error) {
    throw new Plain(
      `--report ${path} can't be written: ${error instanceof Error ? error.message : ''}`,
    )
  }
}

/** A formula of a foreign file is text in a spreadsheet. */
function cell(value: string | number): string {
  const text = String(value).replace(/^[=+\-@\t\r]/u, "'$&")
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const count = (value: number): string => value.toLocaleString('en')

/** Totals, reasons and the first rejected rows. Whether the file may be called imported. */
export function printReport(
  report: ImportReport,
  { listed, format }: { listed: number; format: Format | 'pbf' },
): boolean {
  const { added, updated, unchanged, repeated, rejected, passedOver } = report
  console.log(
    `added ${count(added)}, updated ${count(updated)}, unchanged ${count(unchanged)}, repeated ids ${count(repeated)}, rejected ${count(rejected)}`,
  )
  if (passedOver > 0) console.log(`  ${count(passedOver)} elements of the map are no food places`)
  for (const [reason, rows] of Object.entries(report.byReason))
    console.log(`  ${count(rows)} × ${sentences[reason as RejectedRow['reason']]}`)
  for (const row of report.examples.slice(0, listed)) {
    const about = row.about === null ? '' : `  ${row.about}`
    console.log(`  ${placeOf(row, format)}: ${sentences[row.reason]}${about}`)
  }
  const unlisted = rejected + repeated - Math.min(listed, report.examples.length)
  if (unlisted > 0) console.log(`  … and ${count(unlisted)} more; --report FILE lists all`)
  if (report.byReason.cut_off) console.log('The file is incomplete; what it holds was imported.')
  if (report.rows === 0) console.log(NOTHING[format])
  return report.rows > rejected && !report.byReason.cut_off
}
