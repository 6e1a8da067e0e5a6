import { describe, expect, it } from 'vitest'
import { makeMeter, makePace, makePingMeter } from './live.presenceSocket.ts'

describe('pace of a client', () => {
  it('stops sending ten ticks after the last painted one, and starts again when all that was sent is painted', () => {
    const pace = makePace(0)
    let sent = 0
    for (let tick = 1; tick <= 30; tick++)
      if (pace.mayReceive(tick, 0)) {
        pace.sent(tick)
        sent = tick
      }
    expect(sent).toBe(10)
    expect(pace.painted(9)).toBe(false)
    expect(pace.mayReceive(31, 0)).toBe(false)
    expect(pace.painted(10)).toBe(true)
    pace.sent(31)
    expect(pace.mayReceive(32, 0)).toBe(true)
  })
  it('does not believe ticks that were never sent', () => {
    const pace = makePace(0)
    for (let tick = 1; tick <= 11; tick++) if (pace.mayReceive(tick, 0)) pace.sent(tick)
    expect(pace.painted(4_000_000_000)).toBe(false)
    expect(pace.mayReceive(12, 0)).toBe(false)
  })
  it('stops at once when our own buffer fills', () => {
    const pace = makePace(0)
    expect(pace.mayReceive(1, 64 * 1024 + 1)).toBe(false)
    expect(pace.painted(0)).toBe(true)
  })
})

describe('allowance of a socket', () => {
  it('takes a person’s pace for ever', () => {
    const meter = makeMeter(0)
    for (let now = 0; now < 600_000; now += 20) expect(meter(now)).toBe('take')
  })
  it('drops a flood of a thousand a second, and closes it within seconds', () => {
    const meter = makeMeter(0)
    let taken = 0
    let closedAt = 0
    for (let now = 0; now < 20_000 && closedAt === 0; now += 1) {
      const verdict = meter(now)
      if (verdict === 'take') taken += 1
      if (verdict === 'close') closedAt = now
    }
    expect(closedAt).toBeGreaterThan(1_000)
    expect(closedAt).toBeLessThan(5_000)
    expect(taken).toBeLessThan(600)
  })
  it('lets five pings through in a burst, then one each two seconds', () => {
    const may = makePingMeter(0)
    expect([1, 2, 3, 4, 5, 6].map(() => may(0))).toEqual([true, true, true, true, true, false])
    expect(may(2_000)).toBe(true)
    expect(may(2_001)).toBe(false)
  })
})
