/** Native Korean numerals up to six: in prose small groups are spelt out, larger ones are digits. */
const NATIVE = ['', '한', '두', '세', '네', '다섯', '여섯'] as const

/** Returns a count with its unit as prose has it: (4, '명') is '네 명', (7, '명') is '7명'. */
export function countKo(count: number, unit: string): string {
  const native = NATIVE[count]
  return native ? `${native} ${unit}` : `${count.toLocaleString('ko')}${unit}`
}
