/** What had the focus is gone from the page: a keyboard would begin at its top again. */
export const isFocusLost = (): boolean =>
  document.activeElement === null || document.activeElement === document.body

/** The page's main has the focus, and so what is reached next by keyboard is in it. */
export function focusMain(): void {
  const main = document.querySelector<HTMLElement>('main')
  if (!main) return
  main.tabIndex = -1
  main.focus({ preventScroll: true })
}

const COMES_WITHIN_MS = 10_000

/**
 * Pages come in parts, and each that goes may take the focus with it: until the person does something, at most ten seconds, main has it
 * whenever it is lost. The answer ends that.
 */
export function holdFocusInMain(): () => void {
  const end = new AbortController()
  const look = (): void => void (isFocusLost() && focusMain())
  const observer = new MutationObserver(look)
  observer.observe(document.body, { childList: true, subtree: true })
  const timer = window.setTimeout(() => end.abort(), COMES_WITHIN_MS)
  end.signal.addEventListener('abort', () => {
    observer.disconnect()
    window.clearTimeout(timer)
  })
  for (const type of ['keydown', 'pointerdown'])
    document.addEventListener(type, () => end.abort(), { signal: end.signal, capture: true })
  look()
  return () => end.abort()
}
