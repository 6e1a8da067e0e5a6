import { expect, test } from 'vitest'
import { isSuggested, suggestName } from './state.names.ts'

test('a suggestion is known as one in both languages, also numbered; a chosen name is not', () => {
  for (const lang of ['ko', 'en'] as const) {
    const name = suggestName(lang)
    expect(isSuggested(name), name).toBe(true)
    expect(isSuggested(`${name} 2`), name).toBe(true)
    expect(suggestName(lang, name)).not.toBe(name)
  }
  for (const name of ['지우', '배고픈', '배고픈 지우', 'Hungry Alex', '', '2'])
    expect(isSuggested(name), name).toBe(false)
})
