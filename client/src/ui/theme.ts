import { createSignal } from 'solid-js'
import { keep, readKept } from '../lib/storage.ts'

const STORAGE_KEY = 'bapmap.theme'

/** `system` follows the device. */
export type Theme = 'system' | 'light' | 'dark'

const isTheme = (value: unknown): value is Theme =>
  value === 'system' || value === 'light' || value === 'dark'

const [theme, setSignal] = createSignal<Theme>(readKept(STORAGE_KEY, isTheme) ?? 'system')
/** What the person chose. */
export { theme }

const night =
  typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : undefined
const [systemDark, setSystemDark] = createSignal(night?.matches ?? false)
night?.addEventListener('change', (event) => setSystemDark(event.matches))

/** Whether the dark theme is what shows. */
export function isDark(): boolean {
  return theme() === 'system' ? systemDark() : theme() === 'dark'
}

/** --paper in sRGB, for the browser's own bars, which don't read custom properties. */
const BARS = { light: '#f7f3ed', dark: '#1b1714' } as const

/** Puts the theme on the document and on the browser's own bars. Called once at the start. */
export function applyTheme(): void {
  const chosen = theme()
  const root = document.documentElement
  if (chosen === 'system') delete root.dataset.theme
  else root.dataset.theme = chosen
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    const ofSystem = meta.media.includes('dark') ? 'dark' : 'light'
    meta.content = BARS[chosen === 'system' ? ofSystem : chosen]
  }
}

/** Chooses the theme and remembers it on this device. */
export function setTheme(next: Theme): void {
  setSignal(next)
  applyTheme()
  keep(STORAGE_KEY, next)
}
