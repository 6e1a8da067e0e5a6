import type { Format } from './service.import.ts'
import { type Crs, guessCrs } from './service.importCrs.ts'
import {
  type FieldNames,
  type Fields,
  flatten,
  isFields,
  mapFields,
  type Role,
} from './service.importFields.ts'
import { readJsonArray } from './service.importJson.ts'
import { readCsv, readNdjson } from './service.importRead.ts'
import { readPair } from './service.importRow.ts'

/** What the beginning of a text file shows of how it will be read. */
export interface FileSurvey {
  fields: string[]
  used: Partial<Record<Role, string[]>>
  unused: string[]
  crs: Crs
  /** Elements of OpenStreetMap: their tags need no mapping. */
  elements: boolean
  /** Coordinates stand in a geometry, not in fields. */
  geometry: boolean
}

const ROWS = 200

/** Reads the first rows of `text`, which may end amid one. Null when it holds no row. */
export async function surveyText(
  text: string,
  format: Format,
  names: FieldNames,
): Promise<FileSurvey | null> {
  const values = await firstRows(text, format)
  if (values.length === 0) return null
  const rows = values.map(flatten)
  // A field may be missing in the first row, as a phone number in a file of features.
  const spelled = [...new Set(values.flatMap(namesOf))]
  const pairs = rows.map((row) => readPair(row, names)).filter((pair) => pair !== null)
  const { used, unused } = mapFields(spelled, names)
  return {
    fields: spelled,
    used,
    unused,
    crs: guessCrs(
      spelled,
      pairs.map(({ x, y }) => [x, y] as const),
    ),
    elements: rows.some((row) => row.element),
    geometry: rows.some((row) => row.point !== null && !row.element),
  }
}

/** As the file spells them. */
function namesOf(value: Fields): string[] {
  return Object.keys([value.properties, value.tags].find(isFields) ?? value)
}

async function firstRows(text: string, format: Format): Promise<Fields[]> {
  const read = { csv: readCsv, ndjson: readNdjson, json: readJsonArray }[format]
  const rows: Fields[] = []
  for await (const row of read([text.replace(/^\ufeff/, '')])) {
    if ('value' in row && isFields(row.value)) rows.push(row.value)
    if (rows.length >= ROWS) break
  }
  return rows
}
