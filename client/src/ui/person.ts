import type { JSX } from 'solid-js'

/** As many as tokens.css holds. `#shared/rooms.ts` has the same figure, but brings the schemas' library into the page. */
const COLOURS = 20

/**
 * The colours of a person as custom properties: --c flag and shirt, --on the name on it, --cl frames, rings and
 * cursors. `colour` is 1 to 20 (colourOfSeat); others wrap around.
 */
export function personVars(colour: number): JSX.CSSProperties {
  const n = ((((Math.trunc(colour) - 1) % COLOURS) + COLOURS) % COLOURS) + 1
  return { '--c': `var(--p-${n})`, '--on': `var(--pt-${n})`, '--cl': `var(--p-${n}-line)` }
}
