/**
 * One room of 100 people who move 20 times a second, through real servers and real WebSockets: how late others see it,
 * what it costs, what a stalled client costs and later reads, how soon who is gone is gone. Beside it, in the same run,
 * a naive relay. Servers are processes of their own; this process is the crowd.
 * Env: DATABASE_URL, REDIS_URL, AUTH_SECRET. Prints one JSON object; notes go to stderr.
 */
import { randomBytes } from 'node:crypto'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { tickMsFor } from '#shared/rooms.presence.rules.ts'
import { moveCursors, openTab, quantile, round, sleep } from './presence.crowd.ts'
import type { Tab } from './presence.crowd.ts'
import { measureNaive } from './presence.naive.crowd.ts'
import { startServer } from './presence.servers.ts'
import type { BenchServer } from './presence.servers.ts'

const PEOPLE = 100
const HZ = 20
const WARM_UP_MS = 8_000
const MEASURE_MS = 60_000
const STALL_MS = 30_000
const NAIVE_MS = 15_000
const MEASURING_TABS = 10
/** One origin for both servers, as behind a proxy; addressed directly, so that no proxy is measured. */
const ORIGIN = 'http://localhost:3000'

const note = (line: string): void => void process.stderr.write(`  ${line}\n`)

interface Guest {
  cookie: string
  address: string
}
interface Opened {
  roomId: string
  code: string
}

let guests = 0
async function signIn(at: string): Promise<Guest> {
  guests += 1
  const address = `10.0.${guests >> 8}.${guests & 255}`
  const answer = await fetch(`${at}/api/auth/sign-in/anonymous`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: ORIGIN, 'x-forwarded-for': address },
    body: '{}',
  })
  if (!answer.ok) throw new Error(`sign-in answered ${answer.status}: ${await answer.text()}`)
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  return { cookie, address }
}

async function call<T>(at: string, guest: Guest, path: string, input: unknown): Promise<T> {
  const answer = await fetch(`${at}/trpc/${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: ORIGIN,
      cookie: guest.cookie,
      'x-forwarded-for': guest.address,
    },
    body: JSON.stringify(input),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text.slice(0, 300)}`)
  return (JSON.parse(text) as { result: { data: T } }).result.data
}

const portrait = (): string => randomBytes(4).toString('hex')

async function fillRoom(at: string, people: number): Promise<{ roomId: string; members: Guest[] }> {
  const host = await signIn(at)
  const room = await call<Opened>(at, host, 'rooms.open', {
    locale: 'ko',
    zone: 'Asia/Seoul',
    nickname: 'host',
    portrait: portrait(),
  })
  const members = [host]
  for (let i = 1; i < people; i++) {
    const guest = await signIn(at)
    await call(at, guest, 'rooms.join', {
      code: room.code,
      nickname: `person ${i}`,
      portrait: portrait(),
    })
    members.push(guest)
  }
  return { roomId: room.roomId, members }
}

function openMemberTab(at: string, roomId: string, guest: Guest, measures: boolean): Promise<Tab> {
  const url = `${at.replace('http', 'ws')}/presence?room=${roomId}&tab=${randomBytes(8).toString('hex')}`
  return openTab({ url, headers: { cookie: guest.cookie, origin: ORIGIN }, measures })
}

/** Cuts the network without closing anything: from `cut` on, no byte passes in either direction. */
async function startCuttable(port: number): Promise<{ url: string; cut(): void; close(): void }> {
  const pairs = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    for (const socket of [near, far]) {
      pairs.add(socket)
      socket.on('error', () => socket.destroy())
    }
    near.pipe(far)
    far.pipe(near)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => {
      for (const socket of pairs) socket.unpipe().pause()
    },
    close: () => {
      for (const socket of pairs) socket.destroy()
      server.close()
    },
  }
}

interface Load {
  p50Ms: number
  p95Ms: number
  serverCpuPercent: number
  bytesPerClientPerSecond: number
  generatorCpuPercent: number
}
async function measure(
  tabs: readonly Tab[],
  cpuMs: () => Promise<number>,
  ms: number,
): Promise<Load> {
  for (const tab of tabs) {
    tab.latencies = []
    tab.bytes = 0
  }
  const startedAt = performance.now()
  const cpuBefore = await cpuMs()
  const ownBefore = process.cpuUsage()
  await sleep(ms)
  const cpu = (await cpuMs()) - cpuBefore
  const lasted = performance.now() - startedAt
  const own = process.cpuUsage(ownBefore)
  const latencies = tabs.flatMap((tab) => tab.latencies)
  const bytes = tabs.reduce((sum, tab) => sum + tab.bytes, 0)
  return {
    p50Ms: round(quantile(latencies, 0.5)),
    p95Ms: round(quantile(latencies, 0.95)),
    serverCpuPercent: round((cpu / lasted) * 100),
    bytesPerClientPerSecond: Math.round(bytes / tabs.length / (lasted / 1_000)),
    generatorCpuPercent: round(((own.user + own.system) / 1_000 / lasted) * 100),
  }
}

