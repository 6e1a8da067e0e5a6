let wanted: Promise<unknown> | undefined

const KNOWN = 'bapmap.fonts'

/**
 * Brings what people write with beyond our own texts' letters, whose file comes with the page; again is nothing. On a first visit it waits
 * for the first picture; later ones have it in their cache and ask at once.
 */
export function loadFonts(): void {
  wanted ??= import('virtual:fonts/more.css').then(remember, () => (wanted = undefined))
}

function remember(): void {
  try {
    localStorage.setItem(KNOWN, '1')
  } catch {
    // Storage is blocked: each visit begins as the first one.
  }
}

/** True when an earlier visit brought them. */
export function fontsKnown(): boolean {
  try {
    return localStorage.getItem(KNOWN) !== null
  } catch {
    return false
  }
}
