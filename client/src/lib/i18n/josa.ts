/**
 * Korean particles by the sound a word ends in, also after Latin names and digits.
 * Hangul is exact. A Latin word is judged by how it is usually written in Hangul (Jack 잭, Mike 마이크), which no rule
 * gets right for every name. For what has no known sound (emoji, other scripts) both forms are written: 이(가).
 */

/** Particle pairs, after-consonant form first. */
export type Josa =
  | '이/가'
  | '은/는'
  | '을/를'
  | '과/와'
  | '로/으로'
  | '아/야'
  | '이에요/예요'
  | '이라/라'

export const JOSA: readonly Josa[] = [
  '이/가',
  '은/는',
  '을/를',
  '과/와',
  '로/으로',
  '아/야',
  '이에요/예요',
  '이라/라',
]

type Ending = 'vowel' | 'consonant' | 'rieul' | 'unknown'

const HANGUL_FIRST = 0xac00
const HANGUL_LAST = 0xd7a3
const FINALS = 28
const FINAL_RIEUL = 8

/** 영 일 이 삼 사 오 육 칠 팔 구; tens and hundreds (십, 백, 천, 만) end in consonants like 영. */
const DIGITS: readonly Ending[] = [
  'consonant',
  'rieul',
  'vowel',
  'consonant',
  'vowel',
  'vowel',
  'consonant',
  'rieul',
  'rieul',
  'vowel',
]

function endingOfHangul(code: number): Ending {
  const final = (code - HANGUL_FIRST) % FINALS
  if (final === 0) return 'vowel'
  return final === FINAL_RIEUL ? 'rieul' : 'consonant'
}

/** Letters read by name: 엘, 알 end in rieul, 엠, 엔 in a consonant, all others in a vowel. */
function endingOfLetter(letter: string): Ending {
  if ('lr'.includes(letter)) return 'rieul'
  return 'mn'.includes(letter) ? 'consonant' : 'vowel'
}

function endingOfLatin(word: string): Ending {
  const lower = word.toLowerCase()
  if (
    word.length === 1 ||
    (word.length <= 4 && word === word.toUpperCase()) ||
    !/[aeiouy]/.test(lower)
  ) {
    return endingOfLetter(lower.slice(-1))
  }
  // a silent e leaves the consonant before it: Jane 제인, Kyle 카일, but Mike 마이크, Kate 케이트
  if (/[aeiouy].*[^aeiouy]e$/.test(lower)) {
    if (/l+e$/.test(lower)) return 'rieul'
    return /[nm]e$/.test(lower) ? 'consonant' : 'vowel'
  }
  if (lower.endsWith('l')) return 'rieul'
  if (/(ng|[nm]|ck)$/.test(lower)) return 'consonant'
  // after one short vowel a stop closes the syllable: Scott 스콧, Philip 필립, Bob 밥; after two it doesn't: Pete 피트
  return /(^|[^aeiouy])[aeiouy](tt|pp|bb|[ptkb])$/.test(lower) ? 'consonant' : 'vowel'
}

function endingOf(word: string): Ending {
  const spoken = word.replace(/[\p{P}\p{S}\p{Z}\p{M}]+$/u, '')
  const last = spoken.at(-1)
  if (last === undefined || spoken.length < word.trimEnd().length - 12) return 'unknown'
  const code = last.charCodeAt(0)
  if (code >= HANGUL_FIRST && code <= HANGUL_LAST) return endingOfHangul(code)
  if (/[ㄱ-ㅎ]/.test(last)) return last === 'ㄹ' ? 'rieul' : 'consonant'
  if (/[ㅏ-ㅣ]/.test(last)) return 'vowel'
  if (/[0-9]/.test(last)) return DIGITS[Number(last)] ?? 'unknown'
  const latin = /[a-z]+$/i.exec(spoken.normalize('NFD').replace(/\p{M}/gu, ''))
  return latin ? endingOfLatin(latin[0]) : 'unknown'
}

/** Returns only the particle that fits `word`: josa('민수', '이/가') is '가'. */
export function josa(word: string, pair: Josa): string {
  const ending = endingOf(word)
  if (pair === '로/으로') {
    if (ending === 'unknown') return '(으)로'
    return ending === 'consonant' ? '으로' : '로'
  }
  const [afterConsonant = '', afterVowel = ''] = pair.split('/')
  if (ending === 'unknown') return `${afterConsonant}(${afterVowel})`
  return ending === 'vowel' ? afterVowel : afterConsonant
}

/** Returns the word with its particle: withJosa('동일루', '을/를') is '동일루를'. */
export function withJosa(word: string, pair: Josa): string {
  return word + josa(word, pair)
}
