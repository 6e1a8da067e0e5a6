import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawMessage, pickDrawn, sealSeed, verifyDraw } from './votes.draw.ts'

const roundId = '0190a000-0000-7000-8000-000000000001'
const seedOf = (byte: number): string => byte.toString(16).padStart(2, '0').repeat(32)

describe('the draw', () => {
  it('equals HMAC-SHA-256 as another library computes it', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.uuid(),
        fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: 1 }),
        (seed, id, numbers) => {
          const sorted = numbers.toSorted((a, b) => a - b)
          const digest = createHmac('sha256', seed)
            .update(`${id}:${sorted.join(',')}`, 'utf8')
            .digest('hex')
          const hex = Buffer.from(seed).toString('hex')
          expect(pickDrawn(hex, id, numbers)).toBe(
            sorted[Number(BigInt(`0x${digest}`) % BigInt(sorted.length))],
          )
          expect(sealSeed(hex)).toBe(createHash('sha256').update(seed).digest('hex'))
        },
      ),
    )
  })

  it('is fixed for given numbers, so that an update of a library cannot change past draws', () => {
    expect(drawMessage(roundId, [10, 2, 1])).toBe(`${roundId}:1,2,10`)
    expect(sealSeed(seedOf(7))).toBe(createHash('sha256').update(Buffer.alloc(32, 7)).digest('hex'))
    expect(sealSeed('00'.repeat(32))).toBe(
      '66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925',
    )
  })

  it('favours nobody', () => {
    const counts = new Map([
      [1, 0],
      [2, 0],
      [3, 0],
    ])
    for (let i = 0; i < 6_000; i++) {
      const drawn = pickDrawn(randomBytes(32).toString('hex'), randomUUID(), [1, 2, 3])
      counts.set(drawn, (counts.get(drawn) ?? Number.NaN) + 1)
    }
    // Six standard deviations (36.5 each) around 2,000: a false alarm once in a billion.
    for (const count of counts.values()) expect(Math.abs(count - 2_000)).toBeLessThan(220)
  })

  it('a proof holds only with the sealed seed, the same numbers and the drawn one', () => {
    const numbers = [2, 5, 9]
    const seed = seedOf(171)
    const proof = {
      seedHash: sealSeed(seed),
      seed,
      firstRoundId: roundId,
      numbers,
      picked: pickDrawn(seed, roundId, numbers),
      sealedAt: 0,
    }
    expect(verifyDraw(proof)).toBe(true)
    expect(verifyDraw({ ...proof, seed: seedOf(172) })).toBe(false)
    expect(verifyDraw({ ...proof, picked: proof.picked === 2 ? 5 : 2 })).toBe(false)
    expect(verifyDraw({ ...proof, seed: 'not hex' })).toBe(false)
  })
})
