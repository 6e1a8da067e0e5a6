import { describe, expect, test, vi } from 'vitest'
import { startServers } from '#server/testing.servers.ts'
import { openTestTab, until } from '#server/testing.presence.ts'
import type { TestTab } from '#server/testing.presence.ts'
import { joinTestRoom, openTestRoom } from '#server/testing.rooms.ts'
import type { TestClient } from '#server/testing.ts'
import { presenceState, stateFlag } from '#shared/rooms.presence.ts'
import { presenceClose } from '#shared/rooms.presence.rules.ts'
import type { PresenceState } from '#shared/rooms.presence.ts'

const { here, away, gone } = presenceState
/** A flood is cut off after some seconds; on a busy machine it takes longer to send. */
const FLOOD_MS = 40_000
const at = { lat: 37.5, lng: 127.03 }
const view = { south: 37.49, west: 127.02, north: 37.51, east: 127.04 }
const AWAY_MS = 2_500
/**
 * Less than what is only found by silence takes (PING_UNANSWERED_MS). How soon it is, `pnpm bench presence` measures: a
 * busy machine stalls a test for seconds.
 */
const SOON_MS = 6_000
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

// Two minutes of being away, made short.
const env = { ROLES: 'web', LIMITS: `AWAY_PRESENT_MS=${AWAY_MS}` }
const { world, one, two } = await startServers(env)

interface Pair {
  roomId: string
  host: TestClient
  guest: TestClient
  /** The host's tab, on the first server. */
  near: TestTab
}
async function makePair(): Promise<Pair> {
  const { host, roomId, code } = await openTestRoom(world, one)
  const guest = (await joinTestRoom(world, one, code)).on(two)
  return { roomId, host, guest, near: await openTestTab(host, roomId) }
}
const sees = (tab: TestTab, seat: number, is: PresenceState = here): Promise<number> =>
  until(() => tab.seats.get(seat)?.presence === is, SOON_MS, `seat ${seat} is ${is}`)