/** Everybody's socket stops reading for 30 s in one tab; what it then reads of the past, and what the others felt. */
async function stall(
  tabs: readonly Tab[],
  server: BenchServer,
): Promise<{ othersP95Ms: number; staleKb: number }> {
  const stalled = tabs.at(-1)
  const watcher = tabs[0]
  if (!stalled || !watcher) throw new Error('nobody to stall')
  stalled.socket.pause()
  const asleep = { moveCursor: () => undefined }
  const stop = moveCursors([...tabs.slice(0, -1), asleep], HZ)
  const others = await measure(tabs.slice(0, -1), server.cpuMs, STALL_MS)
  const tickNow = watcher.lastTick
  let stale = 0
  stalled.socket.on('message', (data: Buffer) => {
    if (data.readUInt32LE(1) < tickNow) stale += data.length
  })
  stalled.socket.resume()
  await sleep(1_500)
  stop()
  note(`stalled client: ${stale} bytes of ticks before its return`)
  return { othersP95Ms: others.p95Ms, staleKb: round(stale / 1_024) }
}

/** ms from the loss until the last of these seats was told gone to the watcher. */
async function goneAfter(
  watcher: Tab,
  seats: readonly number[],
  lose: () => void,
): Promise<number> {
  for (const seat of seats)
    if (!watcher.present.has(seat)) throw new Error(`seat ${seat} was not present`)
  const lostAt = performance.now()
  lose()
  while (performance.now() - lostAt < 30_000) {
    await sleep(5)
    if (seats.every((seat) => watcher.goneAt.has(seat)))
      return Math.round(Math.max(...seats.map((seat) => (watcher.goneAt.get(seat) ?? 0) - lostAt)))
  }
  throw new Error('still there after 30 s')
}

/** A room of its own over two servers, few people, so that nothing but the rules is measured. */
async function measureGone(near: BenchServer, far: BenchServer) {
  const { roomId, members } = await fillRoom(near.url, 6)
  const proxy = await startCuttable(near.port)
  const at = (i: number, url: string): Promise<Tab> =>
    openMemberTab(url, roomId, members[i] ?? members[0] ?? fail(), true)
  const watcher = await at(0, near.url)
  const [closing, cut] = [await at(1, near.url), await at(2, proxy.url)]
  const killed = [await at(3, far.url), await at(4, far.url), await at(5, far.url)]
  const all = [watcher, closing, cut, ...killed]
  const stop = moveCursors(all, 5)
  await sleep(3_000)
  const closedTab = await goneAfter(watcher, [closing.seat], () => closing.socket.close())
  note(`closed tab: gone after ${closedTab} ms`)
  const cutOff = await goneAfter(watcher, [cut.seat], proxy.cut)
  note(`cut off: gone after ${cutOff} ms`)
  const serverKilled = await goneAfter(
    watcher,
    killed.map((tab) => tab.seat),
    far.kill,
  )
  note(`server killed: gone after ${serverKilled} ms`)
  stop()
  proxy.close()
  watcher.socket.terminate()
  return { closedTab, cutOff, serverKilled }
}
function fail(): never {
  throw new Error('no such member')
}

async function main(): Promise<void> {
  const env = {
    ROOM_PEOPLE_MAX: '200',
    REDIS_PREFIX: `bench-presence-${process.pid}:`,
    AUTH_SECRET: process.env.AUTH_SECRET ?? randomBytes(32).toString('hex'),
    OVERPASS_URL: 'off',
  }
  const near = await startServer(ORIGIN, env)
  const far = await startServer(ORIGIN, env)
  const { roomId, members } = await fillRoom(near.url, PEOPLE)
  note(`${members.length} people signed in and joined`)
  const tabs: Tab[] = []
  for (const [i, guest] of members.entries())
    tabs.push(await openMemberTab(near.url, roomId, guest, i < MEASURING_TABS))
  const stop = moveCursors(tabs, HZ)
  await sleep(WARM_UP_MS)
  const heapBefore = await near.heapAfterCollection()
  const load = await measure(tabs, near.cpuMs, MEASURE_MS)
  const memoryGrowthMb = round(((await near.heapAfterCollection()) - heapBefore) / 1_048_576, 2)
  stop()
  note(`tick ${tickMsFor(PEOPLE)} ms; ${JSON.stringify({ ...load, memoryGrowthMb })}`)
  const stalledClient = await stall(tabs, near)
  for (const tab of tabs) tab.socket.terminate()
  await sleep(500)
  const goneMs = await measureGone(near, far)
  near.kill()
  const naive = await measureNaive(
    { people: PEOPLE, hz: HZ, measuring: MEASURING_TABS, ms: NAIVE_MS },
    note,
  )
  // Rooms of 100 cost alike and share nothing: linear in rooms.
  const peopleAtOneCore = Math.floor(PEOPLE / (load.serverCpuPercent / 100))
  const { generatorCpuPercent: _, ...ours } = load
  const answer = {
    bench: 'presence',
    people: PEOPLE,
    hz: HZ,
    ...ours,
    memoryGrowthMb,
    naive,
    stalledClient,
    goneMs,
    peopleAtOneCore,
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`)
  process.exit(0)
}

await main()
