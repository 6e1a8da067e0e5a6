import { expect, test } from 'vitest'
import { missingProofs } from './proofs.ts'

const RULES = `- **1** One.\n**2 Second.** Two.\n\n| rule | shown by |\n|---|---|\n| 1, 2 | \`a.test.ts\`, \`b.test.ts\` |\n`

test('a table of proofs that holds has no faults', () => {
  expect(missingProofs(RULES, () => true)).toEqual([])
})

test('a file that is gone, a rule that is none and a number out of order are told', () => {
  const told = (rules: string): string[] => missingProofs(rules, (path) => path !== 'b.test.ts')
  expect(told(RULES)).toEqual([expect.stringContaining('b.test.ts')])
  expect(told('| 3 | `a.test.ts` |')).toEqual([expect.stringContaining('no rule 3')])
  expect(told('**2** Two.')).toEqual([expect.stringContaining('rule 2')])
})
