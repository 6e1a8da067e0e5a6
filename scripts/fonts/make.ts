import { createHash } from 'node:crypto'
import {
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import subsetFont from 'subset-font'
import { ROOT } from '../paths.ts'
import { charactersOfTexts, partsOf, type Slice, slicesOf, unicodeRange } from './characters.ts'
import { KEPT_NAMES, namesOf, renameFont } from './name.ts'

/** What CSS calls our files; not "Pretendard", which is reserved for the unchanged font (name.ts). */
const FAMILY = 'Bapmap Sans'
/** The weights of the design lie between: a narrower axis is a smaller file. */
const WEIGHTS = { min: 400, max: 800 }
/** Spacing, marks, numerals of one width: what the design uses. */
const FEATURES = ['kern', 'ccmp', 'locl', 'calt', 'liga', 'rlig', 'rvrn', 'mark', 'mkmk', 'tnum']

const CACHE = join(ROOT, 'node_modules', '.cache', 'bapmap-fonts')
const PACKAGE = dirname(createRequire(import.meta.url).resolve('pretendard/package.json'))
const VARIABLE = join(PACKAGE, 'dist/public/variable/PretendardVariable.ttf')
const DYNAMIC = join(PACKAGE, 'dist/web/variable/pretendardvariable-dynamic-subset.css')

/**
 * Cuts our own files out of Pretendard, with `ui.css` (our texts) and `more.css` (what people write). The answer is their folder, which
 * stays as long as texts, package and these sources do: a few seconds the first time, nothing later.
 */
export async function makeFonts(): Promise<string> {
  const css = readFileSync(DYNAMIC, 'utf8')
  const slices = slicesOf(charactersOfTexts(), partsOf(css))
  const folder = join(CACHE, keyOf(slices))
  if (existsSync(folder)) return folder
  // Whole or not at all: another build may want the same at this moment.
  const unfinished = `${folder}.${process.pid}`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { recursive: true })
  for (const { name, bytes } of await cut(slices))
    writeFileSync(join(unfinished, `${name}.woff2`), bytes)
  const [ui, ...more] = slices.map(ruleOf)
  writeFileSync(join(unfinished, 'ui.css'), ui ?? '')
  writeFileSync(join(unfinished, 'more.css'), more.join('') + rareRules(css, slices))
  try {
    renameSync(unfinished, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
    rmSync(unfinished, { recursive: true })
  }
  return folder
}

/** Every slice as its own file. The whole font is cut once, then the slices out of what is left of it. */
async function cut(slices: readonly Slice[]): Promise<{ name: string; bytes: Buffer }[]> {
  const whole = readFileSync(VARIABLE)
  const copyright = namesOf(whole).get(0) ?? ''
  const ours = await subsetFont(whole, slices.flatMap(({ characters }) => characters).join(''), {
    targetFormat: 'truetype',
    keepFeatures: FEATURES,
    variationAxes: { wght: WEIGHTS },
    noHinting: true,
  })
  const named = renameFont(ours, FAMILY, copyright)
  const files: { name: string; bytes: Buffer }[] = []
  for (const [index, { name, characters }] of slices.entries()) {
    const keepFeatures = index === 0 ? FEATURES : []
    const bytes = await subsetFont(named, characters.join(''), {
      targetFormat: 'woff2',
      keepFeatures,
      preserveNameIds: KEPT_NAMES,
    })
    files.push({ name, bytes })
  }
  return files
}

const ruleOf = ({ name, characters }: Slice): string => `@font-face {
  font-family: '${FAMILY}';
  font-style: normal;
  font-weight: ${WEIGHTS.min} ${WEIGHTS.max};
  font-display: swap;
  src: url(./${name}.woff2) format('woff2');
  unicode-range: ${unicodeRange(characters)};
}
`

/** The package's own rules for its own, unchanged files, without those of which we have every character. */
function rareRules(css: string, slices: readonly Slice[]): string {
  const ours = new Set(slices.flatMap(({ characters }) => characters))
  const files = join(dirname(DYNAMIC), 'woff2-dynamic-subset')
  let rules = ''
  for (const [part, characters] of partsOf(css)) {
    if (characters.every((character) => ours.has(character))) continue
    const rule =
      new RegExp(`/\\* \\[${part}\\] \\*/\\s*(@font-face \\{[^}]*\\})`).exec(css)?.[1] ?? ''
    rules += `${rule.replace('./woff2-dynamic-subset', files)}\n`
  }
  return rules
}

/** Changes with whatever the files are made of. */
function keyOf(slices: readonly Slice[]): string {
  const hash = createHash('sha256').update(JSON.stringify([slices, FAMILY, WEIGHTS, FEATURES]))
  for (const file of globSync('*.ts', { cwd: import.meta.dirname }).toSorted())
    hash.update(readFileSync(join(import.meta.dirname, file)))
  hash.update(readFileSync(join(PACKAGE, 'package.json')))
  return hash.digest('hex').slice(0, 16)
}
