import { expect, test } from 'vitest'
import type { App } from '#server/app.ts'
import { startServers } from '#server/testing.servers.ts'
import type { TestClient } from '#server/testing.ts'

const LIMITS = 'PLACE_ASKS_PER_PERSON=5,PLACE_ASKS_PER_ADDRESS=12'
const { world, one, two } = await startServers({ LIMITS, TRUST_PROXY: 'loopback' })

const search = { path: 'search', input: { q: '국수' } }
const look = {
  path: 'inView',
  input: { bounds: { south: 37, west: 127, north: 37.1, east: 127.1 } },
}

interface Refused {
  code: string
  params: { retryAt: number }
}
/** Asks so often, as if from this address; the answers are statuses, and the last refusal. */
async function ask(
  client: TestClient,
  from: string,
  times: number,
  { path, input }: { path: string; input: object } = search,
): Promise<{ statuses: number[]; refused: Refused | null }> {
  const statuses: number[] = []
  let refused: Refused | null = null
  for (let n = 0; n < times; n++) {
    const url = `/trpc/places.${path}?input=${encodeURIComponent(JSON.stringify(input))}`
    const answer = await client.fetch(url, { headers: { 'x-forwarded-for': from } })
    statuses.push(answer.status)
    const { error } = (await answer.json()) as { error?: { data: Refused } }
    if (error) refused = error.data
  }
  return { statuses, refused }
}
const times = (count: number, status: number): number[] =>
  Array.from({ length: count }, () => status)

test('who asks for places without end is told when it works again; others of that address go on, up to what one address may', async () => {
  const [loud, quiet] = [await world.guest(one), await world.guest(two)]
  const { statuses, refused } = await ask(loud, '203.0.113.1', 9)
  expect(statuses).toEqual([...times(5, 200), ...times(4, 429)])
  expect(refused).toMatchObject({ code: 'slow_down', params: { retryAt: expect.any(Number) } })
  const inMs = (refused?.params.retryAt ?? 0) - Date.now()
  expect(inMs).toBeGreaterThan(0)
  expect(inMs).toBeLessThanOrEqual(60_000)
  // Counted for all servers together, each kind for itself, wherever the person is.
  expect((await ask(loud.on(two), '203.0.113.2', 1)).statuses).toEqual([429])
  expect((await ask(loud, '203.0.113.1', 6, look)).statuses).toEqual([...times(5, 200), 429])
  // What was refused took nothing from the address: seven of twelve are left.
  expect((await ask(quiet, '203.0.113.1', 5)).statuses).toEqual(times(5, 200))
  const nobody = world.client(one)
  expect((await ask(nobody, '203.0.113.1', 3)).statuses).toEqual([200, 200, 429])
  expect((await ask(nobody, '203.0.113.2', 1)).statuses).toEqual([200])
})

test('an address that nobody vouches for is not believed', async () => {
  const open: App = await world.serve({ LIMITS, REDIS_PREFIX: `${world.store.redisPrefix}open:` })
  const nobody = world.client(open)
  const statuses: number[] = []
  for (let n = 0; n < 13; n++) statuses.push(...(await ask(nobody, `203.0.113.${n}`, 1)).statuses)
  expect(statuses).toEqual([...times(12, 200), 429])
})
