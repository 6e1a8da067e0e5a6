const graphemes = new Intl.Segmenter('ko', { granularity: 'grapheme' })
/** Scripts whose letters are as wide as Hangul, and emoji. */
const wide =
  /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Extended_Pictographic}]/u
/** 14 Latin letters are as wide as 10 of Hangul. */
const ROOM = 14
const WIDE = 1.4

/** A name for a cursor's flag: at most 10 Hangul or 14 Latin letters, then an ellipsis. */
export function shortName(name: string): string {
  let used = 0
  let short = ''
  for (const { segment } of graphemes.segment(name)) {
    used += wide.test(segment) ? WIDE : 1
    if (used > ROOM + 1e-9) return `${short.trimEnd()}…`
    short += segment
  }
  return short
}
