import { createSignal } from 'solid-js'
import { keep, readKept } from '../storage.ts'
import type { Lang } from './template.ts'

const STORAGE_KEY = 'bapmap.lang'

/** Korean if the browser prefers it to English, else English. */
export function langOfBrowser(languages: readonly string[]): Lang {
  const first = languages.find((tag) => /^(ko|en)\b/i.test(tag))
  return first?.toLowerCase().startsWith('ko') ? 'ko' : 'en'
}

const isLang = (value: unknown): value is Lang => value === 'ko' || value === 'en'

const [lang, setSignal] = createSignal<Lang>(
  readKept(STORAGE_KEY, isLang) ?? langOfBrowser(globalThis.navigator?.languages ?? ['ko']),
)

/** The language of all texts; reactive. */
export { lang }

/** Switches every text on the page and remembers it on this device. */
export function setLang(next: Lang): void {
  setSignal(next)
  markDocument()
  keep(STORAGE_KEY, next)
}

/** Tells the document its language, for readers, hyphenation and fonts. Called once at the start. */
export function markDocument(): void {
  if (typeof document !== 'undefined') document.documentElement.lang = lang()
}
