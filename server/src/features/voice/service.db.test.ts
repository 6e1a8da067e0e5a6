import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { AccessToken, TokenVerifier } from 'livekit-server-sdk'
import { describe, expect, test, vi } from 'vitest'
import type { WebSocket } from 'ws'
import { startServers } from '#server/testing.servers.ts'
import { refusalOf, type TestClient } from '#server/testing.ts'
import { joinTestRoom, openTestRoom } from '#server/testing.rooms.ts'
import { voiceIdentity } from '#shared/voice.identity.ts'
import type { VoiceToken } from '#shared/voice.ts'
import { sfuRoomOf } from './policy.ts'

const { LIVEKIT_URL, LIVEKIT_API_KEY: key = '', LIVEKIT_API_SECRET: secret = '' } = process.env
// No periodic sweep: each test asks for its own.
const { world, one, two } = await startServers({ ROLES: 'web' })

const device = (n: number): string => `device${n}abcd`
const identities = async (roomId: string): Promise<string[]> =>
  (await one.platform.sfu.listParticipants(sfuRoomOf(roomId)))
    .map(({ identity }) => identity)
    .toSorted()

/** Joins as a browser does, by the signalling that our server relays; media is not needed to be in the room. */
async function enter(client: TestClient, { token }: VoiceToken): Promise<WebSocket> {
  const socket = client.socket(
    `/livekit/rtc?access_token=${token}&protocol=15&sdk=js&version=2.15.0&auto_subscribe=1`,
  )
  await new Promise((resolve, reject) => {
    socket.once('message', resolve)
    socket.once('error', reject)
  })
  return socket
}

async function joinVoice(client: TestClient, roomId: string, which = 1): Promise<WebSocket> {
  const token = await client.trpc.voice.token.mutate({ roomId, device: device(which) })
  return enter(client, token)
}

