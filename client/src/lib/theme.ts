import { createSignal } from 'solid-js'
import { isString, keep, readKept } from './storage.ts'

export type Theme = 'system' | 'light' | 'dark'
const KEY = 'bapmap.theme'

function isTheme(value: unknown): value is Theme {
  return isString(value) && ['system', 'light', 'dark'].includes(value)
}

const night = typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : undefined
const [theme, setSignal] = createSignal<Theme>(readKept(KEY, isTheme) ?? 'system')
const [systemDark, setSystemDark] = createSignal(night?.matches ?? false)
night?.addEventListener('change', (event) => setSystemDark(event.matches))

/** What the person chose. */
export { theme }

/** What is shown. */
export function isDark(): boolean {
  return theme() === 'system' ? systemDark() : theme() === 'dark'
}

export function setTheme(next: Theme): void {
  setSignal(next)
  keep(KEY, next === 'system' ? null : next)
  markTheme()
}

/** Puts the chosen theme on the document; the system's needs no mark. Called once at the start. */
export function markTheme(): void {
  if (theme() === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme()
}

const still = typeof matchMedia === 'function' ? matchMedia('(prefers-reduced-motion: reduce)') : undefined
const [reducedMotion, setReducedMotion] = createSignal(still?.matches ?? false)
still?.addEventListener('change', (event) => setReducedMotion(event.matches))
/** The person asked for less motion. */
export { reducedMotion }
