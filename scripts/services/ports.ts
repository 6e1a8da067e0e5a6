import { execFile } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Whether a TCP port can be listened on; `host` as the service will use it. */
export function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer()
    server.once('error', () => done(false))
    server.listen({ port, host, exclusive: true }, () => server.close(() => done(true)))
  })
}

export function isUdpFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = createSocket('udp4')
    socket.once('error', () => {
      socket.close()
      done(false)
    })
    socket.bind({ port, exclusive: true }, () => socket.close(() => done(true)))
  })
}

/**
 * The wanted port if it is free, else one that the system gives. Ports given out by one process
 * are never given twice unasked, though the program that will listen on them has not started yet.
 */
export async function choosePort(wanted?: number, taken = givenOut): Promise<number> {
  if (wanted !== undefined && (await isFree(wanted))) {
    taken.add(wanted)
    return wanted
  }
  for (;;) {
    const port = await systemPort()
    if (taken.has(port) || !(await isUdpFree(port))) continue
    taken.add(port)
    return port
  }
}

const givenOut = new Set<number>()

function systemPort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer()
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      server.close(() => done(port))
    })
  })
}

/** Who listens on a port, as "node (process 123)", where the system tells; else "another program". */
export async function whoListens(port: number): Promise<string> {
  const lsof = await output('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'])
  const pid = /^p(\d+)/m.exec(lsof)?.[1]
  const name = /^c(.+)/m.exec(lsof)?.[1]
  if (pid && name) return `${name} (process ${pid})`
  const ss = await output('ss', ['-Hltnp', `sport = :${port}`])
  const found = /users:\(\("([^"]+)",pid=(\d+)/.exec(ss)
  return found ? `${found[1]} (process ${found[2]})` : 'another program'
}

async function output(command: string, args: string[]): Promise<string> {
  try {
    return (await run(command, args, { timeout: 3000 })).stdout
  } catch {
    return ''
  }
}

/** Waits until something accepts connections on the port; false after the time-out. */
export async function waitFor(check: () => Promise<boolean>, timeoutMs: number): Promise<boolean> {
  const until = performance.now() + timeoutMs
  for (;;) {
    if (await check()) return true
    if (performance.now() > until) return false
    await new Promise((wake) => setTimeout(wake, 50))
  }
}