describe('over two servers', () => {
  test('each sees the other’s cursor and view, and who comes late sees all at once', async () => {
    const { roomId, guest, host, near } = await makePair()
    const far = await openTestTab(guest, roomId)
    await Promise.all([sees(near, 2), sees(far, 1)])
    near.say({ kind: 'cursor', at })
    near.say({ kind: 'view', view })
    await until(() => far.seats.get(1)?.cursor?.lat === at.lat, SOON_MS, 'cursor')
    await until(() => far.seats.get(1)?.view?.north === view.north, SOON_MS, 'view')
    const late = await openTestTab(guest, roomId)
    expect(late.seats.get(1)).toMatchObject({ presence: here, cursor: at, view })
    expect(late.seat()).toBe(2)
    near.say({ kind: 'ping', at, words: ' 여기  어때? ' })
    await until(() => far.pings.length > 0, SOON_MS, 'ping')
    expect(far.pings[0]?.ping?.words).toBe('여기 어때?')
    expect(await two.services.presence.presentSeats(roomId)).toEqual([1, 2])
    expect(host.cookie()).not.toBe(guest.cookie())
  })
  test('a closed tab is soon gone everywhere; one that is back in time never left', async () => {
    const { roomId, guest, near } = await makePair()
    const far = await openTestTab(guest, roomId)
    await sees(near, 2)
    const before = near.told.length
    far.socket.close()
    await sleep(1_200)
    const again = await openTestTab(guest, roomId)
    await sleep(1_500)
    expect(near.told.slice(before)).toEqual([])
    again.socket.close()
    expect(await until(() => !near.seats.has(2), SOON_MS, 'gone')).toBeGreaterThan(1_000)
    expect(await one.services.presence.presentSeats(roomId)).toEqual([1])
  })
  test('a hidden tab is away, with or without its socket, until its time is over', async () => {
    const { roomId, guest, near } = await makePair()
    const far = await openTestTab(guest, roomId, 'thesametab')
    await sees(near, 2)
    far.state(stateFlag.tabHidden)
    const since = Date.now()
    await sees(near, 2, away)
    // Saying so again doesn't begin anew.
    await sleep(700)
    far.state(stateFlag.tabHidden | stateFlag.idle)
    far.socket.close()
    await until(() => !near.seats.has(2), AWAY_MS + SOON_MS, 'gone')
    expect(Date.now() - since).toBeGreaterThanOrEqual(AWAY_MS - 50)
    const back = await openTestTab(guest, roomId, 'thesametab')
    await sees(near, 2)
    back.state(stateFlag.tabHidden)
    await sees(near, 2, away)
    back.state(0)
    await sees(near, 2)
  })
  test('hidden cursor and view never leave the server; a person with two tabs hides in both', async () => {
    const { roomId, guest, near } = await makePair()
    const far = await openTestTab(guest, roomId)
    const second = await openTestTab(guest.on(one), roomId)
    await sees(near, 2)
    far.state(stateFlag.hideMine)
    await until(
      () => ((near.seats.get(2)?.state?.flags ?? 0) & stateFlag.hideMine) !== 0,
      SOON_MS,
      'hides',
    )
    for (const tab of [far, second]) {
      tab.say({ kind: 'cursor', at })
      tab.say({ kind: 'view', view })
    }
    await sleep(400)
    expect(near.seats.get(2)?.cursor ?? null).toBeNull()
    expect(near.seats.get(2)?.view).toBeUndefined()
    // The follower of somebody who hides is let go.
    near.state(0, 2)
    await sleep(200)
    expect(near.seats.get(1)?.state?.follow ?? 0).toBe(0)
  })
  test('two tabs are one seat: it stays until the last is closed', async () => {
    const { roomId, guest, near } = await makePair()
    const [first, second] = [
      await openTestTab(guest, roomId),
      await openTestTab(guest.on(one), roomId),
    ]
    await sees(near, 2)
    expect(first.seat()).toBe(second.seat())
    first.socket.close()
    await sleep(2_600)
    expect(near.seats.get(2)?.presence).toBe(here)
    second.socket.close()
    await until(() => near.told.at(-1)?.presence === gone, SOON_MS, 'gone')
  })
  test('who is removed is closed and gone at once, on every server', async () => {
    const { roomId, host, guest, near } = await makePair()
    const far = await openTestTab(guest, roomId)
    await sees(near, 2)
    await host.trpc.rooms.removePerson.mutate({ roomId, seat: 2 })
    expect(await far.closed).toBe(presenceClose.notAMember)
    await until(() => !near.seats.has(2), SOON_MS, 'gone')
    await expect(openTestTab(guest, roomId)).rejects.toThrow(`closed ${presenceClose.notAMember}`)
  })
  test('nobody is said to leave when Redis has lost who is present', async () => {
    const { roomId, guest, near } = await makePair()
    const far = await openTestTab(guest, roomId)
    await Promise.all([sees(near, 2), sees(far, 1)])
    await sleep(2_500)
    const before = near.told.length
    const { redis } = one.platform
    expect(await redis.command.del(redis.key(`presence:{${roomId}}`))).toBe(1)
    await sleep(5_000)
    expect([near, far].map((tab) => [...tab.seats.keys()].toSorted((a, b) => a - b))).toEqual([
      [1, 2],
      [1, 2],
    ])
    expect(near.told.slice(before).filter(({ presence }) => presence === gone)).toEqual([])
    expect(await two.services.presence.presentSeats(roomId)).toEqual([1, 2])
    far.socket.close()
    await until(() => !near.seats.has(2), SOON_MS, 'gone after all')
  })
  test('listeners hear of changes on servers where nobody of the room is', async () => {
    const { roomId, near } = await makePair()
    const heard: number[][] = []
    two.services.presence.onChange((room, seats) => {
      if (room === roomId) heard.push(seats.map(({ seat }) => seat))
    })
    near.socket.close()
    await until(() => heard.length > 0 && heard.at(-1)?.length === 0, SOON_MS, 'heard of the leave')
    expect(heard.at(-1)).toEqual([])
  })
})

