import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { RoomFeed } from '#shared/rooms.ts'
import type { ActResult, MyVote, RoundView, Stance, VotesState } from '#shared/votes.ts'
import { findOrStartPostgres } from '../../scripts/services/postgres.ts'
import { findOrStartRedis } from '../../scripts/services/redis.ts'
import { Guest, Refused, portrait } from '../api.ts'
import { startCluster } from '../cluster.ts'
import type { Cluster } from '../cluster.ts'

/**
 * Servers that are killed, paused and handed over while people vote. No browser: 200 people speak the wire through a proxy
 * without stickiness, with one origin and one cookie each.
 */
const VOTERS = 200
const CANDIDATES = 4
const LOCK_TTL_MS = 2_000
const env = {
  LOCK_TTL_MS: String(LOCK_TTL_MS),
  LIMITS: 'ROOM_PEOPLE_MAX=220,SIGN_INS_PER_ADDRESS=2000,CANDIDATES_PER_HOST=10',
  LOG_LEVEL: 'warn',
  LIVEKIT_URL: '',
}
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

interface Stage {
  cluster: Cluster
  redis: { restart(): Promise<void> }
  postgres: { crash(): Promise<void> }
  close(): Promise<void>
}

/** Two servers on a Postgres and a Redis of their own, which may be crashed and restarted. */
async function setStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'bapmap-chaos-'))
  chmodSync(folder, 0o711) // Postgres may run as a user of its own and must get in
  const options = { folder, password: randomUUID().replaceAll('-', ''), say: () => {} }
  let redis = await findOrStartRedis(options, '')
  let postgres = await findOrStartPostgres(options, '')
  const again = (url: string) => ({ ...options, port: Number(new URL(url).port) })
  const cluster = await startCluster(2, {
    ...env,
    DATABASE_URL: postgres.url,
    REDIS_URL: redis.url,
    REDIS_PREFIX: `${randomUUID().slice(0, 8)}:`,
  })
  return {
    cluster,
    redis: {
      async restart() {
        await redis.stop()
        await pause(500)
        redis = await findOrStartRedis(again(redis.url), '')
      },
    },
    postgres: {
      /** As in a power cut: nothing is ended in order, and the next start replays the log. */
      async crash() {
        const note = readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8')
        process.kill(Number(note.split('\n')[0]), 'SIGQUIT')
        await postgres.stop()
        postgres = await findOrStartPostgres(again(postgres.url), '')
      },
    },
    async close() {
      await cluster.close()
      await redis.stop()
      await postgres.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

interface Room {
  roomId: string
  roundId: string
  host: Guest
}

async function openVote(origin: string): Promise<Room & { code: string }> {
  const host = await new Guest(origin).signIn()
  const { roomId, code } = await host.mutate<{ roomId: string; code: string }>('rooms.open', {
    locale: 'ko',
    zone: 'Asia/Seoul',
    nickname: '방장',
    portrait: portrait(),
  })
  for (let i = 0; i < CANDIDATES; i++) {
    const what = {
      kind: 'pin',
      name: `후보 ${i + 1}`,
      lat: 37.55 + i / 100,
      lng: 126.9,
      category: 'other',
    }
    await host.mutate('rooms.propose', { roomId, key: randomUUID(), what })
  }
  await host.mutate('votes.open', { roomId, lengthMs: 900_000, hidden: false, quorum: false })
  const { round } = await host.query<VotesState>('votes.state', { roomId })
  if (!round) throw new Error('the round did not open')
  return { roomId, code, roundId: round.id, host }
}

async function joinAll(origin: string, code: string, count: number): Promise<Guest[]> {
  const guests: Guest[] = []
  for (let i = 0; i < count; i += 20) {
    const some = Array.from({ length: Math.min(20, count - i) }, async (_, j) => {
      const guest = await new Guest(origin).signIn()
      await guest.mutate('rooms.join', {
        code,
        nickname: `사람 ${i + j + 1}`,
        portrait: portrait(),
      })
      return guest
    })
    guests.push(...(await Promise.all(some)))
  }
  return guests
}

/** Asks until there is an answer, as the page does: a lost one is asked again with the same key. A refusal is an answer. */
async function untilAnswered<T>(ask: (signal: AbortSignal) => Promise<T>): Promise<T | Refused> {
  for (let tries = 0; ; tries++) {
    try {
      return await ask(AbortSignal.timeout(15_000))
    } catch (error) {
      const transient =
        !(error instanceof Refused) || ['unexpected', 'not_ready', 'slow_down'].includes(error.code)
      if (!transient) return error
      if (tries > 40) throw error
      await pause(100 + Math.random() * 300)
    }
  }
}

class Voter {
  readonly guest: Guest
  readonly #roundId: string
  /** By candidate: the acknowledged act with the highest number. */
  readonly expected = new Map<number, { stance: Stance; own: number }>()
  acknowledged = 0
  readonly owns: number[] = []

  constructor(guest: Guest, roundId: string) {
    this.guest = guest
    this.#roundId = roundId
  }

  async actAtRandom(): Promise<void> {
    const number = 1 + Math.floor(Math.random() * CANDIDATES)
    const kind =
      (['choose', 'choose', 'unchoose', 'pass', 'unpass'] as const)[
        Math.floor(Math.random() * 5)
      ] ?? 'choose'
    const input = { roundId: this.#roundId, key: randomUUID(), act: { kind, number } }
    const answer = await untilAnswered((signal) =>
      this.guest.mutate<ActResult>('votes.act', input, signal),
    )
    if (answer instanceof Refused) {
      if (answer.code !== 'pass_limit') throw answer
      return
    }
    this.acknowledged++
    this.owns.push(answer.own)
    const stance: Stance = kind === 'choose' ? 'chosen' : kind === 'pass' ? 'passed' : 'none'
    const last = this.expected.get(number)
    const applied = answer.mine.stances.find((s) => s.number === number)
    if (!last || answer.own > last.own)
      this.expected.set(number, {
        stance: applied?.own === answer.own ? applied.stance : stance,
        own: answer.own,
      })
  }

  async actUntil(end: number): Promise<void> {
    await pause(Math.random() * 800)
    while (Date.now() < end) {
      await this.actAtRandom()
      await pause(300 + Math.random() * 900)
    }
  }
}

/** A page that only listens: what it would show as the tally. */
class Watcher {
  round: RoundView | undefined
  seqs: number[] = []
  readonly stop: () => void
  constructor(guest: Guest, roomId: string, from: number) {
    const subscription = guest.subscribe(
      'rooms.events',
      { roomId, lastEventId: String(from) },
      (data) => {
        const feed = data as RoomFeed
        if (feed.kind !== 'event') return
        this.seqs.push(feed.seq)
        if (feed.event.type === 'round') this.round = feed.event.round
      },
    )
    this.stop = () => subscription.close()
  }
  tally(): string {
    return JSON.stringify(this.round?.chosen ?? null)
  }
}

test.describe('while servers are killed and paused, Redis restarts and Postgres crashes', () => {
  test.setTimeout(240_000)

  test('200 voters: what is stored is exactly what was acknowledged, and every page shows it', async () => {
    const stage = await setStage()
    try {
      const { cluster } = stage
      const vote = await openVote(cluster.url)
      const guests = [vote.host, ...(await joinAll(cluster.url, vote.code, VOTERS - 1))]
      const voters = guests.map((guest) => new Voter(guest, vote.roundId))
      const { seq } = await vote.host.query<{ seq: number }>('rooms.snapshot', {
        roomId: vote.roomId,
      })
      const watchers = guests.slice(0, 12).map((guest) => new Watcher(guest, vote.roomId, seq))
      const end = Date.now() + 36_000
      const voting = Promise.all(voters.map((voter) => voter.actUntil(end)))
      const faults = async (): Promise<void> => {
        await pause(5_000)
        const killed = cluster.nodes[0]
        const paused = cluster.nodes[1]
        if (!killed || !paused) throw new Error('two servers were started')
        cluster.signal(killed, 'SIGKILL')
        await pause(2_000)
        await cluster.add()
        await pause(3_000)
        cluster.signal(paused, 'SIGSTOP')
        await pause(500)
        paused.inRotation = false
        await pause(LOCK_TTL_MS * 2)
        cluster.signal(paused, 'SIGCONT')
        paused.inRotation = true
        await pause(3_000)
        await stage.redis.restart()
        await pause(3_000)
        await stage.postgres.crash()
      }
      await Promise.all([voting, faults()])

      const wrong: string[] = []
      let acknowledged = 0
      for (const [i, voter] of voters.entries()) {
        acknowledged += voter.acknowledged
        if (new Set(voter.owns).size !== voter.owns.length)
          wrong.push(`voter ${i} got a number twice`)
        const mine = await voter.guest.query<MyVote>('votes.mine', { roundId: vote.roundId })
        for (const [number, { stance, own }] of voter.expected) {
          const stored = mine.stances.find((s) => s.number === number)
          if (stored?.stance !== stance || stored.own !== own) {
            wrong.push(
              `voter ${i}, candidate ${number}: acknowledged ${stance} (${own}), stored ${stored?.stance} (${stored?.own})`,
            )
          }
        }
        const known = new Set(voter.expected.keys())
        for (const s of mine.stances)
          if (!known.has(s.number) && s.stance !== 'none')
            wrong.push(`voter ${i}: ${s.number} from nowhere`)
      }
      test.info().annotations.push({ type: 'acknowledged', description: String(acknowledged) })
      expect(wrong).toEqual([])
      expect(acknowledged).toBeGreaterThan(VOTERS * 5)

      const { round } = await vote.host.query<VotesState>('votes.state', { roomId: vote.roomId })
      const counted = (round?.chosen ?? []).reduce((sum, [, seats]) => sum + seats.length, 0)
      const chosen = voters.reduce(
        (sum, voter) =>
          sum + [...voter.expected.values()].filter((s) => s.stance === 'chosen').length,
        0,
      )
      expect(counted).toBe(chosen)
      const truth = JSON.stringify(round?.chosen)
      await expect
        .poll(() => watchers.filter((watcher) => watcher.tally() !== truth).length, {
          timeout: 5_000,
        })
        .toBe(0)
      for (const watcher of watchers) {
        const first = watcher.seqs[0] ?? 0
        expect(watcher.seqs).toEqual(watcher.seqs.map((_, i) => first + i))
        watcher.stop()
      }
    } finally {
      await stage.close()
    }
  })

  test('handing over to another server fails nothing and loses nothing', async () => {
    const stage = await setStage()
    try {
      const { cluster } = stage
      const vote = await openVote(cluster.url)
      const guests = [vote.host, ...(await joinAll(cluster.url, vote.code, 29))]
      const snapshot = await vote.host.query<{ seq: number; channelId: string }>('rooms.snapshot', {
        roomId: vote.roomId,
      })
      const watchers = guests
        .slice(0, 10)
        .map((guest) => new Watcher(guest, vote.roomId, snapshot.seq))
      const failed: string[] = []
      const sent: { clientId: string; seq: number }[] = []
      const end = Date.now() + 14_000
      const busy = guests.map(async (guest, i) => {
        for (let n = 0; Date.now() < end; n++) {
          const clientId = randomUUID()
          const number = 1 + ((i + n) % CANDIDATES)
          try {
            if (n % 2)
              await guest.mutate('votes.act', {
                roundId: vote.roundId,
                key: randomUUID(),
                act: { kind: n % 4 === 1 ? 'choose' : 'unchoose', number },
              })
            else
              sent.push({
                clientId,
                ...(await guest.mutate<{ seq: number }>('chat.send', {
                  channelId: snapshot.channelId,
                  clientId,
                  body: `${i}: ${n}`,
                })),
              })
          } catch (error) {
            if (!(error instanceof Refused && error.code === 'slow_down'))
              failed.push(String(error))
          }
          await pause(250 + Math.random() * 250)
        }
      })
      await pause(4_000)
      const leaving = cluster.nodes[0]
      if (!leaving) throw new Error('two servers were started')
      const handedOverAt = Date.now()
      cluster.signal(leaving, 'SIGTERM')
      await expect
        .poll(
          () =>
            fetch(`http://127.0.0.1:${leaving.port}/readyz`).then(
              (r) => r.status,
              () => 0,
            ),
          { timeout: 10_000 },
        )
        .not.toBe(200)
      leaving.inRotation = false
      expect(await cluster.exited(leaving)).toBe(0)
      test
        .info()
        .annotations.push({ type: 'exit after ms', description: String(Date.now() - handedOverAt) })
      await Promise.all(busy)

      expect(failed).toEqual([])
      const { round } = await vote.host.query<VotesState>('votes.state', { roomId: vote.roomId })
      await expect
        .poll(() => watchers.filter((w) => w.tally() !== JSON.stringify(round?.chosen)).length, {
          timeout: 3_000,
        })
        .toBe(0)
      const stored = new Map<string, number>()
      for (let before: number | undefined; ;) {
        const page = await vote.host.query<{
          messages: { clientId: string; seq: number }[]
          more: boolean
        }>('chat.history', {
          channelId: snapshot.channelId,
          limit: 100,
          ...(before === undefined ? {} : { before }),
        })
        for (const message of page.messages) stored.set(message.clientId, message.seq)
        if (!page.more) break
        before = page.messages[0]?.seq
      }
      expect(sent.filter(({ clientId, seq }) => stored.get(clientId) !== seq)).toEqual([])
      expect(new Set(sent.map(({ seq }) => seq)).size).toBe(sent.length)
      for (const watcher of watchers) watcher.stop()
    } finally {
      await stage.close()
    }
  })
})
