/**
 * 200 voters on one round through two processes, beside the usual way (a SET NX spin lock around one JSON value in Redis) and no lock.
 * `service` calls the vote service; `api` goes through HTTP with the generator beside it: p50 and p99 at one tap a second each, then
 * acts per second at the limit. Afterwards what is stored must equal what was acknowledged, voter by voter and candidate by candidate.
 * Env: DATABASE_URL, REDIS_URL. Prints one JSON object; notes go to stderr.
 */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { build } from '#server/app.ts'
import type { App } from '#server/app.ts'
import { readConfig } from '#server/config.ts'
import { makeTestStore } from '#server/testing.ts'
import type { GeneratorAnswer, GeneratorAsk, Voter } from './votes.generator.ts'
import { CANDIDATES, readPeer } from './votes.peers.ts'
import type { Stored } from './votes.peers.ts'
import { newTold, quantile } from './votes.voter.ts'
import type { Run, Told } from './votes.voter.ts'
import type { Answer, Ask, Way } from './votes.worker.ts'

const VOTERS = 200
const WARM_UP_MS = 2_000
const SERVICE_MS = 10_000
const TAPS_MS = 30_000
const LIMIT_MS = 10_000
const PUBLIC_URL = 'http://localhost:3000'

const note = (line: string): void => void process.stderr.write(`  ${line}\n`)
const whole = (value: number): number => Math.round(value)
const tenths = (value: number): number => Math.round(value * 10) / 10

const store = await makeTestStore()
const env = {
  ...process.env,
  DATABASE_URL: store.databaseUrl,
  REDIS_URL: store.redisUrl,
  REDIS_PREFIX: store.redisPrefix,
  LIVEKIT_URL: '',
  AUTH_SECRET: randomBytes(32).toString('hex'),
  OVERPASS_URL: 'off',
  PUBLIC_URL,
  PORT: '0',
  LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
  TRUST_PROXY: 'loopback',
  ROOM_PEOPLE_MAX: String(VOTERS),
  LIMITS: `CANDIDATES_PER_HOST=${CANDIDATES},SIGN_INS_PER_ADDRESS=100000`,
  WRITES_PER_10_S: '1000000',
}

function start(file: string): ChildProcess {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), { env })
  child.once('exit', (code) => {
    if (code) throw new Error(`${file} ended with ${code}`)
  })
  process.once('exit', () => child.kill('SIGKILL'))
  return child
}
function ask<T>(child: ChildProcess, message: Ask | GeneratorAsk): Promise<T> {
  return new Promise((resolve) => {
    child.once('message', (answer) => resolve(answer as T))
    child.send(message)
  })
}
const askServer = (child: ChildProcess, message: Ask): Promise<Answer> =>
  ask<Answer>(child, message)

interface Person {
  personId: string
  cookie: string
}
/** Signs guests in over HTTP, each from an address of its own since sign-ins are limited per address. */
async function signIn(url: string, index: number): Promise<Person> {
  const headers = {
    'content-type': 'application/json',
    origin: PUBLIC_URL,
    'x-forwarded-for': `10.0.${index >> 8}.${index & 255}`,
  }
  const answer = await fetch(`${url}/api/auth/sign-in/anonymous`, {
    method: 'POST',
    headers,
    body: '{}',
  })
  if (!answer.ok) throw new Error(`signing in answered ${answer.status}`)
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const me = await fetch(`${url}/trpc/auth.me`, { headers: { cookie } })
  const said = (await me.json()) as { result: { data: { person: { id: string } } } }
  return { personId: said.result.data.person.id, cookie }
}