describe('bad input', () => {
  test.each([
    ['an unknown kind', Buffer.from([99, 0, 0, 0, 0])],
    ['a message cut short', Buffer.from([1, 0, 0, 0, 0, 1])],
    ['a place outside the world', Buffer.from([1, 0, 0, 0, 0, 255, 255, 255, 127, 0, 0, 0, 0])],
    ['text', 'hello'],
  ])('%s closes the socket with 1008', async (_what, bytes) => {
    const { roomId, near, guest } = await makePair()
    const far = await openTestTab(guest, roomId)
    far.socket.send(bytes)
    expect(await far.closed).toBe(presenceClose.malformed)
    expect(near.socket.readyState).toBe(near.socket.OPEN)
  })
  test('a frame larger than any message closes with 1009', async () => {
    const { roomId, guest } = await makePair()
    const far = await openTestTab(guest, roomId)
    far.socket.send(Buffer.alloc(5_000))
    expect(await far.closed).toBe(1009)
  })
  test('a stranger, an unknown room, a forged session and a foreign origin get in nowhere', async () => {
    const { roomId, host } = await makePair()
    const stranger = await world.guest(one)
    await expect(openTestTab(stranger, roomId)).rejects.toThrow('closed 4403')
    await expect(openTestTab(host, crypto.randomUUID())).rejects.toThrow('closed 4403')
    await expect(openTestTab(host, 'not-a-room')).rejects.toThrow('closed 1008')
    const forged = world.client(one)
    forged.setCookie(`${host.cookie().slice(0, -8)}AAAAAAAA`)
    await expect(openTestTab(forged, roomId)).rejects.toThrow('401')
    const foreign = {
      socket: (path: string) => host.socket(path, { origin: 'https://evil.example' }),
    }
    await expect(openTestTab(foreign, roomId)).rejects.toThrow('403')
  })
  test('a thousand messages a second are dropped, then cut off, and nobody else feels it', async () => {
    const { roomId, guest, near } = await makePair()
    const calm = await openTestTab(guest, roomId)
    const flooder = await openTestTab(guest.on(one), roomId)
    await sees(calm, 1)
    let stopped = false
    void flooder.closed.then(() => {
      stopped = true
    })
    const flood = setInterval(() => {
      if (flooder.socket.readyState === flooder.socket.OPEN)
        for (let i = 0; i < 10; i++) flooder.say({ kind: 'cursor', at })
    }, 10)
    const giveUpAt = performance.now() + FLOOD_MS
    for (let i = 0; !stopped && performance.now() < giveUpAt; i++) {
      const lat = 10 + i / 10_000
      near.say({ kind: 'cursor', at: { lat, lng: 1 } })
      // Others go on being seen, each within the time that `until` gives.
      await until(() => calm.seats.get(1)?.cursor?.lat === lat, SOON_MS, 'cursor')
    }
    clearInterval(flood)
    expect(await flooder.closed).toBe(presenceClose.slowDown)
    expect(near.socket.readyState).toBe(near.socket.OPEN)
  })
})

test('who is present in many rooms is told in one call for all where nobody is', async () => {
  const { roomId } = await makePair()
  const { roomId: empty } = await openTestRoom(world, one)
  const { command } = one.platform.redis
  const apply = vi.spyOn(command as typeof command & { presenceApply(): unknown }, 'presenceApply')
  const [mine, nobody] = await one.services.presence.presentIn([roomId, empty])
  expect([mine?.map(({ seat }) => seat), nobody]).toEqual([[1], []])
  const asked = (of: string) => apply.mock.calls.flat<unknown[]>().includes(of)
  expect([asked(roomId), asked(empty)]).toEqual([true, false])
  apply.mockRestore()
})
