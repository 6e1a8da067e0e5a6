import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { presenceClose } from '#shared/rooms.presence.rules.ts'
import { portrait } from '../api.ts'
import { openRoomOf, PresenceTab } from '../pages/presence.ts'
import { nth, putForward, SEONGSU } from '../pages/seats.ts'
import { openRaw } from '../pages/wire.ts'

test('a thousand messages a second from one disturb nobody else, and the sender is let go', async ({
  baseURL,
}) => {
  const origin = baseURL ?? ''
  const room = await openRoomOf(origin, ['서연', '하린', '소란'], SEONGSU)
  const [host, member, loud] = [nth(room.members, 0), nth(room.members, 1), nth(room.members, 2)]
  await putForward(host, room.roomId, ['동일루', '빈대떡마을'])
  const { id: roundId } = await host.mutate<{ id: string }>('votes.open', {
    roomId: room.roomId,
    lengthMs: 180_000,
  })
  const watcher = await new PresenceTab(host, room.roomId).open()
  const other = await new PresenceTab(member, room.roomId).open()
  /** ms until a vote is acknowledged, and until the other's cursor is here; the middle of so many tries. */
  const live = async (tries: number): Promise<{ vote: number; cursor: number }> => {
    const [votes, cursors]: [number[], number[]] = [[], []]
    for (let i = 0; i < tries; i++) {
      const since = performance.now()
      const act = { kind: i % 2 ? 'unchoose' : 'choose', number: 1 }
      await member.mutate('votes.act', { roundId, key: randomUUID(), act })
      votes.push(performance.now() - since)
      const at = { lat: 37 + Math.round(Math.random() * 1e6) / 1e7, lng: 127 }
      const moved = performance.now()
      other.say({ kind: 'cursor', at })
      while (watcher.seats.get(2)?.cursor?.lat !== at.lat && performance.now() - moved < 5_000)
        await new Promise((resolve) => setTimeout(resolve, 2))
      cursors.push(performance.now() - moved)
    }
    const middle = (all: number[]): number => all.sort((a, b) => a - b)[all.length >> 1] ?? 0
    return { vote: middle(votes), cursor: middle(cursors) }
  }
  const quiet = await live(15)
  const presence = await openRaw(
    loud,
    `/presence?room=${room.roomId}&tab=${portrait()}${portrait()}`,
  )
  const calls = await openRaw(loud, '/trpc')
  let answers = 0
  calls.socket.on('message', () => answers++)
  const cursor = Buffer.alloc(13)
  cursor.writeUInt8(1, 0)
  let sent = 0
  const flood = setInterval(() => {
    for (let i = 0; i < 10; i++) {
      cursor.writeInt32LE(375_000_000 + sent++, 5)
      cursor.writeInt32LE(1_270_000_000, 9)
      if (presence.socket.readyState === presence.socket.OPEN) presence.socket.send(cursor)
      const query = { id: sent, jsonrpc: '2.0', method: 'query', params: { path: 'rooms.mine' } }
      if (calls.socket.readyState === calls.socket.OPEN) calls.socket.send(JSON.stringify(query))
    }
  }, 10)
  try {
    const loudly = await live(15)
    test.info().annotations.push({ type: 'flood', description: JSON.stringify({ quiet, loudly }) })
    expect(loudly.cursor, 'a cursor meanwhile').toBeLessThan(quiet.cursor * 3 + 150)
    expect(loudly.vote, 'a vote meanwhile').toBeLessThan(quiet.vote * 3 + 250)
    expect(await calls.closed, 'the flooded socket of calls').toBe(1008)
    expect(answers, 'what came after the close was asked is not acted upon').toBeLessThanOrEqual(
      300,
    )
    expect(await presence.closed, 'the flooded presence').toBe(presenceClose.slowDown)
    expect(sent).toBeGreaterThan(1_000)
  } finally {
    clearInterval(flood)
    presence.socket.terminate()
    calls.socket.terminate()
  }
  // Let go for now, not for good.
  const back = await new PresenceTab(loud, room.roomId).open()
  for (const tab of [back, other, watcher]) tab.close()
})
