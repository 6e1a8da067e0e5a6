import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

export interface Imported {
  rowsPerSecond: number
  peakMb: number
}

/** `pnpm places import` as a person runs it, in a process of its own: from its start to its end, counting of the clusters included. */
export async function importFile(
  file: string,
  rows: number,
  databaseUrl: string,
): Promise<Imported> {
  const startedAt = performance.now()
  const child = spawn(
    process.execPath,
    [
      // As package.json has it: what a row leaves behind is soon let go, instead of 150 MB later.
      '--max-semi-space-size=8',
      '--import',
      path('places.peak.ts'),
      path('../scripts/places.ts'),
      'import',
      file,
      '--source',
      'bench',
    ],
    {
      env: { ...process.env, DATABASE_URL: databaseUrl },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    },
  )
  let [said, peak] = ['', '']
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text: Buffer) => void (said += text.toString()))
  child.stdio[3]?.on('data', (text: Buffer) => void (peak += text.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  const seconds = (performance.now() - startedAt) / 1_000
  if (code !== 0) throw new Error(`The import ended with ${code}:\n${said}`)
  process.stderr.write(said.replace(/^/gm, '  '))
  return { rowsPerSecond: Math.round(rows / seconds), peakMb: Math.round(Number(peak) / 1_024) }
}
