import type { AddressInfo } from 'node:net'
import { expect, test, vi } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import type { SocketPath } from '#server/http/sockets.ts'
import { startServers } from '#server/testing.servers.ts'
import { refusalOf, type TestClient } from '#server/testing.ts'
import { openTestTab } from '#server/testing.presence.ts'
import {
  appear,
  hear,
  joinTestRoom,
  openTestRoom,
  portrait,
  proposePin,
} from '#server/testing.rooms.ts'
import type { TestRoom } from '#server/testing.rooms.ts'
import { encodeUp } from '#shared/rooms.presence.ts'
import { presenceClose } from '#shared/rooms.presence.rules.ts'
import { mountPresence } from './http.presence.ts'

/** "At once" for who waits: far below the polls (2 s, 30 s) that would find it too. */
const AT_ONCE_MS = 1_000
const TIMES = 20

const env = { LIMITS: 'ACTING_HOST_AFTER_MS=1000,CLOSING_MS=300' }
const { world, one, two } = await startServers(env)

/** A room whose host is gone, and the member who acts as host. */
async function openActedRoom(): Promise<TestRoom & { acting: TestClient }> {
  const room = await openTestRoom(world, one)
  const acting = await joinTestRoom(world, two, room.code, '대신')
  await appear(acting, room.roomId)
  await vi.waitFor(
    async () => {
      const { room: now } = await acting.trpc.rooms.snapshot.query({ roomId: room.roomId })
      expect(now.actingSeat).toBe(2)
    },
    { timeout: 20_000, interval: 400 },
  )
  return { ...room, acting }
}

/** Code that ends a chat subscription. */
function hearChat(client: TestClient, channelId: string): Promise<string> {
  return new Promise((resolve) => {
    client.trpc.chat.events.subscribe(
      { channelId },
      { onData: () => undefined, onError: (error) => resolve(error.message) },
    )
  })
}
const within = <T>(work: Promise<T>): Promise<T | 'too late'> =>
  Promise.race([
    work,
    new Promise<'too late'>((resolve) => setTimeout(() => resolve('too late'), AT_ONCE_MS)),
  ])

test('who the acting host removes is out at once, every time: feed, chat, presence and every later call', async () => {
  const { roomId, code, acting } = await openActedRoom()
  for (let time = 0; time < TIMES; time++) {
    // Each on the other server than the one that removes.
    const guest = (await joinTestRoom(world, one, code, `손님 ${time}`)).on(time % 2 ? one : two)
    const { mySeat: seat, channelId, seq } = await guest.trpc.rooms.snapshot.query({ roomId })
    const [feed, tab] = [await hear(guest, roomId, String(seq)), await openTestTab(guest, roomId)]
    const chat = hearChat(guest, channelId)
    const by = acting.on(time % 2 ? two : one)
    await by.trpc.rooms.removePerson.mutate({ roomId, seat })
    expect(await within(Promise.all([feed.ended, chat, tab.closed]))).toEqual([
      'room_removed',
      'room_removed',
      presenceClose.notAMember,
    ])
    expect(feed.seqs(), 'nothing of what followed').toEqual([])
    const calls = [
      guest.trpc.rooms.snapshot.query({ roomId }),
      guest.trpc.votes.state.query({ roomId }),
      guest.trpc.chat.history.query({ channelId }),
      guest.trpc.chat.send.mutate({ channelId, clientId: crypto.randomUUID(), body: '저기요' }),
      guest.trpc.voice.token.mutate({ roomId, device: 'abcdefgh12345678' }),
      guest.trpc.voice.status.query({ roomId }),
      guest.trpc.rooms.join.mutate({ code, nickname: '다시', portrait }),
      proposePin(guest, roomId, '몰래'),
    ]
    const codes = await Promise.all(calls.map(async (call) => (await refusalOf(call)).code))
    expect(codes).toEqual(calls.map(() => 'room_removed'))
    expect(await guest.trpc.rooms.peek.query({ code })).toEqual({ state: 'removed' })
    guest.close()
  }
}, 60_000)

