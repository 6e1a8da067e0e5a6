import { readFile } from 'node:fs/promises'
import { dishOf } from '#shared/dishes.ts'
import type { DishName } from '#shared/dishes.ts'
import { faceMarkup } from '#shared/faces.ts'
import { colourOfSeat } from '#shared/rooms.code.ts'
import type { DecisionView } from '#shared/votes.ts'

type Lch = readonly [light: number, chroma: number, hue: number]

/** Light theme of tokens.css: the card is always light. Renderers of SVG know no oklch. */
const shirts: readonly Lch[] = [
  [0.5, 0.15, 262],
  [0.83, 0.125, 88],
  [0.36, 0.09, 130],
  [0.87, 0.09, 182],
  [0.45, 0.14, 352],
  [0.8, 0.1, 280],
  [0.55, 0.1, 78],
  [0.66, 0.14, 350],
  [0.66, 0.12, 232],
  [0.36, 0.14, 290],
  [0.74, 0.045, 80],
  [0.8, 0.115, 2],
  [0.55, 0.07, 320],
  [0.36, 0.045, 0],
  [0.42, 0.07, 220],
  [0.68, 0.125, 112],
  [0.7, 0.135, 296],
  [0.89, 0.06, 232],
  [0.88, 0.125, 128],
  [0.9, 0.04, 50],
]
const GROUND: Lch = [0.965, 0.012, 85]
const HAIR: Lch = [0.29, 0.022, 50]
export const PAPER = hexOf([0.993, 0.004, 88])
export const INK = hexOf([0.245, 0.018, 55])
export const INK_2 = hexOf([0.42, 0.018, 58])
export const PERILLA_INK = hexOf([0.43, 0.092, 152])
const PERILLA = hexOf([0.515, 0.108, 152])
const POOL = hexOf([0.948, 0.03, 145])
const PLATE_LOW = hexOf([0.9, 0.012, 82])
const GOCHU = hexOf([0.575, 0.197, 33])

