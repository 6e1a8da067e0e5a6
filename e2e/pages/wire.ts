import { connect } from 'node:net'
import { expect } from '@playwright/test'
import { WebSocket } from 'ws'
import type { Guest } from '../api.ts'
import { Refused } from '../api.ts'

/** Code of the refusal; fails when it was done instead. Nothing but the code may tell why. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  const outcome = await work.then(
    () => 'done',
    (error: unknown) => error,
  )
  if (!(outcome instanceof Refused)) throw new Error(`not refused: ${String(outcome)}`)
  expect(JSON.stringify(outcome.params)).not.toMatch(
    /select |insert |stack|at \w+ \(|node_modules|postgres|\/server\//i,
  )
  return outcome.code
}

/** HTTP status that an upgrade is refused with; 101 when it was let in. */
export function upgradeStatus(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { headers })
    socket.on('open', () => {
      socket.terminate()
      resolve(101)
    })
    socket.on('unexpected-response', (_request, response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    socket.on('error', reject)
  })
}

export interface Raw {
  socket: WebSocket
  /** Close code, once it is closed. */
  closed: Promise<number>
}
/** An open socket on which anything may be sent. */
export async function openRaw(guest: Guest, pathAndQuery: string): Promise<Raw> {
  const socket = new WebSocket(`${guest.origin.replace('http', 'ws')}${pathAndQuery}`, {
    headers: { cookie: guest.cookie, origin: guest.origin },
  })
  const closed = new Promise<number>((resolve) => socket.once('close', resolve))
  socket.on('error', () => socket.terminate())
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  return { socket, closed }
}

/** Answer of the server to bytes that are no HTTP at all. */
export function sayRaw(origin: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname)
    let answer = ''
    socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk))
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
    socket.end(bytes)
  })
}
