import { expect, test } from 'vitest'
import { unusedTexts } from './texts.ts'

const both = (...keys: string[]) => {
  const words = Object.fromEntries(keys.map((key) => [key, key]))
  return { ko: words, en: words }
}

test('a text that nothing shows is told; whole and built names count as shown', () => {
  const texts = { home: both('title', 'island'), decision: both('byDraw', 'gone') }
  const sources = ["t('home.title')", 't(`decision.${kind}`)', "kind === 'byDraw'"]
  const faults = unusedTexts(texts, sources)
  expect(faults.map((fault) => /'(\w+)'/.exec(fault)?.[1])).toEqual(['island', 'gone'])
})

test('sentences of refusals are asked for by code', () => {
  expect(unusedTexts({ errors: both('room_full') }, [])).toEqual([])
})
