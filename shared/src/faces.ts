/**
 * Drawn portraits: one of 11 hairs × 5 accessories × 5 skins from a seed, the shirt in the person's colour. Pure markup
 * on a 40×40 grid, so that the page and the share card draw the same face.
 */

interface Hair {
  /** Behind the face. */
  back: string
  /** Before the face. */
  front: string
  /** Own tone; without it the shared hair colour. */
  tone?: string
  /** Hats take the colour of the shirt. */
  hat?: string
}

const bob: Hair = {
  back: '<path d="M9.8 24.8c-1.4-11 2.8-17.4 10.2-17.4s11.6 6.4 10.2 17.4c-1.2 1.1-3 1.5-4.6 1.4H14.4c-1.6.1-3.4-.3-4.6-1.4z"/>',
  front:
    '<path d="M12.3 18c.2-5.6 3.1-8.8 7.7-8.8s7.5 3.2 7.7 8.8c-1.4-.7-2.3-2.1-2.7-3.7-3 1.4-7 1.5-10 0-.4 1.6-1.3 3-2.7 3.7z"/>',
}
const hairs: readonly Hair[] = [
  {
    back: '',
    front:
      '<path d="M11.6 18.2c-1-6 2.6-10.6 8.7-10.6 6 0 9 4.3 8 10.6-.6-2.4-1.5-3.7-2.5-4.6-3.6.9-8.2.8-10.8-.4-1.5 1-2.7 2.5-3.4 5z"/>',
  },
  bob,
  {
    back: '<path d="M10 34c-2.4-5-.6-9-.8-14.5C9 12 13.2 7.3 20 7.3S31 12 30.8 19.5C30.6 25 32.4 29 30 34z"/>',
    front:
      '<path d="M12.3 18.6c-.2-6 3-9.4 7.7-9.4 4.7 0 7.9 3.4 7.7 9.4-2.3-.8-5.4-3-6.5-6.2-1.5 3.4-5.3 5.8-8.9 6.2z"/>',
  },
  {
    back: '<circle cx="20" cy="6.7" r="4.1"/><path d="M11.4 21C10 13 13.5 8 20 8s10 5 8.6 13z"/>',
    front:
      '<path d="M12.3 17.6c.1-5.4 3-8.4 7.7-8.4s7.6 3 7.7 8.4c-1.7-2.8-4.3-4.4-7.7-4.4s-6 1.6-7.7 4.4z"/>',
  },
  {
    back: '<circle cx="13" cy="14" r="3.8"/><circle cx="27" cy="14" r="3.8"/>',
    front:
      '<path d="M11.8 17.3c-1.6-1.8-.9-4.3 1-5 .2-2.3 2.3-3.7 4.3-3 1.6-2 4.7-2 6.2.1 2.2-.6 4 .9 4.1 2.9 1.9.9 2.3 3.3.8 5-.5-1.4-1.3-2.4-2.4-2.9-3.4 1-8 1-11.4 0-1.2.5-2.1 1.5-2.6 2.9z"/>',
    tone: '#5a3a28',
  },
  {
    back: '',
    front:
      '<path d="M11.6 18.8c-1.3-6.8 2.4-11.4 8.7-11.4 5.7 0 9.3 4.4 8 11.4-.8-1.9-1.6-3.3-2.4-4.3-3.7-.2-7-1.5-9-3.7-.5 3.2-2.6 5.7-5.3 8z"/>',
  },
  {
    back: '<path d="M27 11c5 0 8 4 7 9-.4 3-2 5-4 6 1-4 0-9-3-15z"/>',
    front:
      '<path d="M12.2 18c-.2-5.7 2.9-9 7.8-9s8 3.3 7.8 9c-.9-2.6-2.2-4.2-3.6-5-3.8 2.3-8.8 2.3-12 5z"/>',
    tone: '#3b241a',
  },
  {
    back: '<path d="M11.5 22c-.8-3-.5-6 .5-8h16c1 2 1.3 5 .5 8z"/>',
    front: '',
    hat: '<path d="M11 15.4C11 10 14.6 6.8 20 6.8s9 3.2 9 8.6z"/><path d="M10.6 14.6h20.8c1.6 0 1.6 2.6 0 2.6-6-.8-14.8-.8-20.8 0-1.4 0-1.4-2.6 0-2.6z"/>',
  },
  {
    back: '<path d="M10.6 31c-3-2-1.6-5-2.6-8s.6-4 .9-7C9.5 11 13.6 7.2 20 7.2S30.5 11 31.1 16c.3 3 1.9 4 .9 7s.4 6-2.6 8c-3 1.4-15.8 1.4-18.8 0z"/>',
    front:
      '<path d="M12.3 18.2c0-5.8 3-9 7.7-9s7.7 3.2 7.7 9c-2-.6-3.2-2-3.8-4-2 2-4.2 2.6-6.3 2.3-2 .3-3.9.8-5.3 1.7z"/>',
    tone: '#4a2e22',
  },
  {
    back: '',
    front:
      '<path d="M12.2 17.6c-.6-6 2.7-9.4 7.8-9.4s8.4 3.4 7.8 9.4c-.7-2.4-1.7-4-2.9-4.8-3.2-1-6.6-1-9.8 0-1.2.8-2.2 2.4-2.9 4.8z"/>',
  },
  {
    back: '<path d="M10.8 24c-1-4-.4-8 1.2-10h16c1.6 2 2.2 6 1.2 10z"/>',
    front: '',
    hat: '<path d="M11.2 14.5C11.2 9 14.8 5.6 20 5.6s8.8 3.4 8.8 8.9z"/><rect x="10.2" y="13.2" width="19.6" height="4.4" rx="2.2"/>',
  },
]

