import * as L from 'leaflet'

/** px of a map's container, or of the world at a zoom. */
export interface Box {
  left: number
  right: number
  top: number
  bottom: number
}
export interface WordsOnMap {
  zoom: number
  /** px of the world at that zoom. */
  boxes: readonly Box[]
}

const TOLD = 'bm-words'
const told = new WeakMap<L.Map, WordsOnMap>()

/** Says where names of ours stand (px of the map's container): the ground's own give way there, if it can paint without them. */
export function tellWords(map: L.Map, boxes: readonly Box[]): void {
  const from = map.getPixelBounds().getTopLeft()
  const ofWorld = boxes.map(({ left, right, top, bottom }) => ({
    left: left + from.x,
    right: right + from.x,
    top: top + from.y,
    bottom: bottom + from.y,
  }))
  told.set(map, { zoom: map.getZoom(), boxes: ofWorld })
  map.fire(TOLD)
}

export const wordsOn = (map: L.Map): WordsOnMap | undefined => told.get(map)

export function onWords(map: L.Map, listener: () => void): () => void {
  map.on(TOLD, listener)
  return () => map.off(TOLD, listener)
}

export const meets = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
