type Drill = (what: string) => Promise<void>
declare global {
  interface Window {
    bapmapDrills?: Record<string, Drill>
  }
}

/**
 * Lets a program that drives this browser break one of the page's own connections, as a bad network would. Nobody else is offered
 * it: only a driven browser says `navigator.webdriver`. Returns how to take it back.
 */
export function offerDrill(name: string, run: Drill): () => void {
  if (!navigator.webdriver) return () => undefined
  window.bapmapDrills = { ...window.bapmapDrills, [name]: run }
  return () => void delete window.bapmapDrills?.[name]
}
