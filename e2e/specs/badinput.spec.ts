import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { presenceClose } from '#shared/rooms.presence.rules.ts'
import type { RoomSnapshot } from '#shared/rooms.ts'
import { Guest, portrait, Refused } from '../api.ts'
import { openRoomOf, PresenceTab } from '../pages/presence.ts'
import { nth, putForward, GROUND } from '../pages/seats.ts'
import { openRaw, refusalOf, sayRaw, upgradeStatus } from '../pages/wire.ts'

const snapshotOf = (guest: Guest, roomId: string): Promise<RoomSnapshot> =>
  guest.query<RoomSnapshot>('rooms.snapshot', { roomId })

test('a session that was forged or has ended, and a foreign Origin, open nothing', async ({
  baseURL,
}) => {
  const origin = baseURL ?? ''
  const { roomId, members } = await openRoomOf(origin, ['서연'], GROUND)
  const host = nth(members, 0)
  const socket = origin.replace('http', 'ws')
  const presence = `${socket}/presence?room=${roomId}&tab=abcdefgh12345678`

  const forged = new Guest(origin)
  // The same cookie under another signature, and another session under this one.
  const [name = '', value = ''] = host.cookie.split('; ')[0]?.split('=') ?? []
  const token = decodeURIComponent(value).split('.')
  for (const wrong of [
    `${token[0]}.${'A'.repeat(43)}=`,
    `x${token[0]}.${token[1]}`,
    token[0] ?? '',
    '%00',
    '',
  ]) {
    forged.cookie = `${name}=${encodeURIComponent(wrong)}`
    expect(await refusalOf(forged.query('rooms.snapshot', { roomId }))).toBe('unauthenticated')
    expect(await upgradeStatus(presence, { cookie: forged.cookie, origin })).toBe(401)
  }
  const ended = await new Guest(origin).signIn()
  const out = await fetch(`${origin}/api/auth/sign-out`, {
    method: 'POST',
    headers: { cookie: ended.cookie, origin },
  })
  expect(out.ok).toBe(true)
  expect(await refusalOf(ended.mutate('rooms.leave', { roomId }))).toBe('unauthenticated')

  const elsewhere = {
    cookie: host.cookie,
    origin: 'https://evil.example',
    'content-type': 'application/json',
  }
  for (const path of ['/trpc/rooms.close', '/api/auth/sign-in/anonymous', '/api/auth/sign-out']) {
    const answer = await fetch(`${origin}${path}`, {
      method: 'POST',
      headers: elsewhere,
      body: JSON.stringify({ roomId }),
    })
    expect(answer.status, path).toBe(403)
    expect(answer.headers.getSetCookie()).toEqual([])
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  }
  for (const url of [presence, `${socket}/trpc`, `${socket}/livekit/rtc`])
    expect(await upgradeStatus(url, { cookie: host.cookie, origin: 'https://evil.example' })).toBe(
      403,
    )
  expect((await snapshotOf(host, roomId)).room.closedAt).toBeNull()
})

