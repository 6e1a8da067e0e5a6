import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import type { Socket } from 'node:net'
import { WebSocket } from 'ws'
import { encodeUp } from '#shared/rooms.presence.ts'
import { moveCursors, quantile, round, sleep } from './presence.crowd.ts'
import { startNaive } from './presence.servers.ts'

interface Person {
  moveCursor(): void
  latencies: number[]
  close(): void
}

/** A cursor whose latitude is the moment of sending, tenths of a ms. */
const cursorNow = (): Uint8Array =>
  encodeUp({
    kind: 'cursor',
    lastTick: 0,
    at: { lat: Math.round(performance.now() * 10) / 1e7, lng: 127 },
  })

async function openMeasuring(url: string): Promise<Person> {
  const socket = new WebSocket(url, { perMessageDeflate: false })
  const latencies: number[] = []
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  socket.on('message', (data: Buffer) =>
    latencies.push(performance.now() - data.readInt32LE(5) / 10),
  )
  return { latencies, moveCursor: () => socket.send(cursorNow()), close: () => socket.terminate() }
}

/** Reads and forgets bytes: parsing 200,000 messages a second here would measure the crowd instead of the relay. */
async function openDeaf(url: string): Promise<Person> {
  const key = randomBytes(16).toString('base64')
  const headers = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': key,
  }
  const socket = await new Promise<Socket>((resolve, reject) => {
    request(url.replace('ws:', 'http:'), { headers })
      .once('upgrade', (_answer, raw: Socket) => resolve(raw))
      .once('error', reject)
      .end()
  })
  socket.on('error', () => socket.destroy())
  socket.resume()
  const moveCursor = (): void => {
    const payload = cursorNow()
    // RFC 6455: final binary frame, masked (with zeros), up to 125 bytes.
    socket.write(Buffer.concat([Buffer.from([0x82, 0x80 | payload.length, 0, 0, 0, 0]), payload]))
  }
  return { latencies: [], moveCursor, close: () => socket.destroy() }
}

export interface NaiveSize {
  people: number
  hz: number
  measuring: number
  ms: number
}
/** The same crowd against the usual way: a relay that sends every message to everybody at once. */
export async function measureNaive(
  { people, hz, measuring, ms }: NaiveSize,
  note: (line: string) => void,
): Promise<{ p95Ms: number; serverCpuPercent: number }> {
  const relay = await startNaive()
  const crowd = await Promise.all(
    Array.from({ length: people }, (_, i) => (i < measuring ? openMeasuring : openDeaf)(relay.url)),
  )
  const stop = moveCursors(crowd, hz)
  await sleep(3_000)
  for (const person of crowd) person.latencies.length = 0
  const [startedAt, cpuBefore, ownBefore] = [
    performance.now(),
    await relay.cpuMs(),
    process.cpuUsage(),
  ]
  await sleep(ms)
  const lasted = performance.now() - startedAt
  const cpu = (await relay.cpuMs()) - cpuBefore
  const own = process.cpuUsage(ownBefore)
  stop()
  const seen = crowd.flatMap((person) => person.latencies)
  note(
    `naive: ${seen.length} of ${Math.round((people - 1) * measuring * hz * (ms / 1_000))} messages seen in time; the crowd used ${round((own.user + own.system) / 10 / lasted)} % of a core`,
  )
  for (const person of crowd) person.close()
  relay.kill()
  return { p95Ms: round(quantile(seen, 0.95)), serverCpuPercent: round((cpu / lasted) * 100) }
}
