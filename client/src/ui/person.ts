import type { JSX } from 'solid-js'
import { PERSON_COLOURS } from '#shared/rooms.ts'

/**
 * The colours of a person as custom properties: --c flag and shirt, --on the name on it, --cl frames, rings and
 * cursors. `colour` is 1 to 20 (colourOfSeat).
 */
export function personVars(colour: number): JSX.CSSProperties {
  const n = ((Math.trunc(colour) - 1 + PERSON_COLOURS) % PERSON_COLOURS) + 1
  return { '--c': `var(--p-${n})`, '--on': `var(--pt-${n})`, '--cl': `var(--p-${n}-line)` }
}