/** An oklab colour as `#rrggbb`, clipped to sRGB. */
function hexOfLab(light: number, a: number, b: number): string {
  const l = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (light - 0.0894841775 * a - 1.291485548 * b) ** 3
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
  const bytes = linear.map((each) => {
    const clipped = Math.min(1, Math.max(0, each))
    return Math.round(
      255 * (clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055),
    )
  })
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
function labOf([light, chroma, hue]: Lch): readonly [number, number, number] {
  const angle = (hue * Math.PI) / 180
  return [light, chroma * Math.cos(angle), chroma * Math.sin(angle)]
}
function hexOf(colour: Lch): string {
  return hexOfLab(...labOf(colour))
}
function mix(one: Lch, share: number, other: Lch): string {
  const [a, b] = [labOf(one), labOf(other)]
  const at = (index: 0 | 1 | 2): number => a[index] * share + b[index] * (1 - share)
  return hexOfLab(at(0), at(1), at(2))
}

/** The same drawings as the page has; read once. */
let dishes: Promise<string> | undefined
async function drawnDish(name: DishName | null): Promise<string> {
  dishes ??= readFile(new URL('../../../../client/src/ui/dishes.svg', import.meta.url), 'utf8')
  const text = await dishes
  const symbol =
    name && new RegExp(`<symbol id="dish-${name}"[^>]*>([\\s\\S]*?)</symbol>`).exec(text)
  return symbol?.[1] ?? ''
}

function face(seed: string, seat: number, x: number, y: number, size: number): string {
  const shirt = shirts[colourOfSeat(seat) - 1] ?? GROUND
  const markup = faceMarkup(seed, {
    ground: mix(shirt, 0.3, GROUND),
    shirt: hexOf(shirt),
    hair: hexOf(HAIR),
    eyes: true,
  })
  const clip = `face-${seat}`
  return `<circle cx="${x}" cy="${y}" r="${size / 2 + 7}" fill="${POOL}"/>
    <clipPath id="${clip}"><circle cx="20" cy="20" r="20"/></clipPath>
    <g transform="translate(${x - size / 2} ${y - size / 2}) scale(${size / 40})"><g clip-path="url(#${clip})">${markup}</g></g>`
}

/** Centres of up to four portraits on the plate's upper rim. */
const SEATS: readonly (readonly [number, number])[] = [
  [884, 210],
  [733, 262],
  [1035, 262],
  [645, 396],
]
const PLATE = { x: 884, y: 456, radius: 220 }

/** Everything of the card but its words, 1200×630. */
export async function drawCard(decision: Pick<DecisionView, 'winner' | 'people'>): Promise<string> {
  const { winner } = decision
  const dish = await drawnDish(dishOf(winner))
  const seated = decision.people
    .toSorted((a, b) => Number(b.choseWinner) - Number(a.choseWinner) || a.seat - b.seat)
    .slice(0, SEATS.length)
  const faces = seated.map(({ portrait, seat }, index) =>
    face(portrait, seat, ...(SEATS[index] ?? [0, 0]), 112),
  )
  const { x, y, radius } = PLATE
  const food = radius * 0.94
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630" viewBox="0 0 1200 630">
    <rect width="1200" height="630" fill="${PAPER}"/>
    <circle cx="920" cy="480" r="410" fill="${POOL}"/>
    <circle cx="${x}" cy="${y}" r="${radius + 6}" fill="${PERILLA}"/>
    <circle cx="${x}" cy="${y}" r="${radius * 0.89}" fill="${PAPER}"/>
    <circle cx="${x}" cy="${y}" r="${radius * 0.83}" fill="${PLATE_LOW}"/>
    <clipPath id="well"><circle cx="${x}" cy="${y}" r="${radius * 0.82}"/></clipPath>
    <g clip-path="url(#well)"><rect x="${x - radius}" y="${y - radius}" width="${radius * 2}" height="${radius * 2}" fill="#F4EFE6"/>
      <g transform="translate(${x - food} ${y - food}) scale(${(food * 2) / 48})">${dish}</g></g>
    ${faces.join('')}
    <rect x="628" y="480" width="120" height="120" rx="38" fill="${POOL}"/>
    <rect x="636" y="488" width="104" height="104" rx="32" fill="${PERILLA}"/>
    ${BRAND}
  </svg>`
}

const BRAND = `<g transform="translate(72 510) scale(1.75)">
  <rect width="32" height="32" rx="10" fill="${GOCHU}"/>
  <path d="M16 27.4c-1 0-8.9-5.9-8.9-12.6a8.9 8.9 0 0 1 17.8 0c0 6.7-7.9 12.6-8.9 12.6z" fill="#FFFBF4"/>
  <path d="M10.6 15.3h10.8a5.4 5.4 0 0 1-10.8 0z" fill="${GOCHU}"/>
  <path d="M11.9 13.4a4.15 4.15 0 0 1 8.2 0z" fill="${GOCHU}" opacity=".38"/></g>
  <g transform="translate(144 517) scale(1.75)" fill="none" stroke="${INK}" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round">
  <path d="M2 2v7a1.5 1.5 0 0 0 1.5 1.5h6.6a1.5 1.5 0 0 0 1.5-1.5V2M2 5.9h9.6M15.8 1.6v10.6M15.8 6.6h3.6"/>
  <path d="M4.2 14.4v6.2a1.5 1.5 0 0 0 1.5 1.5h8.6a1.5 1.5 0 0 0 1.5-1.5v-6.2M4.2 17.8h11.6"/>
  <path d="M26 2.2h5.6a1.5 1.5 0 0 1 1.5 1.5v5.3a1.5 1.5 0 0 1-1.5 1.5H26a1.5 1.5 0 0 1-1.5-1.5V3.7A1.5 1.5 0 0 1 26 2.2zM37.3 1.6v10.6M42 1.6v10.6M37.3 6.6H42"/>
  <path d="M28.4 14.4v6.2a1.5 1.5 0 0 0 1.5 1.5h10.6a1.5 1.5 0 0 0 1.5-1.5v-6.2M28.4 17.8H42"/></g>`
