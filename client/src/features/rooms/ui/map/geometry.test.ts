import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EDGE_INSET_PX, EDGE_NEAR_PX, edgeArrows, edgePoint } from './edgeGeometry.ts'
import { clipFrame } from './frameClip.ts'
import { glideAt, glideMs } from './glide.ts'
import { shortName } from './shortName.ts'

const free = { left: 464, top: 16, right: 1424, bottom: 788 }

const person = (id: number, x: number, y: number) => ({ of: { kind: 'person' as const, id }, x, y })
const dishAt = (id: number, x: number, y: number) => ({ of: { kind: 'dish' as const, id }, x, y })

describe('arrows at the edge', () => {
  it('stands where the ray to the person leaves the free area', () => {
    const mid = { x: (free.left + free.right) / 2, y: (free.top + free.bottom) / 2 }
    expect(edgePoint({ x: 5_000, y: mid.y }, free)).toEqual({
      side: 'right',
      x: free.right - EDGE_INSET_PX,
      y: mid.y,
    })
    expect(edgePoint({ x: mid.x, y: -900 }, free)).toEqual({
      side: 'top',
      x: mid.x,
      y: free.top + EDGE_INSET_PX,
    })
  })
  it('never touches chrome or corners, nobody is lost, and no two cover each other', () => {
    const target = fc.record({
      kind: fc.constantFrom('person' as const, 'dish' as const),
      x: fc.integer({ min: -9_000, max: 9_000 }),
      y: fc.integer({ min: -9_000, max: 9_000 }),
    })
    fc.assert(
      fc.property(fc.array(target, { maxLength: 30 }), (targets) => {
        const arrows = edgeArrows(
          targets.map(({ kind, x, y }, id) => ({ of: { kind, id }, x, y })),
          free,
        )
        expect(arrows.flatMap(({ of }) => of).toSorted((a, b) => a.id - b.id)).toEqual(
          targets.map(({ kind }, id) => ({ kind, id })),
        )
        for (const { x, y } of arrows) {
          expect(x).toBeGreaterThanOrEqual(free.left + EDGE_INSET_PX)
          expect(x).toBeLessThanOrEqual(free.right - EDGE_INSET_PX)
          expect(y).toBeGreaterThanOrEqual(free.top + EDGE_INSET_PX)
          expect(y).toBeLessThanOrEqual(free.bottom - EDGE_INSET_PX)
        }
        for (const [i, a] of arrows.entries())
          for (const b of arrows.slice(i + 1))
            expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThanOrEqual(EDGE_NEAR_PX)
      }),
    )
  })
  it('gives way to what stands at its edge, and stays where there is no room', () => {
    const phone = { left: 0, top: 116, right: 390, bottom: 420 }
    const dish = { left: 10, top: 240, right: 106, bottom: 336 }
    const [moved] = edgeArrows([person(1, -2_000, 290)], phone, [dish])
    expect(moved).toMatchObject({ side: 'left', x: EDGE_INSET_PX })
    expect(moved?.y === 240 - 22 || moved?.y === 336 + 22).toBe(true)
    const full = { left: 0, top: 0, right: 390, bottom: 844 }
    expect(edgeArrows([person(1, -2_000, 268)], phone, [full])).toEqual(
      edgeArrows([person(1, -2_000, 268)], phone),
    )
  })
  it('stacks who is near behind who is nearest', () => {
    const y = 400
    const arrows = edgeArrows([person(1, 9_000, y), person(2, 2_000, y), person(3, -500, y)], free)
    expect(arrows.map(({ of, side }) => [side, of.map(({ id }) => id)])).toEqual([
      ['right', [2, 1]],
      ['left', [3]],
    ])
  })
  it('lets people give way to a dish beside them, and stacks dishes with dishes', () => {
    const y = 400
    const arrows = edgeArrows(
      [person(1, 2_000, y), dishAt(1, 9_000, y), dishAt(2, 8_000, y + 10)],
      free,
    )
    expect(arrows.map(({ of }) => of)).toEqual([
      [
        { kind: 'dish', id: 2 },
        { kind: 'dish', id: 1 },
      ],
      [{ kind: 'person', id: 1 }],
    ])
    const [dish, moved] = arrows
    expect(moved).toMatchObject({ side: 'right' })
    expect(Math.abs((moved?.y ?? 0) - (dish?.y ?? 0))).toBe(EDGE_NEAR_PX)
  })
})

describe('frames', () => {
  const visible = { left: 0, top: 0, right: 800, bottom: 600 }
  it('are whole when all is seen, and nothing when nothing is', () => {
    const frame = { left: 100, top: 100, right: 300, bottom: 300 }
    expect(clipFrame(frame, visible)).toMatchObject({ box: frame, tagOnly: false, tag: 'left' })
    expect(clipFrame({ left: 900, top: 0, right: 1_000, bottom: 10 }, visible)).toBeNull()
  })
  it('have no line where they leave the map, and the name where it is seen', () => {
    const right = clipFrame({ left: -200, top: 100, right: 300, bottom: 300 }, visible)
    expect(right?.cut).toEqual({ left: true, top: false, right: false, bottom: false })
    expect(right?.tag).toBe('right')
    expect(clipFrame({ left: 100, top: -50, right: 300, bottom: 300 }, visible)?.tag).toBe('bottom')
    expect(clipFrame({ left: -9, top: -9, right: 900, bottom: 900 }, visible)).toBeNull()
  })
  it('are only a name below 48 px', () => {
    expect(clipFrame({ left: 10, top: 10, right: 57, bottom: 300 }, visible)?.tagOnly).toBe(true)
    expect(clipFrame({ left: 10, top: 10, right: 58, bottom: 300 }, visible)?.tagOnly).toBe(false)
  })
})

describe('gliding', () => {
  it('takes a tick plus a little, 60 to 90 ms for the usual ticks', () => {
    expect([33, 50, 100].map(glideMs)).toEqual([63, 80, 130])
  })
  it('goes straight, without overshoot, and stays at its end', () => {
    const glide = { from: { x: 0, y: 10 }, to: { x: 10, y: 30 }, startAt: 100, lastsMs: 80 }
    expect(glideAt(glide, 90)).toEqual({ x: 0, y: 10, done: false })
    expect(glideAt(glide, 140)).toEqual({ x: 5, y: 20, done: false })
    expect(glideAt(glide, 500)).toEqual({ x: 10, y: 30, done: true })
  })
})

describe('names on flags', () => {
  it('hold 10 Hangul or 14 Latin letters', () => {
    expect(shortName('가나다라마바사아자차')).toBe('가나다라마바사아자차')
    expect(shortName('가나다라마바사아자차카')).toBe('가나다라마바사아자차…')
    expect(shortName('abcdefghijklmn')).toBe('abcdefghijklmn')
    expect(shortName('abcdefghijklmno')).toBe('abcdefghijklmn…')
    expect(shortName('👨‍👩‍👧‍👦 가족')).toBe('👨‍👩‍👧‍👦 가족')
  })
})