let rounds = 0
/** A room with all people in it, candidates, and an open round. */
async function openRound(app: App, people: readonly Person[]): Promise<string> {
  const { rooms, votes } = app.services
  // Another host each time: candidates a minute are limited per person.
  const turn = rounds++
  const [host, ...others] = [...people.slice(turn), ...people.slice(0, turn)]
  if (!host) throw new Error('Nobody is here')
  const portrait = 'abcd1234'
  const { roomId, code } = await rooms.openRoom(host.personId, {
    locale: 'ko',
    zone: 'Asia/Seoul',
    nickname: '방장',
    portrait,
  })
  for (const [index, { personId }] of others.entries())
    await rooms.joinRoom(personId, '127.0.0.1', { code, nickname: `손님 ${index}`, portrait })
  for (let number = 1; number <= CANDIDATES; number++) {
    const what = {
      kind: 'pin',
      name: `후보 ${number}`,
      lat: 37 + number / 100,
      lng: 127,
      category: 'korean',
    } as const
    await rooms.propose(host.personId, { roomId, key: randomUUID(), what })
  }
  return (
    await votes.open(host.personId, { roomId, lengthMs: 3_600_000, hidden: false, quorum: false })
  ).id
}

async function readOurs(app: App, roundId: string): Promise<Stored> {
  const { rows } = await sql<{
    person_id: string
    own: number
    stances: Record<number, string> | null
  }>`
    select person_id, own, (select json_object_agg(number, stance) from round_choices c where c.round_id = v.round_id and c.person_id = v.person_id) as stances
    from round_voters v where round_id = ${roundId}`.execute(app.platform.db)
  return Object.fromEntries(
    rows.map((row) => [row.person_id, { own: row.own, stances: row.stances ?? {} }]),
  )
}

/** Acknowledged acts that are not in what is stored. */
function countLost(told: readonly Told[], stored: Stored): number {
  return told.reduce(
    (lost, { personId, acknowledged }) =>
      lost + Math.max(0, acknowledged - (stored[personId]?.own ?? 0)),
    0,
  )
}
function isExact(told: readonly Told[], stored: Stored): boolean {
  const text = (stances: Record<number, string>): string =>
    JSON.stringify(Object.entries(stances).sort(([a], [b]) => Number(a) - Number(b)))
  return told.every(({ personId, own, acknowledged, stances }) => {
    const mine = stored[personId] ?? { own: 0, stances: {} }
    return mine.own === own && own === acknowledged && text(mine.stances) === text(stances)
  })
}

interface Measured {
  perSecond: number
  p50Ms: number
  p99Ms: number
}
function measure(runs: readonly Run[], tookMs: number): Measured {
  const all = runs.flatMap(({ latencies }) => latencies).sort((a, b) => a - b)
  const failed = runs.reduce((sum, run) => sum + run.failed, 0)
  if (failed > 0) throw new Error(`${failed} acts failed`)
  return {
    perSecond: whole((all.length / tookMs) * 1_000),
    p50Ms: tenths(quantile(all, 0.5)),
    p99Ms: tenths(quantile(all, 0.99)),
  }
}

const servers = [start('votes.worker.ts'), start('votes.worker.ts')] as const
const generator = start('votes.generator.ts')
const app = await build(readConfig({ ...env, ROLES: 'web' }))
const urls = await Promise.all(
  servers.map(
    async (server) => ((await askServer(server, { ask: 'listen' })) as { url: string }).url,
  ),
)
note(`${VOTERS} guests enter a room`)
const people: Person[] = []
for (let index = 0; index < VOTERS; index++)
  people.push(await signIn(urls[index % urls.length] ?? '', index))

interface ServiceResult extends Measured {
  lost: number
  exact: boolean
}
async function benchService(way: Way): Promise<ServiceResult> {
  const half = VOTERS / 2
  const runBoth = async (roundId: string, forMs: number): Promise<Run[]> => {
    const answers = await Promise.all(
      servers.map((server, index) => {
        const personIds = people
          .slice(index * half, (index + 1) * half)
          .map(({ personId }) => personId)
        return askServer(server, { ask: 'run', way, roundId, personIds, forMs })
      }),
    )
    return answers.map((answer) => (answer as { run: Run }).run)
  }
  await runBoth(await openRound(app, people), WARM_UP_MS)
  const roundId = await openRound(app, people)
  const startedAt = performance.now()
  const runs = await runBoth(roundId, SERVICE_MS)
  const measured = measure(runs, performance.now() - startedAt)
  const told = runs.flatMap((run) => run.told)
  const stored = way === 'ours' ? await readOurs(app, roundId) : await readPeer(app, roundId)
  const result = { ...measured, lost: countLost(told, stored), exact: isExact(told, stored) }
  note(
    `service ${way}: ${result.perSecond}/s, p50 ${result.p50Ms} ms, p99 ${result.p99Ms} ms, lost ${result.lost}`,
  )
  return result
}

