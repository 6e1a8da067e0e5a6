import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { presenceClose } from '#shared/rooms.presence.rules.ts'
import { startFlood } from '../pages/flood.ts'
import { openRoomOf, PresenceTab } from '../pages/presence.ts'
import { nth, putForward, GROUND } from '../pages/seats.ts'

/** How much slower the others are meanwhile is measured by `pnpm bench flood`. */
test('a thousand messages a second from one: what others do is taken in order and seen, and the sender is let go', async ({
  baseURL,
}) => {
  const room = await openRoomOf(baseURL ?? '', ['서연', '하린', '소란'], GROUND)
  const [host, member, loud] = [nth(room.members, 0), nth(room.members, 1), nth(room.members, 2)]
  await putForward(host, room.roomId, ['동일루', '빈대떡마을'])
  const { id: roundId } = await host.mutate<{ id: string }>('votes.open', {
    roomId: room.roomId,
    lengthMs: 180_000,
  })
  const watcher = await new PresenceTab(host, room.roomId).open()
  const other = await new PresenceTab(member, room.roomId).open()
  const flood = await startFlood(loud, room.roomId)
  try {
    for (let n = 1; n <= 15; n++) {
      const act = { kind: n % 2 ? 'choose' : 'unchoose', number: 1 }
      const { own } = await member.mutate<{ own: number }>('votes.act', {
        roundId,
        key: randomUUID(),
        act,
      })
      expect(own, 'each act has the next number').toBe(n)
      const at = { lat: 37 + n / 100, lng: 127 }
      other.say({ kind: 'cursor', at })
      await expect.poll(() => watcher.seats.get(2)?.cursor).toEqual(at)
    }
    expect(await flood.callsClosed, 'the flooded socket of calls').toBe(1008)
    expect(
      flood.answered(),
      'what came after the close was asked is not acted upon',
    ).toBeLessThanOrEqual(300)
    expect(await flood.presenceClosed, 'the flooded presence').toBe(presenceClose.slowDown)
  } finally {
    flood.stop()
  }
  const { round } = await host.query<{ round: { chosen: unknown } }>('votes.state', {
    roomId: room.roomId,
  })
  expect(round.chosen, 'the last act counts').toEqual([[1, [2]]])
  // Let go for now, not for good.
  const back = await new PresenceTab(loud, room.roomId).open()
  for (const tab of [back, other, watcher]) tab.close()
})
