import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from './paths.ts'

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8')

test('packages are checked against the Node that runs our scripts', () => {
  const { devDependencies } = JSON.parse(read('package.json')) as {
    devDependencies: Record<string, string>
  }
  const checked = /^nodeVersion: (.+)$/m.exec(read('pnpm-workspace.yaml'))?.[1]
  expect(checked).toBe(devDependencies.node)
})
