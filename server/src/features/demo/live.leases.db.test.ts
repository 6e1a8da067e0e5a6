import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { startServer } from '#server/testing.servers.ts'
import { LEASE_MS, makeLeases } from './live.leases.ts'

const { one } = await startServer()

test('one server has a demo at a time; whose holder is silent goes to the next who looks, and the old holder is told', async () => {
  const { redis } = one.platform
  await one.services.demo.stop()
  const [a, b] = [makeLeases(redis, 'a'), makeLeases(redis, 'b')]
  expect(await Promise.all([a.claim('r1'), b.claim('r1')])).toEqual([true, false])
  expect(await a.claim('r1')).toBe(true)
  expect(await b.renew(['r1'])).toEqual([])
  expect(await b.claimDue(10)).toEqual([])
  await sleep(LEASE_MS + 500)
  expect(await b.claimDue(10)).toEqual(['r1'])
  expect(await a.renew(['r1'])).toEqual([])
  await a.release('r1', false)
  expect(await b.renew(['r1'])).toEqual(['r1'])
  await b.release('r1', true)
  expect(await a.claimDue(10)).toEqual(['r1'])
  await a.release('r1', false)
  expect(await Promise.all([a.claimDue(10), b.claimDue(10)])).toEqual([[], []])
})
