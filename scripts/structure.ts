import { existsSync, globSync, readFileSync } from 'node:fs'
import { texts } from '#client/lib/i18n/texts/index.ts'
import { ROOT } from './paths.ts'
import { join } from 'node:path'
import { checkStructure } from './structure/check.ts'
import { missingProofs } from './structure/proofs.ts'
import { unusedTexts } from './structure/texts.ts'

const WALKED = ['client/src', 'server/src', 'server/migrations', 'shared/src', 'e2e', 'bench']

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

/** Prints what stands where it may not; ends with 1 if anything does. */
const paths = globSync(
  WALKED.map((folder) => `${folder}/**/*.{ts,tsx}`),
  { cwd: ROOT },
)
const sources = new Map(
  paths.filter((path) => !path.endsWith('.d.ts')).map((path) => [path, read(path)]),
)
const shown = [...sources].filter(
  ([path]) =>
    path.startsWith('client/') && !/\.test\.|\/i18n\/texts\/|\/app\/ui\.page\b/.test(path),
)
const faults = [
  ...checkStructure(sources),
  ...unusedTexts(
    texts,
    shown.map(([, text]) => text),
  ),
  ...missingProofs(read('docs/rules.md'), (path) => existsSync(join(ROOT, path))),
]
for (const fault of faults) console.error(fault)
console.error(`${sources.size} files, ${faults.length} faults`)
process.exitCode = faults.length > 0 ? 1 : 0