test('ids of other rooms, rounds, places and people do nothing for who isn’t part of them', async ({
  baseURL,
}) => {
  const origin = baseURL ?? ''
  const { roomId, members } = await openRoomOf(origin, ['서연', '하린'], GROUND)
  const [host, member] = [nth(members, 0), nth(members, 1)]
  await putForward(host, roomId, ['동일루', '빈대떡마을'])
  const { id: roundId } = await host.mutate<{ id: string }>('votes.open', {
    roomId,
    lengthMs: 180_000,
  })
  const { channelId } = await snapshotOf(host, roomId)
  const before = JSON.stringify(
    await host.query('votes.state', { roomId }),
    (key, value: unknown) => (key === 'now' ? 0 : value),
  )
  const stranger = await new Guest(origin).signIn()
  const act = { kind: 'choose', number: 1 }
  const key = randomUUID()
  const calls: [string, unknown][] = [
    ['rooms.changeRoom', { roomId, locked: true }],
    ['rooms.removePerson', { roomId, seat: 1 }],
    ['rooms.propose', { roomId, key, what: { kind: 'pin', name: 'x', lat: 1, lng: 1 } }],
    ['rooms.withdraw', { roomId, number: 1 }],
    ['rooms.annotate', { roomId, number: 1, note: 'x', link: null }],
    ['rooms.comeHere', { roomId, view: { south: 1, west: 1, north: 2, east: 2 } }],
    ['votes.open', { roomId }],
    ['votes.close', { roundId }],
    ['chat.typing', { channelId, typing: true }],
    ['voice.token', { roomId, device: 'abcdefgh' }],
  ]
  for (const [path, input] of calls)
    expect(['not_a_member', 'room_unknown', 'round_unknown', 'not_found'], path).toContain(
      await refusalOf(stranger.mutate(path, input)),
    )
  expect(await refusalOf(stranger.mutate('votes.act', { roundId, key, act }))).toMatch(
    /not_a_member|round_unknown/,
  )
  expect(
    await refusalOf(stranger.mutate('chat.send', { channelId, clientId: key, body: 'x' })),
  ).toMatch(/not_a_member|not_found/)
  for (const [path, input] of [
    ['rooms.snapshot', { roomId }],
    ['votes.state', { roomId }],
    ['votes.mine', { roundId }],
    ['chat.history', { channelId }],
  ] as const)
    expect(await refusalOf(stranger.query(path, input)), path).toMatch(
      /not_a_member|room_unknown|round_unknown|not_found/,
    )
  const raw = await openRaw(stranger, `/presence?room=${roomId}&tab=abcdefgh12345678`)
  expect(await raw.closed).toBe(presenceClose.notAMember)
  // A member is no host, and one's key is no other's.
  for (const [path, input] of calls.slice(0, 2))
    expect(await refusalOf(member.mutate(path, input)), path).toBe('host_only')
  expect(await refusalOf(member.mutate('votes.close', { roundId }))).toBe('host_only')
  expect(await refusalOf(member.mutate('rooms.withdraw', { roomId, number: 1 }))).toBe(
    'candidate_not_yours',
  )
  expect(
    JSON.stringify(await host.query('votes.state', { roomId }), (k, value: unknown) =>
      k === 'now' ? 0 : value,
    ),
  ).toBe(before)
  const mine = await host.mutate<{ mine: { stances: unknown[] } }>('votes.act', {
    roundId,
    key,
    act,
  })
  const theirs = await member.mutate<{ mine: { stances: unknown[] } }>('votes.act', {
    roundId,
    key,
    act: { kind: 'choose', number: 2 },
  })
  expect([mine.mine.stances, theirs.mine.stances]).toMatchObject([[{ number: 1 }], [{ number: 2 }]])
})

