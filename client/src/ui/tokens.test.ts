// @vitest-environment node
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

/*
 * Contrast by WCAG 2, computed from the stylesheet itself: oklch → linear sRGB (Ottosson's matrices) → relative
 * luminance. Text needs 4.5:1, controls and marks 3:1.
 */

type Theme = 'light' | 'dark'
const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')

function channels(value: string): [number, number, number] {
  const [l = 0, c = 0, h = 0] = (/oklch\(([^/)]+)/.exec(value)?.[1] ?? '')
    .trim()
    .split(/\s+/)
    .map(Number)
  return [l, c, (h * Math.PI) / 180]
}

function colourOf(token: string, theme: Theme): string {
  const value = new RegExp(`--${token}:\\s*([^;]+);`).exec(css)?.[1]
  if (!value) throw new Error(`no token --${token}`)
  const both = /^light-dark\(\s*(oklch\([^)]+\)),\s*(oklch\([^)]+\))\s*\)$/s.exec(value.trim())
  const of = both ? both[theme === 'light' ? 1 : 2] : value
  if (!of?.includes('oklch')) throw new Error(`--${token} is not in oklch: ${value}`)
  return of
}

function luminance(colour: string): number {
  const [lightness, chroma, hue] = channels(colour)
  const a = chroma * Math.cos(hue)
  const b = chroma * Math.sin(hue)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const clamp = (part: number) => Math.min(1, Math.max(0, part))
  const red = clamp(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)
  const green = clamp(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)
  const blue = clamp(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(over: string, under: string, theme: Theme): number {
  const [a, b] = [luminance(colourOf(over, theme)), luminance(colourOf(under, theme))]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

const TEXT = `
  ink: paper surface well seg m-bld
  ink-2: paper surface well-2 perilla-soft gochu-soft
  ink-3: paper surface well perilla-soft
  on-gochu: gochu gochu-press
  gochu-ink: surface gochu-soft
  perilla-ink: paper surface perilla-soft
  on-perilla: perilla
  on-ink: ink-solid
  on-num: num
  warn-ink: surface warn-soft
  ink-2: warn-soft
  danger-ink: surface danger-soft
  m-label: m-road m-block m-bld m-sand
  m-label-2: m-park
  m-label-w: m-water`
const MARKS = `
  line-strong: paper surface well perilla-soft
  gochu: surface perilla-soft
  perilla: surface perilla-soft m-block m-road plate
  num: surface m-block
  focus: paper surface m-block`

/** The ring on porcelain at night: "leading" is also told by the chip and the bold name. */
const EXCEPTION = { theme: 'dark', pair: 'perilla on plate' }

function pairs(table: string): [over: string, under: string][] {
  return table
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [over = '', unders = ''] = line.trim().split(': ')
      return unders.split(' ').map((under): [string, string] => [over, under])
    })
}

/** The pairs whose contrast is under `least`, with their figures. */
function failures(table: readonly [string, string][], theme: Theme, least: number): string[] {
  return table
    .map(([over, under]) => ({ pair: `${over} on ${under}`, ratio: contrast(over, under, theme) }))
    .filter(
      ({ pair, ratio }) => ratio < least && !(theme === EXCEPTION.theme && pair === EXCEPTION.pair),
    )
    .map(({ pair, ratio }) => `${pair}: ${ratio.toFixed(2)}`)
}

const people = Array.from({ length: 20 }, (_, at) => at + 1)
const GROUNDS = ['surface', 'm-road', 'm-block', 'm-bld', 'm-bld2', 'm-park', 'm-water', 'm-sand']

describe.each(['light', 'dark'] as const)('contrast, %s', (theme) => {
  test('of text is 4.5 at least', () => {
    expect(failures(pairs(TEXT), theme, 4.5)).toEqual([])
  })
  test('of controls and marks is 3 at least', () => {
    expect(failures(pairs(MARKS), theme, 3)).toEqual([])
  })
  test('of every name on its flag is 4.5, of every line on every ground 3', () => {
    const names = people.map((n): [string, string] => [`pt-${n}`, `p-${n}`])
    const lines = people.flatMap((n) =>
      GROUNDS.map((ground): [string, string] => [`p-${n}-line`, ground]),
    )
    expect(failures(names, theme, 4.5)).toEqual([])
    expect(failures(lines, theme, 3)).toEqual([])
  })
})

test('the computation agrees with known figures', () => {
  expect(contrast('ink', 'paper', 'light')).toBeCloseTo(14.78, 1)
  expect(contrast('on-gochu', 'gochu', 'light')).toBeCloseTo(4.72, 1)
  expect(contrast('perilla', 'plate', 'dark')).toBeCloseTo(1.49, 1)
})
