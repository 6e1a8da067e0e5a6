import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { WebSocket } from 'ws'
import { decodeFrame, encodeUp, presenceState } from '#shared/rooms.presence.ts'
import type { PresenceEntry, PresenceState, PresenceUp } from '#shared/rooms.presence.ts'
import type { Seat } from '#shared/rooms.ts'
import { TEST_ORIGIN } from './testing.ts'
import type { TestClient, TestWorld } from './testing.ts'

type Said = PresenceUp extends infer M
  ? M extends PresenceUp
    ? Omit<M, 'lastTick'>
    : never
  : never

/** A tab that reads what it is told, as the page does; real socket, real bytes. */
export interface TestTab {
  socket: WebSocket
  seat(): Seat
  /** Everybody told, with the latest of each. */
  seats: Map<Seat, PresenceEntry>
  /** Every change of somebody's presence that was told, in order, full frames included. */
  told: { seat: Seat; presence: PresenceState; at: number }[]
  pings: PresenceEntry[]
  /** Close code, once closed. */
  closed: Promise<number>
  say(message: Said): void
  state(flags: number, follow?: Seat): void
}

let tabs = 0
/** Opens a tab and says that it is there; resolves with the first full frame. */
export async function openTestTab(
  client: Pick<TestClient, 'socket'>,
  roomId: string,
  tab = `tab${String((tabs += 1)).padStart(8, '0')}`,
): Promise<TestTab> {
  const socket = client.socket(`/presence?room=${roomId}&tab=${tab}`)
  let [lastTick, seat] = [0, 0]
  const made: TestTab = {
    socket,
    seat: () => seat,
    seats: new Map(),
    told: [],
    pings: [],
    closed: new Promise((resolve) => socket.once('close', resolve)),
    say: (message) => socket.send(encodeUp({ ...message, lastTick })),
    state: (flags, follow = 0) => made.say({ kind: 'state', flags, follow }),
  }
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.once('close', (code, reason) => reject(new Error(`closed ${code} ${reason.toString()}`)))
    socket.on('message', (data: Buffer) => {
      const frame = decodeFrame(data)
      lastTick = frame.tick
      seat = frame.mySeat || seat
      if (frame.full) made.seats.clear()
      for (const entry of frame.entries) take(made, entry)
      if (socket.readyState === socket.OPEN) made.say({ kind: 'ack' })
      if (frame.full) resolve()
    })
  })
  made.state(0)
  return made
}

function take(tab: TestTab, entry: PresenceEntry): void {
  const { seat, presence } = entry
  if (entry.ping) tab.pings.push(entry)
  if (presence !== undefined) tab.told.push({ seat, presence, at: Date.now() })
  if (presence === presenceState.gone) tab.seats.delete(seat)
  else tab.seats.set(seat, { ...tab.seats.get(seat), ...entry })
}

/** Waits until `is` holds; the answer is how long it took, in ms. Fails after `withinMs`. */
export async function until(is: () => boolean, withinMs: number, what: string): Promise<number> {
  const since = Date.now()
  while (!is()) {
    if (Date.now() - since > withinMs) throw new Error(`not within ${withinMs} ms: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return Date.now() - since
}

export interface ServerProcess {
  process: ChildProcess
  port: number
  /** A socket of this person to that process. */
  as(client: TestClient): Pick<TestClient, 'socket'>
}

/** A server in a process of its own, for what only a signal can do. Whoever starts it kills it. */
export async function startServerProcess(world: TestWorld): Promise<ServerProcess> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  const child = spawn(process.execPath, ['server/src/main.ts'], {
    env: { ...process.env, ...world.env, PORT: String(port), HOST: '127.0.0.1' },
    stdio: 'ignore',
  })
  const ready = (): Promise<boolean> =>
    fetch(`http://127.0.0.1:${port}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    )
  for (let tries = 0; !(await ready()); tries++) {
    if (tries > 300 || child.exitCode !== null) throw new Error('the server did not start')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return {
    process: child,
    port,
    as: (client) => ({
      socket: (path) =>
        new WebSocket(`ws://127.0.0.1:${port}${path}`, {
          headers: { origin: TEST_ORIGIN, cookie: client.cookie() },
        }),
    }),
  }
}
