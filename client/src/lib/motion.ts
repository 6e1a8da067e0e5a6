import { createSignal } from 'solid-js'

const still =
  typeof matchMedia === 'function' ? matchMedia('(prefers-reduced-motion: reduce)') : undefined
const [reducedMotion, setReducedMotion] = createSignal(still?.matches ?? false)
still?.addEventListener('change', (event) => setReducedMotion(event.matches))

/** The person asked for less motion; reactive, and known outside of components too. */
export { reducedMotion }
