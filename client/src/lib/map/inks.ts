/** Colours of the ground, by the name of their token (`--m-road`). */
const NAMES = [
  'road',
  'case',
  'block',
  'bld',
  'bld2',
  'school',
  'park',
  'tree',
  'water',
  'bank',
  'market',
  'label',
  'label-2',
  'label-w',
  'halo',
  'poi',
  'coast',
  'sand',
  'pier',
  'contour',
] as const

/** What canvases take as a colour: the tokens themselves are `light-dark()` and no colour yet. */
export type Inks = Record<(typeof NAMES)[number], string> & {
  mark: string
  onMark: string
  cabin: string
}

/** Reads the tokens as they are in force for `near`, once for each painting of the whole ground. */
export function readInks(near: HTMLElement): Inks {
  const probe = document.createElement('i')
  probe.hidden = true
  // The ground is a picture: readers' own colours are for words and controls.
  probe.style.forcedColorAdjust = 'none'
  near.append(probe)
  const read = (token: string): string => {
    probe.style.color = `var(${token})`
    return getComputedStyle(probe).color
  }
  const inks = Object.fromEntries(NAMES.map((name) => [name, read(`--m-${name}`)]))
  const more = { mark: read('--ink-2'), onMark: read('--surface'), cabin: read('--gochu') }
  probe.remove()
  return { ...(inks as Record<(typeof NAMES)[number], string>), ...more }
}
