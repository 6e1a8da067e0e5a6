import { createHash, hash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { FlatRow } from './service.importFields.ts'
import type { RowRules } from './service.importRow.ts'

const path = (url: string): string => fileURLToPath(new URL(url, import.meta.url))
const SHARED = path('../../../../shared/src/')
const PACKAGE = path('../../../../package.json')
/** Files whose code decides what a row becomes; rather too many than one too few. */
const readers = [
  { folder: path('./'), names: /^(?:policy|service\.import).*(?<!\.test)\.ts$/u },
  { folder: SHARED, names: /^(?:limits|(?:places|users)\..*)(?<!\.test)\.ts$/u },
]
/** Of 96 bits no two rows of one id will ever be alike by chance. */
const SUM_CHARS = 16

/**
 * Tells rows apart by what they say and by how they would be read: with other columns, on another grid, or by another version of this
 * program a row has another sum, since other texts may come of it.
 */
export async function makeRowSum({
  names,
  crs,
}: Pick<RowRules, 'names' | 'crs'>): Promise<(row: FlatRow) => string> {
  const how = createHash('sha1').update(JSON.stringify([names, crs, process.versions.unicode]))
  how.update(await readFile(PACKAGE))
  for (const { folder, names: wanted } of readers)
    for (const name of (await readdir(folder)).filter((each) => wanted.test(each)).toSorted())
      how.update(await readFile(`${folder}${name}`))
  const start = how.digest('base64url')
  return ({ fields, id, point, element }) =>
    hash('sha1', start + JSON.stringify([fields, id, point, element]), 'base64url').slice(
      0,
      SUM_CHARS,
    )
}
