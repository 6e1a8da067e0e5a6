let wanted: Promise<unknown> | undefined

const KNOWN = 'bapmap.fonts'

/**
 * Brings Pretendard; again is nothing. Its parts weigh more than all the code, so the first visit shows its first picture in the system's
 * own font; later ones have it in their cache and ask at once.
 */
export function loadFonts(): void {
  wanted ??= import('./fonts.css').then(remember, () => (wanted = undefined))
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
