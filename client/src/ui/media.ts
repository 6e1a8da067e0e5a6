import { createSignal, onCleanup } from 'solid-js'

/** Whether a media query holds; reactive, owned by the caller's component. */
export function createMedia(query: string): () => boolean {
  const media = window.matchMedia(query)
  const [holds, setHolds] = createSignal(media.matches)
  const listen = (event: MediaQueryListEvent) => setHolds(event.matches)
  media.addEventListener('change', listen)
  onCleanup(() => media.removeEventListener('change', listen))
  return holds
}

/** From here the sheet is a left panel. */
export const TABLET = '(min-width: 820px)'
/** From here the panel is 400 wide, the chat stands beside the map, and names stand under portraits. */
export const DESK = '(min-width: 1280px)'
/** A phone held sideways: the sheet is a left panel of 320 px. */
export const SIDEWAYS = '(orientation: landscape) and (max-height: 500px)'
