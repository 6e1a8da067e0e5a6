import type { WebSocket } from 'ws'
import { encodeUp } from '#shared/rooms.presence.ts'
import type { RoomFeed } from '#shared/rooms.ts'
import type { App } from './app.ts'
import type { TestClient, TestWorld } from './testing.ts'

/** What several test files need of rooms; real calls only. */
export const portrait = 'abcd1234'
export const gangnam = { kind: 'view', lat: 37.4979, lng: 127.0276, zoom: 15 } as const
export const pin = (name: string, lat = 37.5, lng = 127.03) =>
  ({ kind: 'pin', name, lat, lng, category: 'korean' }) as const

export interface TestRoom {
  host: TestClient
  roomId: string
  code: string
}

/** A room whose host is a new guest of `app`. */
export async function openTestRoom(
  world: TestWorld,
  app: App,
  more: object = {},
): Promise<TestRoom> {
  const host = await world.guest(app)
  const room = {
    locale: 'ko',
    zone: 'Asia/Seoul',
    nickname: '민수',
    portrait,
    anchor: gangnam,
    ...more,
  } as const
  const { roomId, code } = await host.trpc.rooms.open.mutate(room)
  return { host, roomId, code }
}

export async function joinTestRoom(
  world: TestWorld,
  app: App,
  code: string,
  nickname = '지은',
): Promise<TestClient> {
  const client = await world.guest(app, '손님')
  await client.trpc.rooms.join.mutate({ code, nickname, portrait })
  return client
}

export function proposePin(
  client: TestClient,
  roomId: string,
  name: string,
  key: string = crypto.randomUUID(),
) {
  return client.trpc.rooms.propose.mutate({ roomId, key, what: pin(name) })
}

export interface HeardRoom {
  items: { id: string; data: RoomFeed }[]
  /** Numbers of the events heard, in order of arrival. */
  seqs(): number[]
  types(): string[]
  /** All but pings. */
  news(): RoomFeed[]
  /** How often it was said that something of the person's own changed. */
  pings(): number
  /** Code of the refusal that ended the subscription. */
  ended: Promise<string>
  stop(): void
}

/** Listens to a room's events; resolves once the server listens (its first ping says so) or has refused. */
export async function hear(
  client: TestClient,
  roomId: string,
  lastEventId?: string,
): Promise<HeardRoom> {
  const items: HeardRoom['items'] = []
  let end: (code: string) => void = () => undefined
  const ended = new Promise<string>((resolve) => {
    end = resolve
  })
  let stop = (): void => undefined
  await new Promise<void>((resolve) => {
    const subscription = client.trpc.rooms.events.subscribe(
      { roomId, lastEventId },
      {
        onData: (item) => {
          items.push(item)
          resolve()
        },
        onError: (error) => {
          end(error.message)
          resolve()
        },
      },
    )
    stop = () => subscription.unsubscribe()
  })
  const events = () => items.flatMap(({ data }) => (data.kind === 'event' ? [data] : []))
  return {
    items,
    seqs: () => events().map((e) => e.seq),
    types: () => events().map((e) => e.event.type),
    news: () => items.map(({ data }) => data).filter(({ kind }) => kind !== 'mine'),
    pings: () => items.filter(({ data }) => data.kind === 'mine').length,
    ended,
    stop,
  }
}

/** Makes a member present: a visible tab with an open socket. */
export async function appear(
  client: TestClient,
  roomId: string,
  tab = 'abcdefgh12',
): Promise<WebSocket> {
  const socket = client.socket(`/presence?room=${roomId}&tab=${tab}`)
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  socket.send(encodeUp({ kind: 'state', lastTick: 0, flags: 0, follow: 0 }))
  return socket
}
