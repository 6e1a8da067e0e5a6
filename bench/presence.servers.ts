import { fork, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { WebSocket } from 'ws'
import { freePort } from '../e2e/cluster.ts'

/** A real server in a process of its own, with an inspector to collect its garbage before its heap is read. */
export interface BenchServer {
  url: string
  port: number
  process: ChildProcess
  /** User and system time of the process since its start, in ms. */
  cpuMs(): Promise<number>
  /** Live heap after a full collection, in bytes. */
  heapAfterCollection(): Promise<number>
  kill(): void
}

const READY_MS = 40_000

/** Kernel's count for the process, in ticks of 10 ms; elsewhere the server's own metric. */
async function cpuMsOf(pid: number, port: number): Promise<number> {
  if (process.platform === 'linux') {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10
  }
  const metrics = await fetch(`http://127.0.0.1:${port}/metrics`).then((answer) => answer.text())
  const seconds = /^process_cpu_seconds_total ([\d.e+-]+)/m.exec(metrics)?.[1]
  return Number(seconds) * 1_000
}

/** Asks the inspector of a process of ours: collect, then tell the heap in use. */
async function readHeap(inspector: string): Promise<number> {
  const socket = new WebSocket(inspector)
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  let id = 0
  const ask = (method: string): Promise<{ usedSize: number }> =>
    new Promise((resolve) => {
      id += 1
      const mine = id
      socket.on('message', (raw: Buffer) => {
        const answer = JSON.parse(raw.toString()) as { id: number; result: { usedSize: number } }
        if (answer.id === mine) resolve(answer.result)
      })
      socket.send(JSON.stringify({ id: mine, method }))
    })
  await ask('HeapProfiler.enable')
  await ask('HeapProfiler.collectGarbage')
  const { usedSize } = await ask('Runtime.getHeapUsage')
  socket.close()
  return usedSize
}

export async function startServer(
  publicUrl: string,
  env: Record<string, string>,
): Promise<BenchServer> {
  const port = await freePort()
  const child = spawn(process.execPath, ['--inspect=127.0.0.1:0', 'server/src/main.ts'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: {
      ...process.env,
      LIVEKIT_URL: '',
      LOG_LEVEL: 'warn',
      ...env,
      PORT: String(port),
      HOST: '127.0.0.1',
      PUBLIC_URL: publicUrl,
      // Guests of this bench say they come from different addresses: sign-ins are limited per address.
      TRUST_PROXY: 'loopback',
    },
    stdio: ['ignore', 'inherit', 'pipe'],
  })
  process.once('exit', () => child.kill('SIGKILL'))
  let inspector = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    inspector ||= /Debugger listening on (\S+)/.exec(text)?.[1] ?? ''
    if (!/Debugger|inspector/.test(text)) process.stderr.write(text)
  })
  const pid = child.pid ?? 0
  const until = Date.now() + READY_MS
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`)
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null)
    if (answer?.ok) break
    if (Date.now() > until) throw new Error('the server was not ready in time')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    process: child,
    cpuMs: () => cpuMsOf(pid, port),
    heapAfterCollection: () => readHeap(inspector),
    kill: () => void child.kill('SIGKILL'),
  }
}

export interface NaiveServer {
  url: string
  cpuMs(): Promise<number>
  kill(): void
}
/** The usual way beside ours: every message to everybody at once. */
export async function startNaive(): Promise<NaiveServer> {
  const child = fork(fileURLToPath(new URL('presence.naive.ts', import.meta.url)))
  process.once('exit', () => child.kill('SIGKILL'))
  const port = await new Promise<number>((resolve) =>
    child.once('message', (said) => resolve(Number(said))),
  )
  const pid = child.pid ?? 0
  return {
    url: `ws://127.0.0.1:${port}`,
    cpuMs: () => cpuMsOf(pid, port),
    kill: () => void child.kill('SIGKILL'),
  }
}
