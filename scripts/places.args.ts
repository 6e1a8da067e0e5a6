import { parseArgs } from 'node:util'
import type { Bounds } from '#shared/geo.ts'
import type { Format } from '#server/features/places/service.import.ts'
import { type Crs, crsNames } from '#server/features/places/service.importCrs.ts'
import { type FieldNames, type Role, roles } from '#server/features/places/service.importFields.ts'
import { makeDecoder } from './places.file.ts'
import { Plain } from './say.ts'

const flagOf = (role: Role): string =>
  role.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)

export const usage = `pnpm places import FILE… [flags]   adds or updates places
pnpm places stats                  what the table holds, by source and category, and unfinished imports
pnpm places reports                what people say is wrong with places

Reads .osm.pbf, GeoJSON, answers of Overpass, JSON lists, NDJSON, CSV and TSV. What is guessed is shown before it is used.
An import that was stopped goes on where it stopped when the same file is given again.

  --source NAME     names the origin; with the file's ids it makes importing again an update (default: the file's name)
  --area S,W,N,E    takes only places between these latitudes and longitudes
  --crs CODE        ${crsNames.join(', ')} (default: by the columns' names and the size of the numbers)
  --format F        pbf, csv, ndjson or json (default: by the file's name, else by how it begins)
  --encoding E      utf-8, utf-16le, utf-16be, cp949, … (default: what its mark says, else what its letters are)
  --report FILE     writes every row that was not taken, with its line and reason, as NDJSON, or CSV if FILE ends in .csv
  --rejected N      how many of them to list here (default 20)
  --dry-run         shows what would be read from where, and imports nothing
  --again           from the beginning, though an import of this file stopped half-way

Where to read each from, when the guess is wrong (a column's name, or - for none):
  ${roles.map((role) => `--${flagOf(role)}`).join(' ')}`

export interface Wish {
  command: 'import' | 'stats' | 'reports'
  files: string[]
  source: string | undefined
  area: Bounds | null
  crs: Crs | null
  format: Format | 'pbf' | null
  encoding: string | undefined
  report: string | undefined
  listed: number
  dryRun: boolean
  again: boolean
  names: FieldNames
}

/** Throws Plain in words for whoever typed it. */
export function readWish(args: readonly string[]): Wish {
  const { values, positionals } = parse(args)
  const [command, ...files] = positionals
  const alone = command === 'stats' || command === 'reports'
  const understood = alone ? files.length === 0 : command === 'import' && files.length > 0
  if (values.help || !understood) throw new Plain(usage)
  if (values.encoding) makeDecoder(values.encoding)
  const given: Partial<Record<string, string | boolean>> = values
  const names = Object.fromEntries(roles.map((role) => [role, given[flagOf(role)]]))
  return {
    command: alone ? command : 'import',
    files,
    source: values.source,
    area: areaOf(values.area),
    crs: crsOf(values.crs),
    format: formatOf(values.format),
    encoding: values.encoding,
    report: values.report,
    listed: countOf(values.rejected),
    dryRun: values['dry-run'],
    again: values.again,
    names,
  }
}

const text = { type: 'string' } as const
const yes = { type: 'boolean', default: false } as const
const options = {
  source: text,
  area: text,
  crs: text,
  format: text,
  encoding: text,
  report: text,
  rejected: { type: 'string', default: '20' },
  'dry-run': yes,
  again: yes,
  help: { type: 'boolean', short: 'h', default: false },
} as const

function parse(args: readonly string[]) {
  const fields = Object.fromEntries(roles.map((role) => [flagOf(role), text]))
  const merged: typeof options = { ...options, ...fields }
  try {
    return parseArgs({
      // A minus as a value: `--price -` reads no price; -33.9 begins an area.
      args: joinValues(args.filter((arg) => arg !== '--')),
      allowPositionals: true,
      options: merged,
    })
  } catch (error) {
    // An unknown flag: what there is says more than a trace.
    throw new Plain(`${error instanceof Error ? error.message : ''}\n\n${usage}`)
  }
}

function joinValues(args: readonly string[]): string[] {
  const joined: string[] = []
  for (const arg of args) {
    const last = joined.at(-1) ?? ''
    const isValue = arg === '-' || /^-\d/u.test(arg)
    if (isValue && /^--[a-z-]+$/u.test(last)) joined[joined.length - 1] = `${last}=${arg}`
    else joined.push(arg)
  }
  return joined
}

function formatOf(format: string | undefined): Wish['format'] {
  if (format === undefined) return null
  if (format === 'csv' || format === 'ndjson' || format === 'json' || format === 'pbf')
    return format
  if (format === 'tsv') return 'csv'
  if (format === 'geojson' || format === 'overpass') return 'json'
  throw new Plain(`--format is pbf, csv, ndjson or json, not "${format}".`)
}

function crsOf(code: string | undefined): Crs | null {
  if (code === undefined) return null
  const known = crsNames.find((name) => name === code.toUpperCase() || name === `EPSG:${code}`)
  if (!known) throw new Plain(`--crs is one of ${crsNames.join(', ')}, not "${code}".`)
  return known
}

function areaOf(area: string | undefined): Bounds | null {
  if (area === undefined) return null
  const [south = 91, west = 181, north = 91, east = 181, ...more] = area.split(',').map(Number)
  const fits =
    more.length === 0 &&
    [south, north].every((lat) => Math.abs(lat) <= 90) &&
    [west, east].every((lng) => Math.abs(lng) <= 180) &&
    south < north
  if (!fits)
    throw new Plain(
      `--area is SOUTH,WEST,NORTH,EAST in degrees, such as 37.4,126.7,37.7,127.2 for Seoul, not "${area}".`,
    )
  return { south, west, north, east }
}

function countOf(number: string): number {
  if (!/^\d{1,6}$/u.test(number)) throw new Plain(`--rejected is a whole number, not "${number}".`)
  return Number(number)
}
