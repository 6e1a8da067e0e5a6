import { describe, expect, test, vi } from 'vitest'
import { startServers } from '#server/testing.servers.ts'
import { type TestWorld } from '#server/testing.ts'
import {
  appear,
  hear,
  joinTestRoom,
  openTestRoom,
  portrait,
  proposePin,
} from '#server/testing.rooms.ts'
import type { RoomCardsFeed } from '#shared/rooms.ts'

const { world, one, two } = await startServers({ ROLES: 'web' })

describe('cards at home', () => {
  const listen = async (
    client: Awaited<ReturnType<TestWorld['guest']>>,
  ): Promise<RoomCardsFeed[]> => {
    const feeds: RoomCardsFeed[] = []
    client.trpc.rooms.cards.subscribe(undefined, { onData: (feed) => void feeds.push(feed) })
    await vi.waitFor(() => expect(feeds).toHaveLength(1), 10_000)
    return feeds
  }
  test('show my rooms, and each change on another server', async () => {
    const { host, roomId, code } = await openTestRoom(world, one, { name: '점심' })
    const feeds = await listen(host.on(two))
    expect(feeds[0]).toMatchObject({
      kind: 'all',
      cards: [
        {
          roomId,
          name: '점심',
          state: { kind: 'choosing', candidates: 0 },
          mySeat: 1,
          present: [],
        },
      ],
    })
    const tookMs: number[] = []
    const seen = async (change: () => Promise<unknown>, card: object): Promise<void> => {
      await change()
      const startedAt = performance.now()
      await vi.waitFor(() => expect(feeds.at(-1)).toMatchObject(card), {
        timeout: 10_000,
        interval: 10,
      })
      tookMs.push(performance.now() - startedAt)
    }
    await seen(() => proposePin(host, roomId, '한 곳'), {
      kind: 'card',
      card: { state: { kind: 'choosing', candidates: 1 } },
    })
    await seen(() => joinTestRoom(world, one, code), {
      card: { members: [{ name: '민수' }, { name: '지은' }] },
    })
    await seen(() => host.trpc.rooms.close.mutate({ roomId }), {
      card: { closed: true, state: { kind: 'choosing', candidates: 1 } },
    })
    const opened = await host.trpc.rooms.open.mutate({
      locale: 'ko',
      zone: 'Asia/Seoul',
      nickname: '민수',
      portrait,
    })
    await vi.waitFor(
      () =>
        expect(feeds.at(-1)).toMatchObject({
          kind: 'all',
          cards: [{ roomId: opened.roomId }, { roomId }],
        }),
      10_000,
    )
    const hide = (hidden: boolean) => () => host.trpc.rooms.hide.mutate({ roomId, hidden })
    const without = { kind: 'all', cards: [{ roomId: opened.roomId }] }
    await seen(hide(true), without)
    await seen(hide(false), { kind: 'all', cards: [{ roomId: opened.roomId }, { roomId }] })
    await seen(() => host.trpc.rooms.hide.mutate({ roomId }), without)
    await seen(() => host.trpc.rooms.leave.mutate({ roomId: opened.roomId }), {
      kind: 'all',
      cards: [],
    })
    // By a wake-up, not by a poll; a single one may meet a busy moment.
    expect(tookMs.toSorted((a, b) => a - b)[tookMs.length >> 1]).toBeLessThan(1_000)
    expect(await host.trpc.rooms.mine.query()).toEqual([])
    await host.trpc.rooms.join.mutate({ code, nickname: '민수', portrait })
    expect(await host.trpc.rooms.mine.query()).toMatchObject([{ roomId }])
  })

  test('show who is inside as it is, over servers', async () => {
    const { host, roomId, code } = await openTestRoom(world, one)
    const feeds = await listen(host.on(two))
    const guest = await joinTestRoom(world, one, code)
    const socket = await appear(guest, roomId)
    await vi.waitFor(
      () => expect(feeds.at(-1)).toMatchObject({ kind: 'card', card: { present: [2] } }),
      { timeout: 10_000 },
    )
    socket.close()
    await vi.waitFor(
      () => expect(feeds.at(-1)).toMatchObject({ kind: 'card', card: { present: [] } }),
      { timeout: 10_000 },
    )
  })

  test('and events end with the session, on every server', async () => {
    const { host, roomId } = await openTestRoom(world, one)
    const feeds = await listen(host.on(two))
    const heard = await hear(host.on(two), roomId, '1')
    expect((await host.fetch('/api/auth/sign-out', { method: 'POST' })).ok).toBe(true)
    const { trpc } = await joinTestRoom(
      world,
      one,
      (await one.services.rooms.roomInfo(roomId)).code,
    )
    await trpc.rooms.changeMe.mutate({ roomId, nickname: '뒤에 온 사람', portrait })
    const stranger = world.client(two)
    const codes: string[] = []
    stranger.trpc.rooms.cards.subscribe(undefined, {
      onError: (error) => void codes.push(error.message),
    })
    await vi.waitFor(() => expect(codes).toEqual(['unauthenticated']), 10_000)
    expect([feeds.length, heard.news()]).toEqual([1, []])
  })
})
