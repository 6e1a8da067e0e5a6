import * as L from 'leaflet'
import type { Archive } from './pmtiles.ts'

/** Raster tiles out of one PMTiles file, in the pane of all raster tiles. */
export class ImageGround extends L.GridLayer {
  readonly #file: Archive
  constructor(file: Archive, options: L.GridLayerOptions) {
    super(options)
    this.#file = file
  }

  protected override createTile({ z, x, y }: L.Coords, done: L.DoneCallback): HTMLElement {
    const image = document.createElement('img')
    image.alt = ''
    this.#file
      .tile(z, x, y)
      .then(async (found) => {
        if (!found) return
        const address = URL.createObjectURL(new Blob([found]))
        image.src = address
        await image.decode().finally(() => URL.revokeObjectURL(address))
      })
      .then(
        () => done(undefined, image),
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error)), image),
      )
    return image
  }
}
