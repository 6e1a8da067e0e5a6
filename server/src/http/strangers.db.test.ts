import { expect, test } from 'vitest'
import { makeAppRouter } from '#server/app.ts'
import { startServers } from '#server/testing.servers.ts'
import type { TestClient } from '#server/testing.ts'
import { makeTestTable } from '#server/testing.votes.ts'

/**
 * Every procedure there is, asked with the ids of somebody else's room by who has no business in it. A new procedure fails here until
 * it says what a stranger is to hear.
 */
const { world, one, two } = await startServers({ LIMITS: 'CLOSING_MS=500' })

interface Ids {
  roomId: string
  roundId: string
  channelId: string
  decisionId: string
}
/** `refused`: codes of which one must come, for strangers and for who was removed. `own`: it is about the caller alone and answers. */
type Ask = (ids: Ids) => { input: object; refused?: readonly string[]; own?: true; open?: true }

const outside = ['not_a_member', 'room_removed'] as const
const uuid = (): string => crypto.randomUUID()
const inRoom =
  (more: object = {}): Ask =>
  (ids) => ({
    input: { roomId: ids.roomId, ...more },
    refused: outside,
  })
const inRound =
  (more: object = {}): Ask =>
  (ids) => ({
    input: { roundId: ids.roundId, ...more },
    refused: outside,
  })
const inChannel =
  (more: object = {}): Ask =>
  (ids) => ({
    input: { channelId: ids.channelId, ...more },
    refused: outside,
  })
const own =
  (input: object = {}): Ask =>
  () => ({ input, own: true })
const view = { south: 37, west: 127, north: 37.1, east: 127.1 }
const portrait = 'abcd1234'

const asks: Record<string, Ask> = {
  'auth.me': () => ({ input: {}, open: true }),
  'auth.startHandoff': own(),
  'users.setProfile': own({ name: '손님' }),
  'rooms.open': own({ locale: 'ko', zone: 'Asia/Seoul', nickname: '손님', portrait }),
  // By its code alone, which nobody here has.
  'rooms.peek': () => ({ input: { code: 'aaaaaaaaaaaa' }, open: true }),
  'rooms.join': () => ({
    input: { code: 'aaaaaaaaaaaa', nickname: '손님', portrait },
    refused: ['room_unknown'],
  }),
  'rooms.snapshot': inRoom(),
  'rooms.changeRoom': inRoom({ name: '내 방' }),
  'rooms.close': inRoom(),
  'rooms.reopen': inRoom(),
  'rooms.extend': inRoom(),
  'rooms.changeLink': inRoom(),
  'rooms.handOver': inRoom({ seat: 2 }),
  'rooms.removePerson': inRoom({ seat: 2 }),
  'rooms.changeMe': inRoom({ nickname: '나', portrait }),
  'rooms.leave': inRoom(),
  'rooms.hide': inRoom(),
  'rooms.propose': inRoom({
    key: uuid(),
    what: { kind: 'pin', name: '곳', lat: 37, lng: 127, category: 'other' },
  }),
  'rooms.withdraw': inRoom({ number: 1 }),
  'rooms.restore': inRoom({ number: 1 }),
  'rooms.annotate': inRoom({ number: 1, note: '나쁜 곳', link: null }),
  'rooms.comeHere': inRoom({ view }),
  'rooms.readShareText': () => ({ input: { text: '없는 말' }, refused: ['share_text_unknown'] }),
  'rooms.mine': own(),
  'votes.state': inRoom(),
  'votes.mine': inRound(),
  'votes.open': inRoom({ lengthMs: 60_000 }),
  'votes.act': inRound({ key: uuid(), act: { kind: 'choose', number: 1 } }),
  'votes.extend': inRound({ deadlineAt: Date.now() + 3_600_000 }),
  'votes.close': inRound(),
  'votes.takeBack': inRound(),
  'votes.wait': inRound(),
  // Public, with less in it: its own tests say what.
  'votes.decision': ({ decisionId }) => ({ input: { id: decisionId }, open: true }),
  'votes.publish': ({ decisionId }) => ({
    input: { id: decisionId, published: false },
    refused: ['host_only', ...outside],
  }),
  'votes.myDecisions': own(),
  'places.search': () => ({ input: { q: '국수' }, open: true }),
  'places.inView': () => ({ input: { bounds: view }, open: true }),
  'places.join': () => ({ input: { q: '국수' }, open: true }),
  'places.onMap': () => ({ input: { bounds: view, zoom: 14 }, open: true }),
  'places.ofKind': () => ({ input: { bounds: view }, open: true }),
  'places.details': () => ({ input: { id: uuid() }, refused: ['not_found'], open: true }),
  'places.zone': () => ({ input: { at: { lat: 37, lng: 127 } }, open: true }),
  'places.add': () => ({
    input: { key: uuid(), name: '새집', category: 'korean', at: { lat: 37, lng: 127 } },
    own: true,
  }),
  'places.remove': () => ({ input: { id: uuid() }, refused: ['not_found'] }),
  'places.report': () => ({ input: { id: uuid(), kind: 'closed' }, refused: ['not_found'] }),
  'chat.send': inChannel({ clientId: uuid(), body: '나도' }),
  'chat.history': inChannel({ limit: 10 }),
  'chat.typing': inChannel({ typing: true }),
  'demo.open': own({ locale: 'ko' }),
  'voice.token': inRoom({ device: 'abcdefgh' }),
  'voice.status': inRoom(),
}
/** Asked over the socket. */
const subscriptions: Record<string, Ask> = {
  'rooms.events': inRoom(),
  'rooms.cards': own(),
  'chat.events': inChannel(),
}

