import { expect, test } from 'vitest'
import { friendIds } from '#shared/demo.friends.ts'
import { locales } from '#shared/users.ts'
import { lineOf, topicOfMessage, topics } from './policy.lines.ts'

const facts = { place: '등대 국밥', dish: '섬 국밥', number: 3 }

test('every line is filled in, in both languages, and short enough to read in passing', () => {
  for (const topic of topics)
    for (const friend of friendIds)
      for (const locale of locales)
        for (let key = 0; key < 8; key++) {
          const line = lineOf({ topic, friend, locale }, facts, { seed: 'room', key: String(key) })
          expect(line).not.toMatch(/[{}]|undefined/u)
          expect(line.length).toBeGreaterThan(1)
          expect(line.length).toBeLessThanOrEqual(80)
          expect(/[가-힣]/u.test(line.replace(facts.place, '').replace(facts.dish, ''))).toBe(
            locale === 'ko',
          )
        }
})

test('the same line for the same room and key', () => {
  const line = (seed: string) =>
    lineOf({ topic: 'hello', friend: 'mina', locale: 'ko' }, {}, { seed, key: 'hello:mina' })
  expect(line('a')).toBe(line('a'))
  expect(new Set(Array.from({ length: 20 }, (_, n) => line(`${n}`))).size).toBeGreaterThan(1)
})

test.each([
  ['안녕하세요', { topic: 'greeted' }],
  ['Hello there', { topic: 'greeted' }],
  ['뭐가 맛있어요', { topic: 'asked' }],
  ['#2 어때', { topic: 'numbered', number: 2 }],
  ['3번 좋아', { topic: 'numbered', number: 3 }],
  ['고마워요', { topic: 'thanked' }],
  ['ㅋㅋㅋ', { topic: 'heard' }],
])('%s', (body, expected) => {
  expect(topicOfMessage(body)).toEqual(expected)
})
