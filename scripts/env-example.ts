import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { envSchema } from '../server/src/config.ts'
import { ROOT } from './paths.ts'

/** `.env.example`, made from the one schema of the configuration; `--check` only compares. */
const FILE = join(ROOT, '.env.example')

const HEAD = `# Every value has a default or is made by \`pnpm start\`: copy to .env only what you change.
# Made from server/src/config.ts by \`pnpm env:example\`.
`

/** What the scripts read beside the server's own configuration. */
const SCRIPTS = `
# Of the scripts: where downloaded programs are kept (default ~/.cache/bapmap, shared by all clones)
# BAPMAP_CACHE=

# Of the scripts: the LiveKit program to start instead of the one on PATH or in the cache
# LIVEKIT_SERVER=

# Of the tests: the Chromium to use instead of the one on PATH
# CHROMIUM=
`

interface Property {
  description?: string
  default?: string | number | boolean
}

function exampleText(): string {
  const schema = z.toJSONSchema(envSchema, { io: 'input', unrepresentable: 'any' })
  const required = new Set(schema.required)
  const entries = Object.entries((schema.properties ?? {}) as Record<string, Property>)
  const lines = entries.map(([name, { description = '', default: value }]) => {
    const note = required.has(name)
      ? ' (set by `pnpm start`; needed where the server runs alone)'
      : ''
    return `\n# ${description}${note}\n# ${name}=${value ?? ''}\n`
  })
  return HEAD + lines.join('') + SCRIPTS
}

const wanted = exampleText()
if (!process.argv.includes('--check')) {
  writeFileSync(FILE, wanted)
} else if (readIfThere() !== wanted) {
  console.error('.env.example differs from server/src/config.ts: run `pnpm env:example`')
  process.exitCode = 1
}

function readIfThere(): string {
  try {
    return readFileSync(FILE, 'utf8')
  } catch {
    return ''
  }
}
