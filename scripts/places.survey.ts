import type { Format } from '#server/features/places/service.import.ts'
import { type Crs } from '#server/features/places/service.importCrs.ts'
import {
  NO_FIELD,
  type FieldNames,
  plainName,
  roles,
} from '#server/features/places/service.importFields.ts'
import { type FileSurvey, surveyText } from '#server/features/places/service.importSurvey.ts'
import { makeDecoder, type PlaceFile } from './places.file.ts'
import { Plain, say } from './say.ts'

const grids: Record<Crs, string> = {
  'EPSG:4326': 'degrees (EPSG:4326)',
  'EPSG:5174': 'metres of Korea’s central grid (EPSG:5174)',
  'EPSG:5179': 'metres of Korea’s UTM-K grid (EPSG:5179)',
}
const SHOWN_FIELDS = 30

interface Wanted {
  names: FieldNames
  crs: Crs | null
}

/**
 * Says what will be read from where, before anything is. Returns the coordinates' grid.
 * Throws Plain when no place can come of it, or a flag names a column that there isn't.
 */
export async function showSurvey(
  file: PlaceFile,
  format: Format,
  encoding: string,
  { names, crs }: Wanted,
): Promise<Crs> {
  const start = makeDecoder(encoding).decode(file.start, { stream: true })
  const survey = await surveyText(start, format, names)
  if (!survey) return crs ?? 'EPSG:4326'
  checkNames(survey, names, format)
  if (!survey.elements) sayMapping(survey)
  const grid = crs ?? survey.crs
  say(`coordinates: ${grids[grid]}${crs ? '' : ', by their names and size (--crs if wrong)'}`)
  return grid
}

const listOf = (names: readonly string[]): string =>
  names.slice(0, SHOWN_FIELDS).join(', ') + (names.length > SHOWN_FIELDS ? ', …' : '')

function sayMapping({ used, unused, geometry }: FileSurvey): void {
  const told = roles.flatMap((role) => {
    const fields = used[role]
    const isPlace = role === 'lat' || role === 'lon'
    if (isPlace && geometry) return role === 'lat' ? ['lat, lon ← geometry'] : []
    return fields ? [`${role} ← ${fields.join(', else ')}`] : []
  })
  say(told.join(' · '))
  if (unused.length > 0) say(`not used: ${listOf(unused)}`)
}

function checkNames(
  { fields, used, geometry, elements }: FileSurvey,
  names: FieldNames,
  format: Format,
): void {
  for (const given of Object.values(names)) {
    if (given === undefined || given === NO_FIELD) continue
    if (!fields.some((field) => plainName(field) === plainName(given)))
      throw new Plain(`There is no column "${given}". There are: ${listOf(fields)}`)
  }
  // Other formats may have in a later row what the first ones lack.
  if (format !== 'csv' || elements) return
  const missing = [
    ...(used.name || used.nameEn ? [] : ['a name']),
    ...(geometry || (used.lat && used.lon) ? [] : ['coordinates']),
  ]
  if (missing.length > 0)
    throw new Plain(
      `No column looks like ${missing.join(' or ')}. There are: ${listOf(fields)}\nName them: --name COLUMN --lat COLUMN --lon COLUMN`,
    )
}
