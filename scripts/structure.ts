import { globSync, readFileSync } from 'node:fs'
import { ROOT } from './paths.ts'
import { join } from 'node:path'
import { checkStructure } from './structure/check.ts'

const WALKED = ['client/src', 'server/src', 'server/migrations', 'shared/src', 'e2e', 'bench']

/** Prints what stands where it may not; ends with 1 if anything does. */
const paths = globSync(
  WALKED.map((folder) => `${folder}/**/*.{ts,tsx}`),
  { cwd: ROOT },
)
const sources = paths.filter((path) => !path.endsWith('.d.ts'))
const faults = checkStructure(
  new Map(sources.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')])),
)
for (const fault of faults) console.error(fault)
console.error(`${sources.length} files, ${faults.length} out of place`)
process.exitCode = faults.length > 0 ? 1 : 0
