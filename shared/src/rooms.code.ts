import type { Seat } from './rooms.ts'

/** Crockford's base32 in lower case: no i, l, o, u. 12 characters are 60 bits. */
export const ROOM_CODE_ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const TYPED_MAX = 40

/** Reads what people type or paste (groups, capitals, o for 0, i and l for 1); the answer is the stored form, or null. */
export function readRoomCode(raw: string): string | null {
  if (raw.length > TYPED_MAX) return null
  const code = raw.toLowerCase().replace(/[\s-]/g, '').replaceAll('o', '0').replace(/[il]/g, '1')
  return /^[0-9a-hjkmnp-tv-z]{12}$/.test(code) ? code : null
}

/** `k7m2q9xw4r8d` → `k7m2-q9xw-4r8d`, the form shown and put into links. */
export function formatRoomCode(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1-')
}

export const PERSON_COLOURS = 20

/** Colour of a seat, 1 to 20: ((seat − 1) mod 20) + 1. */
export function colourOfSeat(seat: Seat): number {
  return ((seat - 1) % PERSON_COLOURS) + 1
}
