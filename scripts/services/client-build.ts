import { createHash } from 'node:crypto'
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { bin, ROOT } from '../paths.ts'
import { Plain, type Say, seconds } from '../say.ts'
import { runTool } from '../tools.ts'

const SOURCES = [
  'client/**/*',
  'shared/src/**/*',
  'scripts/fonts/*.ts',
  'vite.config.ts',
  'package.json',
  'pnpm-lock.yaml',
]
const HASH_FILE = join(ROOT, 'dist', 'client.hash')

/** Builds the client unless the last build was of exactly these sources. */
export async function buildClient(say: Say, signal?: AbortSignal): Promise<void> {
  const wanted = hashSources()
  if (wanted === builtHash()) return
  const since = performance.now()
  say('building the client …')
  const { code, output } = await runTool(bin('vite'), ['build', '--logLevel', 'warn'], {
    env: { ...process.env, NO_COLOR: '1' },
    ...(signal && { signal }),
  })
  signal?.throwIfAborted()
  if (code !== 0) throw new Plain(`The client doesn't build:\n${readable(output)}`)
  writeFileSync(HASH_FILE, wanted)
  say(`client built (${seconds(since)})`)
}

/** Without colours, and without the bundler's own stack. */
const readable = (output: string): string =>
  stripVTControlCharacters(output)
    .split('\n')
    .filter((line) => !/^\s+at .*node_modules/.test(line))
    .join('\n')
    .trim()

function hashSources(): string {
  const hash = createHash('sha256')
  const files = globSync(SOURCES, { cwd: ROOT, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
  for (const file of files) {
    hash.update(file.slice(ROOT.length)).update('\0')
    hash.update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

/** '' when there is no build, or only a part of one. */
function builtHash(): string {
  try {
    readFileSync(join(ROOT, 'dist', 'client', 'index.html'))
    return readFileSync(HASH_FILE, 'utf8')
  } catch {
    return ''
  }
}
