/**
 * Korean Windows' encoding (code page 949), in which Korea's public data comes: EUC-KR and the 8,822 syllables that it lacks, such as 똠.
 * Node's decoder knows EUC-KR alone. The added syllables stand in Unicode's order in what EUC-KR leaves free of two bytes.
 */
export interface Decoder {
  decode(bytes?: Uint8Array, options?: { stream?: boolean }): string
}

const UNKNOWN = 0xfffd
const LEAD_FIRST = 0x81
const SYLLABLES = 0xac00
const SYLLABLE_COUNT = 11_172
const PIECE_CHARS = 8_192

let table: Uint16Array | undefined

/** Decodes a stream; a byte that means nothing becomes U+FFFD. */
export function makeCp949Decoder(): Decoder {
  const codes = (table ??= makeTable())
  let lead = 0
  return {
    decode: (bytes = new Uint8Array(), { stream = false } = {}) => {
      const pieces: string[] = []
      let units: number[] = []
      for (const byte of bytes) {
        if (lead > 0) {
          const unit = codes[lead * 256 + byte] ?? UNKNOWN
          units.push(unit)
          // Half a letter, as fields cut to so many bytes have at their ends, takes no comma, quote or line's end with it.
          if (unit === UNKNOWN && byte < LEAD_FIRST) units.push(byte)
          lead = 0
        } else if (byte < LEAD_FIRST) units.push(byte)
        else lead = byte
        if (units.length < PIECE_CHARS) continue
        pieces.push(String.fromCharCode(...units))
        units = []
      }
      if (!stream && lead > 0) {
        units.push(UNKNOWN)
        lead = 0
      }
      return pieces.join('') + String.fromCharCode(...units)
    },
  }
}

function makeTable(): Uint16Array {
  const codes = new Uint16Array(65_536).fill(UNKNOWN)
  const korean = new TextDecoder('euc-kr')
  const known = new Set<number>()
  for (let lead = 0xa1; lead <= 0xfe; lead++) {
    for (let trail = 0xa1; trail <= 0xfe; trail++) {
      const text = korean.decode(Uint8Array.of(lead, trail))
      const code = text.length === 1 ? text.charCodeAt(0) : UNKNOWN
      codes[lead * 256 + trail] = code
      known.add(code)
    }
  }
  const places = freePlaces()
  for (let code = SYLLABLES; code < SYLLABLES + SYLLABLE_COUNT; code++) {
    if (known.has(code)) continue
    const { value } = places.next()
    if (value !== undefined) codes[value] = code
  }
  return codes
}

/** Two bytes that EUC-KR doesn't use, in the order in which they were given out. */
function* freePlaces(): Generator<number, undefined> {
  for (let lead = LEAD_FIRST; lead <= 0xc6; lead++) {
    for (let trail = 0x41; trail <= (lead <= 0xa0 ? 0xfe : 0xa0); trail++) {
      const letter = (trail >= 0x41 && trail <= 0x5a) || (trail >= 0x61 && trail <= 0x7a)
      if (letter || trail >= 0x81) yield lead * 256 + trail
    }
  }
  return undefined
}
