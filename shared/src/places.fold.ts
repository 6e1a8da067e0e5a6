/**
 * Text folding of the place search. Hangul becomes jamo without what is often misspelled (tense consonants, ㅐㅔㅖㅒ, ㅙㅚㅞ),
 * written as capital letters, Latin lower-case without accents, other scripts as capitals and digits. Capitals, because they never
 * meet Latin text in a case-sensitive LIKE, and because Postgres finds trigrams in ASCII under every locale, in others only under some.
 */

// ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ in Unicode's order of initial consonants
const initialCodes = [...'AABCCDEFFGGHIIJKLMN']
// ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ
const vowelCodes = 'O Y P Y Q Y R Y S SO SX SX T U UQ SX UX V W WX X'.split(' ')
// U+3131 ㄱㄲㄳㄴㄵㄶㄷㄸㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅃㅄㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ, then the vowels
const consonantCodes =
  'A A AG B BI BN C C D DA DE DF DG DL DM DN E F F FG G G H I I J K L M N'.split(' ')
/** ㄸㅃㅉ end no syllable. */
const NEVER_FINAL = [7, 18, 24]
// none, then the consonants that end syllables
const finalCodes = ['', ...consonantCodes.filter((_, index) => !NEVER_FINAL.includes(index))]
const SYLLABLES = 0xac00
const SYLLABLE_COUNT = 11_172
const COMPATIBILITY_JAMO = 0x3131

const ASCII_COUNT = 128
const asciiCodes = Array.from({ length: ASCII_COUNT }, (_, point) =>
  String.fromCharCode(point)
    .toLowerCase()
    .replace(/[^a-z0-9]/u, ''),
)

/** In pairs with a Z, which no other code has, so that neither Hangul nor digits are ever found within. */
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXY0123456789'
const HIRAGANA_FROM_KATAKANA = 0x60

/** Any other script's letter in ASCII: Postgres then has trigrams of a single Han character, whatever its locale. */
function foldLetter(letter: string): string {
  let rest = letter.codePointAt(0) ?? 0
  if (rest < ASCII_COUNT) return asciiCodes[rest] ?? ''
  if (rest >= 0x30a1 && rest <= 0x30f6) rest -= HIRAGANA_FROM_KATAKANA
  let code = ''
  for (; rest > 0; rest = Math.floor(rest / LETTERS.length))
    code = `Z${LETTERS[rest % LETTERS.length]}${code}`
  return code
}

/** Filled as they come: a text is mostly of the same few hundred. */
const syllableCodes = Array.from<string | undefined>({ length: SYLLABLE_COUNT })
function foldSyllable(syllable: number): string {
  const [initial, vowel, final] = [
    Math.floor(syllable / 588),
    Math.floor(syllable / 28) % 21,
    syllable % 28,
  ]
  return `${initialCodes[initial]}${vowelCodes[vowel]}${finalCodes[final]}`
}

/** Folded code of one character; empty for spaces, marks and punctuation. NFC before it. */
export function foldCharacter(character: string): string {
  const point = character.codePointAt(0) ?? 0
  // Half of all letters, and the slow way below has nothing to do for them.
  if (point < ASCII_COUNT && character.length === 1) return asciiCodes[point] ?? ''
  const syllable = point - SYLLABLES
  if (syllable >= 0 && syllable < SYLLABLE_COUNT)
    return (syllableCodes[syllable] ??= foldSyllable(syllable))
  // NFKD would turn a typed ㅅ into a conjoining jamo, which matches nothing.
  const jamo = point - COMPATIBILITY_JAMO
  if (jamo >= 0 && jamo < 51) return consonantCodes[jamo] ?? vowelCodes[jamo - 30] ?? ''
  const letters = character
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
  return Array.from(letters, foldLetter).join('')
}

/** The folded form of a text: no spaces, no punctuation, no accents. */
export function foldText(text: string): string {
  const composed = text.normalize('NFC')
  let folded = ''
  for (let at = 0; at < composed.length; at++) {
    const unit = composed.charCodeAt(at)
    const syllable = unit - SYLLABLES
    if (unit < ASCII_COUNT) folded += asciiCodes[unit]
    else if (syllable >= 0 && syllable < SYLLABLE_COUNT)
      folded += syllableCodes[syllable] ??= foldSyllable(syllable)
    else {
      const character = String.fromCodePoint(composed.codePointAt(at) ?? 0)
      folded += foldCharacter(character)
      at += character.length - 1
    }
  }
  return folded
}

/** Initial consonants of the Hangul of a text, other letters as they fold: 삼계탕 → ㅅㄱㅌ (coded). */
export function foldInitials(text: string): string {
  let initials = ''
  for (const character of text.normalize('NFC')) {
    const syllable = character.charCodeAt(0) - SYLLABLES
    initials +=
      syllable >= 0 && syllable < SYLLABLE_COUNT
        ? initialCodes[Math.floor(syllable / 588)]
        : foldCharacter(character)
  }
  return initials
}

/** A whole Hangul syllable, not a lone jamo. */
export const isSyllable = (character: string): boolean => {
  const index = (character.codePointAt(0) ?? 0) - SYLLABLES
  return index >= 0 && index < SYLLABLE_COUNT
}