const glass = 'fill="none" stroke="#2b2320" stroke-width="1.1"'
/** Nothing, square glasses, round glasses, beard, freckles. */
const accessories = [
  () => '',
  () =>
    `<g ${glass}><rect x="13.6" y="16.7" width="5.2" height="3.9" rx="1.5"/><rect x="21.2" y="16.7" width="5.2" height="3.9" rx="1.5"/><path d="M18.8 18.2c.8-.5 1.6-.5 2.4 0"/></g>`,
  () =>
    `<g ${glass}><circle cx="16.3" cy="18.7" r="2.7"/><circle cx="23.7" cy="18.7" r="2.7"/><path d="M19 18.2c.6-.4 1.4-.4 2 0"/></g>`,
  (hair: string) =>
    `<path fill="${hair}" opacity=".9" d="M13.2 20.5c.8 4.3 3.4 6.6 6.8 6.6s6-2.3 6.8-6.6c-1.3 1.6-3.5 2.3-6.8 2.3s-5.5-.7-6.8-2.3z"/>`,
  () =>
    '<g fill="#a8623c" opacity=".65"><circle cx="15" cy="21" r=".5"/><circle cx="16.6" cy="21.7" r=".5"/><circle cx="25" cy="21" r=".5"/><circle cx="23.4" cy="21.7" r=".5"/></g>',
] as const

/** Skin and the mouth drawn on it. */
const skins = [
  { skin: '#f2d0b2', mouth: '#9c5a45' },
  { skin: '#edc6a4', mouth: '#9c5a45' },
  { skin: '#ddb08a', mouth: '#8c4b38' },
  { skin: '#c8976b', mouth: '#7c3d2c' },
  { skin: '#a3704b', mouth: '#62291c' },
] as const

export interface Face {
  hair: number
  accessory: number
  skin: number
}

const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193

/** The face of a seed: the same everywhere (32-bit FNV-1a, then digits of a mixed base). */
export function faceOf(seed: string): Face {
  let hash = FNV_OFFSET
  for (let at = 0; at < seed.length; at++) hash = Math.imul(hash ^ seed.charCodeAt(at), FNV_PRIME)
  // FNV's low bits are weak for short strings: fold the high ones in
  const mixed = (hash ^ (hash >>> 15)) >>> 0
  const perHair = Math.floor(mixed / hairs.length)
  return {
    hair: mixed % hairs.length,
    accessory: perHair % accessories.length,
    skin: Math.floor(perHair / accessories.length) % skins.length,
  }
}

export interface FacePaint {
  /** Behind the head. */
  ground: string
  /** Shirt and hat: the person's colour. */
  shirt: string
  hair: string
  /** Eyes and mouth: from 44 px up, below they are specks. */
  eyes: boolean
}

/** The inside of an `<svg viewBox="0 0 40 40">`. Paints are any colours that SVG's `fill` knows. */
export function faceMarkup(seed: string, paint: FacePaint): string {
  const face = faceOf(seed)
  const hair = hairs[face.hair] ?? bob
  const { skin, mouth } = skins[face.skin] ?? skins[0]
  const tone = hair.tone ?? paint.hair
  const eyes = `<g fill="#2b2320"><ellipse cx="16.7" cy="18.8" rx=".95" ry="1.15"/><ellipse cx="23.3" cy="18.8" rx=".95" ry="1.15"/></g><path d="M17.9 22.7c1.3 1.15 2.9 1.15 4.2 0" fill="none" stroke="${mouth}" stroke-width="1.1" stroke-linecap="round"/>`
  const accessory = accessories[face.accessory]?.(tone) ?? ''
  return [
    `<rect width="40" height="40" fill="${paint.ground}"/>`,
    `<g fill="${tone}">${hair.back}</g>`,
    `<path fill="${paint.shirt}" d="M5.5 41c.6-8 6-11.6 14.5-11.6S33.9 33 34.5 41z"/>`,
    `<path fill="${skin}" d="M16.7 24h6.6v5.6c0 2-1.5 3.2-3.3 3.2s-3.3-1.2-3.3-3.2z"/>`,
    '<path fill="#000" opacity=".09" d="M16.7 26.4c2 1.5 4.6 1.5 6.6 0v1.5c-2 1.3-4.6 1.3-6.6 0z"/>',
    `<path fill="${skin}" d="M12.8 17.2c0-5 3-8 7.2-8s7.2 3 7.2 8c0 5.6-3.2 9.7-7.2 9.7s-7.2-4.1-7.2-9.7z"/>`,
    face.accessory === BEARD ? accessory : '',
    paint.eyes ? eyes : '',
    `<g fill="${tone}">${hair.front}</g>`,
    hair.hat ? `<g fill="${paint.shirt}">${hair.hat}</g>` : '',
    face.accessory === BEARD ? '' : accessory,
  ].join('')
}

/** The beard lies under the mouth, glasses and freckles over the hair. */
const BEARD = 3

const SEED_LENGTH = 8
const SEED_LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** A new seed for a face to be offered; not a secret. */
export function newFaceSeed(random: () => number = Math.random): string {
  return Array.from(
    { length: SEED_LENGTH },
    () => SEED_LETTERS[Math.floor(random() * SEED_LETTERS.length)],
  ).join('')
}
