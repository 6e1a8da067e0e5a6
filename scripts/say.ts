/** A sentence for the person at the terminal: shown alone, without a stack trace. */
export class Plain extends Error {}

/** One progress line. Everything but results goes to stderr, so that a bench's JSON stays alone. */
export type Say = (line: string) => void

export const say: Say = (line) => process.stderr.write(`  ${line}\n`)

/** Ends the process the way every script ends on an error: one clear sentence, or the whole trace. */
export function failWith(error: unknown): void {
  process.exitCode = 1
  if (error instanceof Plain) process.stderr.write(`\n${error.message}\n`)
  else console.error(error)
}

/** "3.2 s", for progress lines. */
export const seconds = (sinceMs: number): string =>
  `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`