interface ApiResult extends Measured {
  exact: boolean
  serverCpuPercent: number
  generatorCpuPercent: number
}
async function cpuMs(): Promise<number> {
  const answers = await Promise.all(servers.map((server) => askServer(server, { ask: 'cpu' })))
  return answers.reduce((sum, answer) => sum + (answer as { cpuMs: number }).cpuMs, 0)
}
async function benchApi(way: Way): Promise<ApiResult> {
  await Promise.all(servers.map((server) => askServer(server, { ask: 'way', way })))
  const roundId = await openRound(app, people)
  let voters: Voter[] = people.map(({ personId, cookie }, index) => ({
    cookie,
    url: urls[index % urls.length] ?? '',
    told: newTold(personId),
  }))
  const run = async (everyMs: number, forMs: number): Promise<GeneratorAnswer> => {
    const answer = await ask<GeneratorAnswer>(generator, { voters, roundId, everyMs, forMs })
    voters = voters.map((voter, index) => ({
      ...voter,
      told: answer.run.told[index] ?? voter.told,
    }))
    return answer
  }
  await run(0, WARM_UP_MS)
  const taps = await run(1_000, TAPS_MS)
  const tapped = measure([taps.run], taps.tookMs)
  note(
    `api ${way}, a tap a second each: ${tapped.perSecond}/s, p50 ${tapped.p50Ms} ms, p99 ${tapped.p99Ms} ms`,
  )
  const before = await cpuMs()
  const limit = await run(0, LIMIT_MS)
  const used = (await cpuMs()) - before
  const most = measure([limit.run], limit.tookMs)
  const [server, crowd] = [(used / limit.tookMs) * 100, (limit.cpuMs / limit.tookMs) * 100].map(
    whole,
  ) as [number, number]
  note(
    `api ${way}, at the limit: ${most.perSecond}/s, p50 ${most.p50Ms} ms, p99 ${most.p99Ms} ms, servers ${server} %, generator ${crowd} % of a core`,
  )
  const told = voters.map((voter) => voter.told)
  const stored = way === 'ours' ? await readOurs(app, roundId) : await readPeer(app, roundId)
  return {
    ...tapped,
    perSecond: most.perSecond,
    exact: isExact(told, stored),
    serverCpuPercent: server,
    generatorCpuPercent: crowd,
  }
}

const parts = process.argv.slice(2)
const wanted = (part: string): boolean => parts.length === 0 || parts.includes(part)
const plain = ({ perSecond, p50Ms, p99Ms }: Measured): Measured => ({ perSecond, p50Ms, p99Ms })
const result: Record<string, unknown> = { bench: 'votes' }
let exact = true
if (wanted('service')) {
  const [ours, spinLock, noLock] = [
    await benchService('ours'),
    await benchService('spinLock'),
    await benchService('noLock'),
  ]
  exact &&= ours.exact
  const shown = (each: ServiceResult): object => ({ ...plain(each), lost: each.lost })
  result.service = {
    ours: shown(ours),
    spinLock: shown(spinLock),
    noLock: shown(noLock),
    ratio: tenths(ours.perSecond / spinLock.perSecond),
  }
}
if (wanted('api')) {
  const [ours, spinLock] = [await benchApi('ours'), await benchApi('spinLock')]
  exact &&= ours.exact
  const { serverCpuPercent, generatorCpuPercent } = ours
  result.api = {
    ours: plain(ours),
    spinLock: plain(spinLock),
    ratio: tenths(ours.perSecond / spinLock.perSecond),
    serverCpuPercent,
    generatorCpuPercent,
  }
}
result.exact = exact
await Promise.all(servers.map((server) => askServer(server, { ask: 'end' })))
generator.disconnect()
await app.close()
await store.drop()
process.stdout.write(`${JSON.stringify(result)}\n`)
