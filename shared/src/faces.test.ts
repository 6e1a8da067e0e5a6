import { expect, test } from 'vitest'
import { faceMarkup, faceOf, newFaceSeed } from './faces.ts'
import { portraitSchema } from './users.ts'

test('a seed always gives the same face', () => {
  expect(faceOf('minsu123')).toEqual(faceOf('minsu123'))
})

test('all hairs, accessories and skins come up, about equally', () => {
  const seen = {
    hair: new Map<number, number>(),
    accessory: new Map<number, number>(),
    skin: new Map<number, number>(),
  }
  let state = 1
  const random = () => (state = (state * 48271) % 2147483647) / 2147483647
  for (let n = 0; n < 5_500; n++) {
    const face = faceOf(newFaceSeed(random))
    for (const key of ['hair', 'accessory', 'skin'] as const) {
      seen[key].set(face[key], (seen[key].get(face[key]) ?? 0) + 1)
    }
  }
  expect(seen.hair.size).toBe(11)
  expect(seen.accessory.size).toBe(5)
  expect(seen.skin.size).toBe(5)
  expect(Math.min(...seen.hair.values())).toBeGreaterThan(350)
  expect(Math.min(...seen.accessory.values(), ...seen.skin.values())).toBeGreaterThan(900)
})

test('new seeds are what the wire accepts', () => {
  expect(portraitSchema.safeParse(newFaceSeed()).success).toBe(true)
  expect(newFaceSeed()).not.toBe(newFaceSeed())
})

test('eyes are drawn only when asked for', () => {
  const paint = { ground: '#eee', shirt: '#123', hair: '#222' }
  expect(faceMarkup('abcd', { ...paint, eyes: false })).not.toContain('ellipse')
  expect(faceMarkup('abcd', { ...paint, eyes: true })).toContain('ellipse')
})
