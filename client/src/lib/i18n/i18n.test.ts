import { afterEach, describe, expect, test } from 'vitest'
import { setLang, t, tError, tRich } from './i18n.ts'
import { langOfBrowser } from './lang.ts'
import { defineTexts, fillText, parseText } from './template.ts'
import { errorParams } from './texts/errors.ts'
import { texts } from './texts/index.ts'

afterEach(() => setLang('ko'))

describe('texts', () => {
  test('fill in names with their particles', () => {
    setLang('ko')
    expect(t('rooms.waitingFor', { name: '민수' })).toBe('민수를 기다리고 있어요')
    expect(t('rooms.waitingFor', { name: '하린' })).toBe('하린을 기다리고 있어요')
    expect(t('chat.putForward', { name: '도윤', place: '2번 동일루' })).toBe(
      '도윤이 2번 동일루를 올렸어요',
    )
    setLang('en')
    expect(t('rooms.waitingFor', { name: 'Minsu' })).toBe('Waiting for Minsu')
  })

  test('count people in Hangul up to six, in plural forms in English', () => {
    setLang('ko')
    expect(t('decision.chosenBy', { total: 6, count: 4 })).toBe('여섯 명 중 네 명이 골랐어요')
    expect(t('voice.together', { count: 7 })).toBe('7명이 음성에 있어요')
    setLang('en')
    expect(t('home.inside', { count: 1 })).toBe('1 person inside')
    expect(t('home.inside', { count: 1200 })).toBe('1,200 people inside')
  })

  test('hold elements as values, with the particle of what they say', () => {
    setLang('ko')
    const parts = tRich('chat.putForward', {
      name: '도윤',
      place: { text: '동일루', node: '[2 동일루]' },
    })
    expect(parts.map(String).join('')).toBe('도윤이 [2 동일루]를 올렸어요')
  })

  test('are the same in keys and parameters in both languages', () => {
    const namesIn = (lang: 'ko' | 'en', text: string) =>
      new Set(
        parseText(lang, text).flatMap((part) => (typeof part === 'string' ? [] : [part.name])),
      )
    for (const { ko, en } of Object.values(texts)) {
      expect(Object.keys(en)).toEqual(Object.keys(ko))
      const english = new Map(Object.entries<string>(en))
      for (const [key, text] of Object.entries<string>(ko)) {
        const other = english.get(key) ?? ''
        expect({ key, names: namesIn('en', other) }).toEqual({ key, names: namesIn('ko', text) })
      }
    }
  })

  test('that differ between languages are refused by the types', () => {
    // @ts-expect-error the English text lacks {name}
    defineTexts({ ko: { hello: '{name}님' }, en: { hello: 'Hello' } })
    // @ts-expect-error the English key is missing
    defineTexts({ ko: { hello: '안녕', bye: '잘 가' }, en: { hello: 'Hello' } })
    // @ts-expect-error the parameter is missing
    expect(t('rooms.waitingFor')).toContain('기다리고')
    // @ts-expect-error no such key
    expect(t('rooms.nothing')).toBe('rooms.nothing')
  })

  test('leave a missing value out', () => {
    expect(fillText('ko', '{name:이/가} 왔어요')).toBe(' 왔어요')
  })
})

describe('refusals', () => {
  test('are sentences made from code and parameters', () => {
    setLang('ko')
    expect(tError({ code: 'candidate_limit_person', params: { max: 5 } })).toBe(
      '한 사람이 5곳까지 올릴 수 있어요. 하나를 빼고 올려 주세요',
    )
    expect(errorParams({ code: 'slow_down', params: { retryAt: 5_400 } }, 1_000)).toEqual({
      seconds: 5,
    })
    setLang('en')
    expect(tError({ code: 'too_large', params: { maxBytes: 65_536 } })).toBe(
      'That’s too large. The limit is 64 KB',
    )
  })
})

test('the first language is the first that both know', () => {
  expect(langOfBrowser(['ja-JP', 'ko-KR', 'en'])).toBe('ko')
  expect(langOfBrowser(['en-GB', 'ko'])).toBe('en')
  expect(langOfBrowser(['fr'])).toBe('en')
})
