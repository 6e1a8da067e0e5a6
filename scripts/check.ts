import { CHECKS, runCheck } from './checks.ts'

/** `pnpm check`: format, lint, types, structure, unused code. All of them, whatever fails first. */
let failed = 0
for (const check of CHECKS) if (!(await runCheck(check))) failed++
process.stdout.write(`${CHECKS.length - failed} passed, ${failed} failed\n`)
process.exitCode = failed > 0 ? 1 : 0