test('the decision’s page tells a removed person what any visitor sees, and a removed host has no say in it', async () => {
  const { host, roomId, code } = await openTestRoom(world, one)
  const heir = await joinTestRoom(world, two, code, '이어받을')
  const out = await joinTestRoom(world, two, code, '나갈')
  for (const name of ['하나', '둘']) await proposePin(host, roomId, name)
  const { id } = await host.trpc.votes.open.mutate({ roomId, lengthMs: 60_000 })
  const act = { kind: 'choose', number: 1 } as const
  for (const voter of [host, heir, out])
    await voter.trpc.votes.act.mutate({ roundId: id, key: crypto.randomUUID(), act })
  await host.trpc.rooms.removePerson.mutate({ roomId, seat: 3 })
  await host.trpc.votes.close.mutate({ roundId: id })
  const decided = await vi.waitFor(
    async () => {
      const { decisions } = await heir.trpc.votes.state.query({ roomId })
      expect(decisions).toHaveLength(1)
      return decisions[0]?.id ?? ''
    },
    { timeout: 10_000, interval: 100 },
  )
  const shown = (client: TestClient) => client.trpc.votes.decision.query({ id: decided })
  const seen = await shown(out)
  expect(seen).toEqual(await shown(await world.guest(one)))
  expect(seen).toMatchObject({ member: false, host: false, roomCode: null, meeting: null })
  expect(seen.people.map(({ seat, name, chose }) => [seat, name, chose])).toEqual([
    [1, null, null],
    [2, null, null],
  ])
  expect((await out.fetch(`/d/${decided}/card.png`)).status).toBe(200)

  await host.trpc.rooms.handOver.mutate({ roomId, seat: 2 })
  await heir.trpc.rooms.removePerson.mutate({ roomId, seat: 1 })
  // At the table they were: their own names and choices stay theirs to read; the room and the page are not.
  expect(await shown(host)).toMatchObject({ member: true, host: false, roomCode: null })
  const takeDown = host.trpc.votes.publish.mutate({ id: decided, published: false })
  expect((await refusalOf(takeDown)).code).toBe('host_only')
})

test('a removal while the presence socket is being let in closes it too', async () => {
  const { host, roomId, code } = await openTestRoom(world, one)
  const guest = await joinTestRoom(world, two, code)
  const personId = await guest.personId()
  const taken: { path?: SocketPath } = {}
  mountPresence({
    sockets: { register: (_path, options) => void (taken.path = options) },
    live: two.services.presence,
    rooms: {
      outsidersAmong: (owners) => two.services.rooms.outsidersAmong(owners),
      // The answer is of before the removal, and comes after all that the removal told.
      requireMember: async (...who) => {
        const answer = await two.services.rooms.requireMember(...who)
        await host.trpc.rooms.removePerson.mutate({ roomId, seat: 2 })
        await new Promise((resolve) => setTimeout(resolve, 200))
        return answer
      },
    },
    every: () => () => undefined,
    log: two.platform.log,
  })
  const door = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  door.on('connection', (socket, request) =>
    taken.path?.onConnection(
      socket,
      {
        person: { id: personId, guest: true },
        sessionId: '',
        ip: '',
        headers: {},
        url: request.url ?? '',
        requestId: '',
      },
      request,
    ),
  )
  await new Promise((resolve) => door.once('listening', resolve))
  const { port } = door.address() as AddressInfo
  const socket = new WebSocket(`ws://127.0.0.1:${port}/presence?room=${roomId}&tab=abcdefgh12`)
  const closed = new Promise<number>((resolve) => socket.once('close', resolve))
  socket.once('open', () =>
    socket.send(encodeUp({ kind: 'state', lastTick: 0, flags: 0, follow: 0 })),
  )
  expect(await Promise.race([closed, new Promise((done) => setTimeout(done, 3_000))])).toBe(
    presenceClose.notAMember,
  )
  door.close()
})
