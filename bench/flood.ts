/**
 * One member sends a thousand messages a second: how much later are another's vote acknowledged and cursor seen meanwhile? Measured
 * in the same room without and with the flood. Env: E2E_BASE_URL. Prints one JSON object; notes go to stderr.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { startFlood } from '../e2e/pages/flood.ts'
import { openRoomOf, PresenceTab } from '../e2e/pages/presence.ts'
import { nth, putForward, GROUND } from '../e2e/pages/seats.ts'
import { quantile, round } from './presence.crowd.ts'

const TRIES = 60
const GIVE_UP_MS = 5_000

interface Late {
  medianMs: number
  p95Ms: number
  worstMs: number
}
const lateOf = (all: readonly number[]): Late => ({
  medianMs: round(quantile(all, 0.5)),
  p95Ms: round(quantile(all, 0.95)),
  worstMs: round(quantile(all, 1)),
})

const origin = process.env['E2E_BASE_URL']
if (!origin) throw new Error('bench flood needs E2E_BASE_URL of a running server')
const room = await openRoomOf(origin, ['서연', '하린', '소란'], GROUND)
const [host, member, loud] = [nth(room.members, 0), nth(room.members, 1), nth(room.members, 2)]
await putForward(host, room.roomId, ['동일루', '빈대떡마을'])
const { id: roundId } = await host.mutate<{ id: string }>('votes.open', {
  roomId: room.roomId,
  lengthMs: 600_000,
})
const watcher = await new PresenceTab(host, room.roomId).open()
const other = await new PresenceTab(member, room.roomId).open()

async function measure(): Promise<{ vote: Late; cursor: Late }> {
  const [votes, cursors]: [number[], number[]] = [[], []]
  for (let n = 0; n < TRIES; n++) {
    const asked = performance.now()
    const act = { kind: n % 2 ? 'unchoose' : 'choose', number: 1 }
    await member.mutate('votes.act', { roundId, key: randomUUID(), act })
    votes.push(performance.now() - asked)
    const at = { lat: 37 + Math.round(Math.random() * 1e6) / 1e7, lng: 127 }
    const moved = performance.now()
    other.say({ kind: 'cursor', at })
    while (watcher.seats.get(2)?.cursor?.lat !== at.lat && performance.now() - moved < GIVE_UP_MS)
      await sleep(2)
    cursors.push(performance.now() - moved)
  }
  return { vote: lateOf(votes), cursor: lateOf(cursors) }
}

await measure() // warms both sides up
const quiet = await measure()
const flood = await startFlood(loud, room.roomId)
const flooded = await measure()
const [calls, presence] = await Promise.all([flood.callsClosed, flood.presenceClosed])
flood.stop()
for (const tab of [watcher, other]) tab.close()
console.log(
  JSON.stringify({
    bench: 'flood',
    quiet,
    flooded,
    sent: flood.sent(),
    senderClosedWith: { calls, presence },
  }),
)