describe.skipIf(!LIVEKIT_URL)('with the media server', () => {
  test('a token is for this person, room and device, ten minutes, the microphone and nothing else', async () => {
    const { host, roomId } = await openTestRoom(world, one)
    const { token, identity, url } = await host.trpc.voice.token.mutate({
      roomId,
      device: device(1),
    })
    expect(identity).toBe(voiceIdentity(await host.personId(), device(1)))
    expect(url).toBe('ws://bapmap.test/livekit')
    const claims = await new TokenVerifier(key, secret).verify(token)
    expect(claims.sub).toBe(identity)
    expect(claims.video).toEqual({
      roomJoin: true,
      room: sfuRoomOf(roomId),
      canPublish: true,
      canPublishSources: ['microphone'],
      canPublishData: false,
      canSubscribe: true,
      canUpdateOwnMetadata: false,
    })
    const lifeS = (claims.exp ?? 0) - Date.now() / 1_000
    expect(lifeS).toBeGreaterThan(590)
    expect(lifeS).toBeLessThanOrEqual(601)
  })

  test('who is no member gets none, nor does anyone in a closed room', async () => {
    const { host, roomId, code } = await openTestRoom(world, one)
    const ask = (client: TestClient) =>
      client.trpc.voice.token.mutate({ roomId, device: device(1) })
    const stranger = await world.guest(one)
    expect((await refusalOf(ask(stranger))).code).toBe('not_a_member')
    expect((await refusalOf(ask(world.client(one)))).code).toBe('unauthenticated')
    expect((await refusalOf(stranger.trpc.voice.status.query({ roomId }))).code).toBe(
      'not_a_member',
    )
    const removed = await joinTestRoom(world, two, code)
    await host.trpc.rooms.removePerson.mutate({ roomId, seat: 2 })
    expect((await refusalOf(ask(removed))).code).toBe('room_removed')
    await host.trpc.rooms.close.mutate({ roomId })
    expect((await refusalOf(ask(host))).code).toBe('room_closed')
  })

  test('a person is one in the list with two devices; removed, both are out at once, whichever server removes', async () => {
    const { host, roomId, code } = await openTestRoom(world, one)
    const guest = await joinTestRoom(world, two, code)
    const person = await guest.personId()
    await joinVoice(host, roomId)
    await joinVoice(guest, roomId, 1)
    await joinVoice(guest, roomId, 2)
    expect(await identities(roomId)).toHaveLength(3)
    const status = await host.trpc.voice.status.query({ roomId })
    expect(status.available).toBe(true)
    expect(status.people.toSorted()).toEqual([await host.personId(), person].toSorted())
    await host.trpc.rooms.removePerson.mutate({ roomId, seat: 2 })
    await vi.waitFor(
      async () =>
        expect(await identities(roomId)).toEqual([voiceIdentity(await host.personId(), device(1))]),
      3_000,
    )
  })

  test('who leaves the room leaves its voice', async () => {
    const { roomId, code } = await openTestRoom(world, one)
    const guest = await joinTestRoom(world, two, code)
    await joinVoice(guest, roomId)
    await guest.trpc.rooms.leave.mutate({ roomId })
    await vi.waitFor(async () => expect(await identities(roomId)).toEqual([]), 3_000)
  })

  test('a token outlives a removal, its use does not: the sweep takes strangers out and leaves members', async () => {
    const { host, roomId, code } = await openTestRoom(world, one)
    const guest = await joinTestRoom(world, two, code)
    const kept = await guest.trpc.voice.token.mutate({ roomId, device: device(1) })
    await joinVoice(host, roomId)
    await host.trpc.rooms.removePerson.mutate({ roomId, seat: 2 })
    await enter(guest, kept)
    expect(await identities(roomId)).toHaveLength(2)
    await two.services.voice.sweepInTurn(60_000)
    expect(await identities(roomId)).toEqual([voiceIdentity(await host.personId(), device(1))])
    // Another server's turn within that time does nothing.
    await enter(guest, kept)
    await one.services.voice.sweepInTurn(60_000)
    expect(await identities(roomId)).toHaveLength(2)
    await one.services.voice.sweep()
    expect(await identities(roomId)).toHaveLength(1)
  })

  test('a webhook is believed by its signature over its body, once', async () => {
    const { host, roomId, code } = await openTestRoom(world, one)
    const guest = await joinTestRoom(world, two, code)
    const kept = await guest.trpc.voice.token.mutate({ roomId, device: device(1) })
    await host.trpc.rooms.removePerson.mutate({ roomId, seat: 2 })
    await enter(guest, kept)
    const body = JSON.stringify({
      event: 'participant_joined',
      id: randomUUID(),
      createdAt: Math.floor(Date.now() / 1_000),
      room: { name: sfuRoomOf(roomId) },
      participant: { identity: kept.identity },
    })
    const post = (text: string, authorization: string): Promise<number> =>
      fetch(`${one.url()}/livekit/webhook`, {
        method: 'POST',
        headers: { 'content-type': 'application/webhook+json', authorization },
        body: text,
      }).then((answer) => answer.status)
    expect(await post(body, '')).toBe(401)
    expect(await post(body, await sign(body, 'x'.repeat(32)))).toBe(401)
    expect(await post(body.replace('joined', 'left'), await sign(body, secret))).toBe(401)
    expect(await post('[]', await sign('[]', secret))).toBe(401)
    expect(await identities(roomId)).toHaveLength(1)
    const signature = await sign(body, secret)
    expect(await post(body, signature)).toBe(200)
    expect(await identities(roomId)).toEqual([])
    // Sent again, by LiveKit or by who overheard it: nothing happens.
    await enter(guest, kept)
    expect(await post(body, signature)).toBe(200)
    expect(await identities(roomId)).toHaveLength(1)
  })

  test('the administration of the media server is out of reach through ours', async () => {
    for (const path of [
      '/livekit/twirp/livekit.RoomService/ListRooms',
      '/livekit/rtc/../twirp/x',
      '/livekit/%74wirp/x',
    ]) {
      const answers = await Promise.all([
        fetch(one.url() + path),
        fetch(one.url() + path, { method: 'POST' }),
      ])
      expect([path, ...answers.map(({ status }) => status >= 400)]).toEqual([path, true, true])
    }
  })
})

/** As LiveKit signs: a token of its key whose claim is the hash of the body. */
function sign(body: string, by: string): Promise<string> {
  const token = new AccessToken(key || 'key', by)
  token.sha256 = createHash('sha256').update(body).digest('base64')
  return token.toJwt()
}

test('without the media server voice is said to be away, and the room goes on', async () => {
  const without = await world.serve({
    LIVEKIT_URL: 'http://127.0.0.1:9',
    LIVEKIT_API_KEY: 'key',
    LIVEKIT_API_SECRET: 's'.repeat(32),
  })
  for (const app of [without, await world.serve({ LIVEKIT_URL: '' })]) {
    const { host, roomId, code } = await openTestRoom(world, app)
    const guest = await joinTestRoom(world, app, code)
    expect(await host.trpc.voice.status.query({ roomId })).toEqual({ available: false, people: [] })
    expect(
      await refusalOf(host.trpc.voice.token.mutate({ roomId, device: device(1) })),
    ).toMatchObject({
      code: 'voice_unavailable',
      httpStatus: 503,
    })
    await host.trpc.rooms.removePerson.mutate({ roomId, seat: 2 })
    expect((await refusalOf(guest.trpc.rooms.snapshot.query({ roomId }))).code).toBe('room_removed')
    await app.services.voice.removePerson(roomId, await guest.personId())
    await app.services.voice.sweep()
  }
  // Anything that rejects unheard would have failed the run by now.
  await sleep(50)
})
