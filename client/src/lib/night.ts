/*
 * Night for foreign raster tiles. They are drawn for the day: roads white, ground a little darker, words dark. Turned over
 * (`invert`) roads would be the darkest of all, so brightness goes through a curve that falls and rises again, and a little of
 * the colour is added: ground and houses dark, roads lighter, words light, water still blue. The tokens' `--m-*` at night are
 * the aim.
 */
const NIGHT_FILTER_ID = 'bm-night'

/** What each brightness of the day, in steps of 0.05 from black to white, becomes at night. */
const CURVE = [
  0.72, 0.71, 0.7, 0.69, 0.68, 0.65, 0.61, 0.56, 0.5, 0.44, 0.38, 0.32, 0.27, 0.23, 0.19, 0.15,
  0.105, 0.1, 0.105, 0.085, 0.17,
]
/** Faintly warm, as the panels are. */
const WARMTH = { R: 1.05, G: 1, B: 0.93 }
/** How much of the day's colour stays. */
const COLOUR = 0.35
/** Brightness of red, green and blue, as `saturate` weighs them. */
const WEIGHTS = [0.2126, 0.7152, 0.0722] as const

/** Lays the filter into the page, once; `url(#bm-night)` then finds it. */
export function layNightFilter(): void {
  if (document.getElementById(NIGHT_FILTER_ID)) return
  const filter = element('filter', {
    id: NIGHT_FILTER_ID,
    'color-interpolation-filters': 'sRGB',
  })
  filter.append(
    element('feColorMatrix', { in: 'SourceGraphic', type: 'saturate', values: 0 }),
    curve(),
    element('feColorMatrix', { in: 'SourceGraphic', values: colourAlone(), result: 'colour' }),
    element('feComposite', {
      in: 'dusk',
      in2: 'colour',
      operator: 'arithmetic',
      k2: 1,
      k3: COLOUR,
      k4: -COLOUR / 2,
    }),
  )
  const svg = element('svg', { width: 0, height: 0, 'aria-hidden': 'true' })
  svg.style.position = 'absolute'
  svg.append(filter)
  document.body.append(svg)
}

function curve(): SVGElement {
  const transfer = element('feComponentTransfer', { result: 'dusk' })
  for (const [channel, warmth] of Object.entries(WARMTH)) {
    const tableValues = CURVE.map((value) => (value * warmth).toFixed(3)).join(' ')
    transfer.append(element(`feFunc${channel}`, { type: 'table', tableValues }))
  }
  return transfer
}

/** Each channel's distance from the brightness, around a middle grey. */
function colourAlone(): string {
  const rows = [0, 1, 2].map((row) => [
    ...WEIGHTS.map((weight, column) => (row === column ? 1 : 0) - weight),
    0,
    0.5,
  ])
  return [...rows, [0, 0, 0, 1, 0]].map((row) => row.join(' ')).join(' ')
}

function element(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value))
  return made
}
