import { WebSocket } from 'ws'
import { decodeFrame, encodeUp, presenceState } from '#shared/rooms.presence.ts'
import type { PresenceUp } from '#shared/rooms.presence.ts'
import type { Seat } from '#shared/rooms.ts'

/** One simulated tab: its cursor's latitude is the moment of sending, in tenths of a ms of this process's clock. */
export interface Tab {
  socket: WebSocket
  seat: Seat
  lastTick: number
  bytes: number
  /** Latencies seen, ms; only by tabs that read whole frames. */
  latencies: number[]
  /** When each seat was told gone, ms. */
  goneAt: Map<Seat, number>
  present: Set<Seat>
  say(
    message: PresenceUp extends infer M
      ? M extends PresenceUp
        ? Omit<M, 'lastTick'>
        : never
      : never,
  ): void
  moveCursor(): void
}

const SLICES_PER_MS = 10
/** One e7 of latitude for each slice: 0.1 ms resolution, and valid for a day. */
const stamp = (): number => Math.round(performance.now() * SLICES_PER_MS) / 1e7
const LATENCY_MAX_MS = 60_000

export interface TabOptions {
  url: string
  headers?: Record<string, string>
  /** Reads whole frames and measures; the others only note the tick, so that the generator stays out of the way. */
  measures: boolean
}

export async function openTab({ url, headers, measures }: TabOptions): Promise<Tab> {
  const socket = new WebSocket(url, { headers, perMessageDeflate: false })
  const tab: Tab = {
    socket,
    seat: 0,
    lastTick: 0,
    bytes: 0,
    latencies: [],
    goneAt: new Map(),
    present: new Set(),
    say: (message) => {
      if (socket.readyState === socket.OPEN)
        socket.send(encodeUp({ ...message, lastTick: tab.lastTick }))
    },
    moveCursor: () => tab.say({ kind: 'cursor', at: { lat: stamp(), lng: 127 } }),
  }
  const greeted = new Promise<void>((resolve, reject) => {
    socket.on('close', (code, reason) => reject(new Error(`closed ${code} ${reason.toString()}`)))
    socket.on('error', reject)
    socket.on('message', (data: Buffer) => {
      tab.bytes += data.length
      tab.lastTick = data.readUInt32LE(1)
      if (tab.seat === 0) {
        tab.seat = data.readUInt16LE(5)
        resolve()
      }
      if (measures) readFrame(tab, data)
    })
  })
  greeted.catch(() => undefined)
  await greeted
  tab.say({ kind: 'state', flags: 0, follow: 0 })
  return tab
}

function readFrame(tab: Tab, data: Buffer): void {
  const now = performance.now()
  const frame = decodeFrame(data)
  if (frame.full) tab.present.clear()
  for (const { seat, presence, cursor } of frame.entries) {
    if (presence === presenceState.gone) {
      tab.goneAt.set(seat, now)
      tab.present.delete(seat)
    } else if (presence !== undefined) {
      tab.goneAt.delete(seat)
      tab.present.add(seat)
    }
    if (!cursor || seat === tab.seat || frame.full) continue
    const latency = now - (cursor.lat * 1e7) / SLICES_PER_MS
    if (latency >= 0 && latency < LATENCY_MAX_MS) tab.latencies.push(latency)
  }
}

/** Moves every tab's cursor `hz` times a second, spread evenly over the period. Returns how to stop. */
export function moveCursors(tabs: readonly { moveCursor(): void }[], hz: number): () => void {
  const period = 1_000 / hz
  const dueAt = tabs.map((_, i) => performance.now() + (period * i) / tabs.length)
  const timer = setInterval(() => {
    const now = performance.now()
    for (const [i, tab] of tabs.entries()) {
      const due = dueAt[i] ?? now
      if (due > now) continue
      // A late timer doesn't send twice to make up for it: people don't either.
      dueAt[i] = Math.max(due + period, now)
      tab.moveCursor()
    }
  }, 1)
  return () => clearInterval(timer)
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = Float64Array.from(values).sort()
  return (
    sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * q) - 1))] ?? Number.NaN
  )
}
export const round = (value: number, digits = 1): number => Number(value.toFixed(digits))
export const sleep = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms))
