import type * as L from 'leaflet'
import type { Box } from './boxes.ts'

/** Where names of ours stand, in px of the world at a zoom. */
export interface WordsOnMap {
  zoom: number
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
