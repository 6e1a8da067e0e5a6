import { createSignal } from 'solid-js'
import type { Lang } from './template.ts'

const STORAGE_KEY = 'bapmap.lang'

/** Korean if the browser prefers it to English, else English. */
export function langOfBrowser(languages: readonly string[]): Lang {
  const first = languages.find((tag) => /^(ko|en)\b/i.test(tag))
  return first?.toLowerCase().startsWith('ko') ? 'ko' : 'en'
}

function storedLang(): Lang | null {
  try {
    const stored = localStorage.getItem(STORAGE_KEY)
    return stored === 'ko' || stored === 'en' ? stored : null
  } catch {
    return null // storage may be blocked: the browser's language stands
  }
}

function firstLang(): Lang {
  return storedLang() ?? langOfBrowser(globalThis.navigator?.languages ?? ['ko'])
}

const [lang, setSignal] = createSignal<Lang>(firstLang())

/** The language of all texts; reactive. */
export { lang }

/** Switches every text on the page and remembers it on this device. */
export function setLang(next: Lang): void {
  setSignal(next)
  markDocument()
  try {
    localStorage.setItem(STORAGE_KEY, next)
  } catch {
    // storage may be blocked: the choice lasts for this page
  }
}

/** Tells the document its language, for readers, hyphenation and fonts. Called once at the start. */
export function markDocument(): void {
  if (typeof document !== 'undefined') document.documentElement.lang = lang()
}
