import { expect, test } from 'vitest'
import { addCounts, countsLine, judgeStep, readPlaywright, readVitest } from './counts.ts'

const vitest = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 }

test('a file that fails before its tests is a failure of its own', () => {
  const testResults = [
    { status: 'failed', assertionResults: [] },
    { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] },
    { status: 'passed', assertionResults: [{ status: 'passed' }] },
  ]
  expect(readVitest({ ...vitest, testResults })).toEqual({ passed: 5, failed: 2, skipped: 3 })
})

test('an error outside of browser tests is a failure; a second try that passes is none', () => {
  const stats = { expected: 7, unexpected: 1, flaky: 1, skipped: 2 }
  const report = { stats, errors: [{ message: 'no specs' }] }
  expect(readPlaywright(report)).toEqual({ passed: 8, failed: 2, skipped: 2 })
})

test('a step that ends badly, or without a report, has failed', () => {
  const fine = { passed: 3, failed: 0, skipped: 0 }
  expect(judgeStep(0, fine)).toEqual(fine)
  expect(judgeStep(1, fine).failed).toBe(1)
  expect(judgeStep(0, undefined).failed).toBe(1)
  expect(judgeStep(1, { ...fine, failed: 4 }).failed).toBe(4)
})

test('the last line names skipped tests only where there are some', () => {
  const sum = addCounts({ passed: 1, failed: 2, skipped: 0 }, { passed: 3, failed: 0, skipped: 0 })
  expect(countsLine(sum)).toBe('4 passed, 2 failed')
  expect(countsLine({ ...sum, skipped: 1 })).toBe('4 passed, 2 failed, 1 skipped')
})
