import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { waitFor } from './ports.ts'

/** What a pid file says: the process and a part of its command line that no other program has. */
export interface PidNote {
  pid: number
  mark: string
}

/** The command line of a running process, or '' when there is none (a zombie has none either). */
export function commandLine(pid: number): string {
  try {
    if (process.platform === 'linux') {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
    }
    const line = execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
    return line.trim()
  } catch {
    return ''
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return process.platform !== 'linux' || commandLine(pid) !== ''
}

export function readPidNote(file: string): PidNote | undefined {
  try {
    const note: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (typeof note !== 'object' || note === null) return undefined
    const { pid, mark } = note as Partial<PidNote>
    return Number.isInteger(pid) && typeof mark === 'string' && mark !== ''
      ? { pid: pid as number, mark }
      : undefined
  } catch {
    return undefined // never written whole: a crash while writing it
  }
}

/** A pid may belong to somebody else by now, so the command line must carry our mark. */
export const isOurs = (note: PidNote): boolean => commandLine(note.pid).includes(note.mark)

/** Ends a process by its pid: the kind signal first, SIGKILL after the time-out. */
export async function endProcess(
  pid: number,
  signal: NodeJS.Signals,
  timeoutMs: number,
): Promise<void> {
  if (!send(pid, signal)) return
  if (await waitFor(async () => !isAlive(pid), timeoutMs)) return
  send(pid, 'SIGKILL')
  await waitFor(async () => !isAlive(pid), 5000)
}

function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal)
    return true
  } catch {
    return false
  }
}

/**
 * Ends what an earlier run of ours left behind (it was killed before it could), and forgets its pid
 * files. Returns the names of those that still ran.
 */
export async function endOrphans(runFolder: string): Promise<string[]> {
  const ended: string[] = []
  for (const file of listPidFiles(runFolder)) {
    const path = join(runFolder, file)
    const note = readPidNote(path)
    if (note && isAlive(note.pid) && isOurs(note)) {
      // SIGINT is Postgres's fast shutdown; to all others it is what Ctrl-C sends.
      await endProcess(note.pid, 'SIGINT', 10_000)
      ended.push(file.replace('.pid', ''))
    }
    rmSync(path, { force: true })
  }
  return ended
}

function listPidFiles(folder: string): string[] {
  try {
    // The app's server first: it is a client of all the others.
    return readdirSync(folder)
      .filter((name) => name.endsWith('.pid') && name !== 'start.pid')
      .toSorted((a, b) => Number(b.startsWith('server')) - Number(a.startsWith('server')))
  } catch {
    return []
  }
}