test('wrong types, positions outside the world, oversized and broken messages are refused by code; nothing is stored', async ({
  baseURL,
}) => {
  const origin = baseURL ?? ''
  const { roomId, members } = await openRoomOf(origin, ['서연', '하린'], GROUND)
  const [host, member] = [nth(members, 0), nth(members, 1)]
  const { channelId } = await snapshotOf(host, roomId)
  const pin = (lat: unknown, lng: unknown, name: unknown = '집') =>
    host.mutate('rooms.propose', {
      roomId,
      key: randomUUID(),
      what: { kind: 'pin', name, lat, lng },
    })
  for (const [lat, lng] of [
    [91, 0],
    [0, 181],
    [-90.5, 0],
    [null, 0],
    ['37', '127'],
    [1e308, 0],
    [{}, []],
  ])
    expect(await refusalOf(pin(lat, lng))).toBe('bad_input')
  for (const name of [
    null,
    7,
    {},
    ['a'],
    '',
    '\u202eevil',
    'a\u0000b',
    'x'.repeat(81),
    'x'.repeat(1_001),
  ])
    expect(['bad_input', 'name_invalid']).toContain(await refusalOf(pin(37.5, 127, name)))
  for (const wrong of ['not-a-uuid', '', null, 7, `${roomId}'; drop table rooms; --`])
    expect(await refusalOf(host.query('rooms.snapshot', { roomId: wrong }))).toBe('bad_input')
  expect(
    await refusalOf(
      host.mutate('chat.send', { channelId, clientId: randomUUID(), body: 'x'.repeat(2_001) }),
    ),
  ).toBe('message_too_long')
  expect(
    await refusalOf(
      host.mutate('chat.send', { channelId, clientId: randomUUID(), body: 'x'.repeat(3_000_000) }),
    ),
  ).toMatch(/too_large|bad_input/)
  expect(await refusalOf(host.mutate('no.such', {}))).toBe('not_found')
  expect(
    await refusalOf(
      host.mutate('rooms.changeRoom', {
        roomId,
        __proto__: { locked: true },
        constructor: 1,
        when: 'soon',
      }),
    ),
  ).toBe('bad_input')
  for (const body of ['{', 'null', '[]', '"x"', `{"roomId":${'['.repeat(50_000)}`]) {
    const answer = await fetch(`${origin}/trpc/rooms.leave`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: host.cookie, origin },
      body,
    })
    expect(answer.status, body.slice(0, 20)).toBe(400)
    expect(await answer.text()).toContain('"code":"bad_input"')
  }
  expect(await sayRaw(origin, 'GARBAGE\r\n\r\n')).toMatch(/^HTTP\/1.1 400/)
  const view = await snapshotOf(host, roomId)
  expect(view.candidates).toEqual([])
  expect(view.room.locked).toBe(false)

  // Presence: nothing that isn't exactly its format goes further than the socket it came by.
  const watcher = await new PresenceTab(member, roomId).open()
  const cursorOf = (lat: number, lng: number): Buffer => {
    const bytes = Buffer.alloc(13)
    bytes.writeUInt8(1, 0)
    bytes.writeInt32LE(lat, 5)
    bytes.writeInt32LE(lng, 9)
    return bytes
  }
  const bad: [string, Buffer | string][] = [
    ['a kind that isn’t', Buffer.from([99, 0, 0, 0, 0])],
    ['cut short', cursorOf(375_000_000, 1_270_000_000).subarray(0, 9)],
    ['too long', Buffer.concat([cursorOf(375_000_000, 1_270_000_000), Buffer.alloc(3)])],
    ['outside the world', cursorOf(2_147_483_647, 1)],
    ['the number that stands for none', cursorOf(-2_147_483_648, -2_147_483_648)],
    ['text', '{"lat":null}'],
    ['empty', Buffer.alloc(0)],
    ['oversized', Buffer.alloc(5_000)],
  ]
  for (const [what, bytes] of bad) {
    const raw = await openRaw(host, `/presence?room=${roomId}&tab=${portrait()}${portrait()}`)
    raw.socket.send(bytes)
    expect([presenceClose.malformed, 1009], what).toContain(await raw.closed)
  }
  const good = await new PresenceTab(host, roomId).open()
  good.say({ kind: 'cursor', at: { lat: 37.5, lng: 127 } })
  await expect.poll(() => watcher.seats.get(1)?.cursor).toEqual({ lat: 37.5, lng: 127 })
  good.close()
  watcher.close()
})

test('what can be refused says so by a code, what can’t by an id, and never how', async ({
  baseURL,
}) => {
  const guest = await new Guest(baseURL ?? '').signIn()
  const answers = await Promise.all(
    [
      '/trpc/rooms.snapshot',
      '/trpc/rooms.snapshot?input=%7B',
      '/trpc/rooms.snapshot?input=%22',
      '/nowhere',
      '/d/..%2f..%2fetc%2fpasswd',
      '/assets/..%2f..%2fpackage.json',
      '/%',
      '/r/%E0%A4%A',
    ].map(async (path) => {
      const answer = await fetch(`${baseURL}${path}`, { headers: { cookie: guest.cookie } })
      return { path, status: answer.status, text: await answer.text() }
    }),
  )
  for (const { path, status, text } of answers) {
    expect(status, path).toBeLessThan(500)
    expect(text, path).not.toMatch(/node_modules|at \w+ \(|"stack"|root:x:|"devDependencies"/)
  }
  const error = await guest
    .query('rooms.snapshot', { roomId: randomUUID() })
    .catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(Refused)
})
