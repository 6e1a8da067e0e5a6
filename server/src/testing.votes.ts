import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Act, ActResult, RoundView } from '#shared/votes.ts'
import type { App } from './app.ts'
import type { TestClient, TestWorld } from './testing.ts'

/** A room with people and candidates, for tests of votes. */
export interface TestTable {
  roomId: string
  code: string
  /** Seat 1. */
  host: TestClient
  /** Seats 2, 3, …, spread over the servers. */
  guests: TestClient[]
  act(client: TestClient, roundId: string, act: Act): Promise<ActResult>
  /** Waits until the round is closed, and answers it as everybody sees it. */
  untilClosed(roundId: string): Promise<RoundView>
  newest(): Promise<RoundView>
  /** What the database holds. */
  rows<T extends object>(text: string, values?: readonly unknown[]): Promise<T[]>
}

/** Candidates are numbered from 1 and all put forward by the host. */
export async function makeTestTable(
  world: TestWorld,
  apps: readonly [App, ...App[]],
  people: number,
  candidates: number,
): Promise<TestTable> {
  const [first] = apps
  const host = await world.guest(first)
  const portrait = 'abcd1234'
  const { roomId, code } = await host.trpc.rooms.open.mutate({
    locale: 'ko',
    zone: 'Asia/Seoul',
    nickname: '민수',
    portrait,
  })
  const guests: TestClient[] = []
  for (let seat = 2; seat <= people; seat++) {
    const guest = await world.guest(apps[seat % apps.length] ?? first)
    await guest.trpc.rooms.join.mutate({ code, nickname: `손님${seat}`, portrait })
    guests.push(guest)
  }
  for (let number = 1; number <= candidates; number++) await proposePin(host, roomId, number)
  const newest = async (): Promise<RoundView> => {
    const { round } = await host.trpc.votes.state.query({ roomId })
    if (!round) throw new Error('There is no round')
    return round
  }
  const { db } = first.platform
  const rows = async <T extends object>(
    text: string,
    values: readonly unknown[] = [],
  ): Promise<T[]> => {
    const parts = text.split(/\$\d+/)
    const query = sql<T>(parts as unknown as TemplateStringsArray, ...values)
    return (await query.execute(db)).rows
  }
  return {
    roomId,
    code,
    host,
    guests,
    newest,
    rows,
    act: (client, roundId, act) =>
      client.trpc.votes.act.mutate({ roundId, key: randomUUID(), act }),
    untilClosed: async (roundId) => {
      for (const until = Date.now() + 15_000; Date.now() < until; await sleep(30)) {
        const [row] = await rows<{ final: RoundView | null }>(
          'select final from rounds where id = $1',
          [roundId],
        )
        if (row?.final) return row.final
      }
      throw new Error('The round did not close')
    },
  }
}

export async function proposePin(
  client: TestClient,
  roomId: string,
  number: number,
): Promise<number> {
  const what = {
    kind: 'pin',
    name: `후보 ${number}`,
    lat: 37.5 + number / 100,
    lng: 127,
    category: 'korean',
  } as const
  return (await client.trpc.rooms.propose.mutate({ roomId, key: randomUUID(), what })).number
}
