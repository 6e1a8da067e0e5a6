import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))

/** Brings places in as an operator would, by the importer itself. Returns what it said. */
export async function importPlaces(source: string, csv: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'bapmap-places-'))
  const file = join(folder, `${source}.csv`)
  writeFileSync(file, csv)
  try {
    const command = ['scripts/run.mjs', 'places', 'import', file, '--source', source]
    const { stdout } = await run(process.execPath, command, { cwd: root, env: process.env })
    return stdout
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