const procedures: Record<string, unknown> = makeAppRouter(one.services)._def.procedures
const isQuery = (path: string): boolean => {
  const procedure = procedures[path]
  return typeof procedure === 'function' && '_def' in procedure && isOf(procedure._def, 'query')
}
const isOf = (def: unknown, type: string): boolean =>
  typeof def === 'object' && def !== null && 'type' in def && def.type === type

/** The code of the refusal, or 'answered'. */
async function outcomeOf(client: TestClient, path: string, input: object): Promise<string> {
  const answer = isQuery(path)
    ? await client.fetch(`/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`)
    : await client.fetch(`/trpc/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(input),
      })
  const { error } = (await answer.json()) as { error?: { data: { code: string } } }
  return error?.data.code ?? 'answered'
}

function subscribed(client: TestClient, path: string, input: object): Promise<string> {
  const socket = client.socket('/trpc')
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once('open', () =>
      socket.send(JSON.stringify({ id: 1, method: 'subscription', params: { path, input } })),
    )
    socket.on('message', (data: Buffer) => {
      const { error, result } = JSON.parse(data.toString())
      // "Started" is said before the first item: what counts is whether anything is told.
      if (!error && result?.type !== 'data') return
      resolve(error ? error.message : 'answered')
      socket.close()
    })
  })
}

test('every procedure says what a stranger hears', () => {
  expect(Object.keys(procedures).toSorted()).toEqual(
    [...Object.keys(asks), ...Object.keys(subscriptions)].toSorted(),
  )
})

test('with the ids of a room that is not theirs, strangers, removed people and people without a session get nothing and change nothing', async () => {
  const table = await makeTestTable(world, [one, two], 3, 3)
  const { host, roomId, guests } = table
  const [stays, removed] = guests
  if (!stays || !removed) throw new Error('Too few people')
  const { channelId } = await host.trpc.rooms.snapshot.query({ roomId })
  await host.trpc.chat.send.mutate({ channelId, clientId: uuid(), body: '여기' })
  const first = await host.trpc.votes.open.mutate({ roomId, lengthMs: 60_000 })
  await table.act(host, first.id, { kind: 'choose', number: 1 })
  await host.trpc.votes.close.mutate({ roundId: first.id })
  await table.untilClosed(first.id)
  const [decision] = await host.trpc.votes.myDecisions.query()
  if (!decision) throw new Error('There is no decision')
  await host.trpc.rooms.removePerson.mutate({ roomId, seat: 3 })
  const { id: roundId } = await host.trpc.votes.open.mutate({ roomId, lengthMs: 600_000 })
  await table.act(stays, roundId, { kind: 'choose', number: 2 })
  const ids: Ids = { roomId, roundId, channelId, decisionId: decision.id }
  const all = async (): Promise<object> => ({
    room: { ...(await host.trpc.rooms.snapshot.query({ roomId })), now: 0 },
    votes: { ...(await host.trpc.votes.state.query({ roomId })), now: 0 },
    mine: await stays.trpc.votes.mine.query({ roundId }),
    chat: await host.trpc.chat.history.query({ channelId, limit: 50 }),
    decision: await host.trpc.votes.decision.query({ id: decision.id }),
  })
  const before = await all()
  for (const [who, client] of [
    ['a stranger', await world.guest(two)],
    ['who was removed', removed],
    ['nobody', world.client(one)],
  ] as const) {
    for (const [path, ask] of Object.entries({ ...asks, ...subscriptions })) {
      const { input, refused, own: about, open } = ask(ids)
      const expected = [
        ...(who === 'nobody' && !open ? ['unauthenticated'] : (refused ?? [])),
        ...((about && who !== 'nobody') || (open && !refused) ? ['answered'] : []),
      ]
      const outcome = await (path in subscriptions
        ? subscribed(client, path, input)
        : outcomeOf(client, path, input))
      expect(expected, `${who}, ${path}: ${outcome}`).toContain(outcome)
    }
  }
  expect(await all()).toEqual(before)
})

test('ids that are nobody’s, or no ids at all, are refused without a word of what is behind', async () => {
  const guest = await world.guest(one)
  const forged: Ids = {
    roomId: uuid(),
    roundId: uuid(),
    channelId: uuid(),
    decisionId: 'A'.repeat(22),
  }
  const nonsense = "' or 1=1; --\u0000"
  const hostile: Ids = {
    roomId: nonsense,
    roundId: nonsense,
    channelId: nonsense,
    decisionId: nonsense,
  }
  const codes = new Set<string>()
  for (const ids of [forged, hostile])
    for (const [path, ask] of Object.entries(asks)) {
      if (ask(ids).own || path.startsWith('places.')) continue
      codes.add(await outcomeOf(guest, path, ask(ids).input))
    }
  codes.delete('answered') // auth.me, and the link that leads nowhere
  expect([...codes].toSorted()).toEqual([
    'bad_input',
    'not_a_member',
    'not_found',
    'room_unknown',
    'round_unknown',
    'share_text_unknown',
  ])
})
