import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startChild } from './child.ts'
import { clearStaleLock } from './postgres.ts'
import { choosePort, isFree } from './ports.ts'
import { endOrphans, endProcess, isAlive } from './processes.ts'

let folder = ''
const started: number[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bapmap-test-'))
  mkdirSync(join(folder, 'run'))
})
afterEach(async () => {
  for (const pid of started.splice(0)) await endProcess(pid, 'SIGKILL', 2000)
  rmSync(folder, { recursive: true, force: true })
})

/** A process that lives on, with the text in its command line. */
async function startSleeper(mark: string): Promise<number> {
  const code = 'process.stdout.write("up"); setInterval(() => {}, 1000)'
  const child = spawn(process.execPath, ['-e', code, mark], { stdio: ['ignore', 'pipe', 'ignore'] })
  await new Promise((done) => child.stdout.once('data', done))
  started.push(child.pid ?? 0)
  return child.pid ?? 0
}

test('what a killed run left behind is ended, and its pid file forgotten', async () => {
  const pid = await startSleeper(`${folder}/postgres`)
  const file = join(folder, 'run', 'postgres.pid')
  writeFileSync(file, JSON.stringify({ pid, mark: `${folder}/postgres` }))
  expect(await endOrphans(join(folder, 'run'))).toEqual(['postgres'])
  expect(isAlive(pid)).toBe(false)
  expect(existsSync(file)).toBe(false)
})

test('a pid that belongs to another program by now is left alone', async () => {
  const pid = await startSleeper('somebody else')
  writeFileSync(join(folder, 'run', 'redis.pid'), JSON.stringify({ pid, mark: `${folder}/redis` }))
  writeFileSync(join(folder, 'run', 'half.pid'), '{"pid":')
  expect(await endOrphans(join(folder, 'run'))).toEqual([])
  expect(isAlive(pid)).toBe(true)
})

test("Postgres's lock file after a power cut is removed, and the stranger of that pid lives", async () => {
  const pid = await startSleeper('somebody else')
  const lock = join(folder, 'postmaster.pid')
  writeFileSync(lock, `${pid}\n${folder}\n`)
  await clearStaleLock(folder)
  expect(existsSync(lock)).toBe(false)
  expect(isAlive(pid)).toBe(true)
})

test('a Postgres that still runs on our data is ended before its lock file goes', async () => {
  const pid = await startSleeper(folder)
  writeFileSync(join(folder, 'postmaster.pid'), `${pid}\n`)
  await clearStaleLock(folder)
  expect(isAlive(pid)).toBe(false)
})

test('a child that ignores the kind signal is killed, and its pid file goes with it', async () => {
  const code = 'process.on("SIGTERM", () => {}); console.log("up"); setInterval(() => {}, 1000)'
  const args = ['-e', code, folder]
  const spec = { name: 'deaf', command: process.execPath, args, mark: folder, stopTimeoutMs: 300 }
  const child = startChild(folder, spec)
  started.push(child.pid)
  await new Promise((wake) => setTimeout(wake, 500))
  await child.stop()
  expect(await child.exited).toMatch(/SIGKILL|SIGTERM/)
  expect(isAlive(child.pid)).toBe(false)
  expect(existsSync(join(folder, 'run', 'deaf.pid'))).toBe(false)
})

test('a program that does not exist is told, not thrown', async () => {
  const spec = { name: 'none', command: join(folder, 'none'), args: [], mark: folder }
  expect(await startChild(folder, spec).exited).toContain('ENOENT')
})

test('ports are free, and never given out twice', async () => {
  const ports = await Promise.all(Array.from({ length: 8 }, () => choosePort()))
  expect(new Set(ports).size).toBe(8)
  for (const port of ports) expect(await isFree(port)).toBe(true)
})
