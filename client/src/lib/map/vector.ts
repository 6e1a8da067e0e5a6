import * as L from 'leaflet'
import { Index, Labelers, paint, TileCache, View } from 'protomaps-leaflet'
import type { Bbox, IndexedLabel, PreparedTile, TileSource } from 'protomaps-leaflet'
import { onWords, wordsOn } from '../leafletWords.ts'
import { readInks } from './inks.ts'
import type { NameLang } from './names.ts'
import { nameRules } from './names.ts'
import { paintRules } from './paint.ts'
import { makeQueue } from './queue.ts'
import { toStrata } from './strata.ts'

const PANE = 'vectorGround'
const TILE_PX = 256
/** A data tile covers so many zooms of display: at 1 it is 512 px wide. */
const LEVEL_DIFF = 1
const DATA_TILE_PX = TILE_PX << LEVEL_DIFF
/** So many data tiles keep their names: the largest screen with what is kept around it. */
const NAMED_TILES = 96
/** Beyond its edge a tile paints what reaches into it: names, wide lines. */
const BUFFER_PX = 72
/** So long after a font came, in ms, names wait for the next one. */
const FONTS_MS = 400
/** Laying out names for longer than this, in ms, puts the painting off until after the next frame. */
const LAYOUT_MS = 4
/** Canvas px for a CSS px, at most: beyond, nobody sees more, and painting takes twice as long. */
const SHARPEST = 2

interface Tile {
  canvas: HTMLCanvasElement
  coords: L.Coords
  prepared?: Map<string, PreparedTile[]>
  /** Names that were left out when it was painted. */
  hidden?: ReadonlySet<IndexedLabel>
  done?: () => void
}

/**
 * Paints vector tiles in the product's own map style. `source` yields features in the current Protomaps schema, in the older one with
 * `pmap:kind`, or of an invented world (strata.ts names its kinds), with coordinates in px of a tile `tileSize` wide. Theme and
 * language are the document's: the ground follows both by itself until it is removed from the map. Closer than `maxDataZoom` its tiles are
 * shown larger.
 */
export function makeVectorGround(map: L.Map, source: TileSource, maxDataZoom: number): L.GridLayer {
  const pane = map.getPane(PANE) ?? map.createPane(PANE)
  pane.style.zIndex = '200'
  return new VectorGround(source, maxDataZoom, {
    pane: PANE,
    noWrap: true,
    maxZoom: map.getMaxZoom(),
    keepBuffer: 1,
  })
}

const langOfDocument = (): NameLang => (document.documentElement.lang === 'en' ? 'en' : 'ko')

class VectorGround extends L.GridLayer {
  readonly #view: View
  readonly #tiles = new Set<Tile>()
  readonly #queue = makeQueue<Tile>((tile) => this.#paint(tile))
  readonly #night = matchMedia('(prefers-color-scheme: dark)')
  readonly #documentWatch = new MutationObserver(() => this.#restyle())
  readonly #pen = document.createElement('canvas').getContext('2d')
  readonly #rules = paintRules(() => this.#inks)
  #inks = readInks(document.body)
  #labelers: Labelers | undefined
  #offWords: (() => void) | undefined
  #fontsLater: ReturnType<typeof setTimeout> | undefined

  constructor(source: TileSource, maxDataZoom: number, options: L.GridLayerOptions) {
    super(options)
    this.#view = new View(new TileCache(toStrata(source), DATA_TILE_PX), maxDataZoom, LEVEL_DIFF)
    this.on('tileunload', ({ tile }: L.TileEvent) => this.#forget(tile))
  }

  override onAdd(map: L.Map): this {
    super.onAdd(map)
    this.#restyle()
    this.#documentWatch.observe(document.documentElement, {
      attributeFilter: ['lang', 'data-theme'],
    })
    this.#night.addEventListener('change', this.#restyle)
    document.fonts.addEventListener('loadingdone', this.#onFonts)
    this.#offWords = onWords(map, this.#giveWay)
    return this
  }

  override onRemove(map: L.Map): this {
    this.#documentWatch.disconnect()
    this.#night.removeEventListener('change', this.#restyle)
    document.fonts.removeEventListener('loadingdone', this.#onFonts)
    this.#offWords?.()
    clearTimeout(this.#fontsLater)
    this.#queue.clear()
    return super.onRemove(map)
  }

  protected override createTile(coords: L.Coords, done: L.DoneCallback): HTMLElement {
    const canvas = document.createElement('canvas')
    const tile: Tile = { canvas, coords, done: () => done(undefined, canvas) }
    this.#tiles.add(tile)
    this.#view.getDisplayTile(coords).then(
      (prepared) => {
        tile.prepared = new Map([['', [prepared]]])
        if (this.#tiles.has(tile)) this.#queue.add(tile, this.#distance(coords))
      },
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error)), canvas),
    )
    return canvas
  }

  /** Tiles in the middle of the view come first. */
  #distance(coords: L.Coords): number {
    const map = this._map
    if (coords.z !== map.getZoom()) return Infinity
    const middle = map.project(map.getCenter(), coords.z).divideBy(TILE_PX)
    return middle.distanceTo(coords.add(L.point(0.5, 0.5)))
  }

  #forget(canvas: HTMLElement): void {
    for (const tile of this.#tiles) {
      if (tile.canvas !== canvas) continue
      this.#tiles.delete(tile)
      this.#queue.drop(tile)
      // Safari keeps the pixels of canvases that are gone, until there are too many.
      tile.canvas.width = tile.canvas.height = 0
    }
  }

  /** Colours, language or fonts changed: names are laid out anew, and every tile keeps its picture until it has the new one. */
  readonly #restyle = (): void => {
    const near = this._map.getContainer()
    this.#inks = readInks(near)
    const rules = nameRules({
      inks: () => this.#inks,
      lang: langOfDocument(),
      family: getComputedStyle(near).fontFamily,
    })
    if (this.#pen)
      this.#labelers = new Labelers(this.#pen, rules, NAMED_TILES, (keys) => this.#renew(keys))
    this.#renew()
  }

  /** Letters come in several files, one soon after the other. */
  readonly #onFonts = (): void => {
    clearTimeout(this.#fontsLater)
    this.#fontsLater = setTimeout(this.#restyle, FONTS_MS)
  }

  /** Names of ours came or went: tiles are painted again whose own names now stand under some, or no longer do. */
  readonly #giveWay = (): void => {
    for (const tile of this.#tiles) {
      if (!tile.hidden || tile.coords.z !== this._map.getZoom()) continue
      const now = this.#hiddenIn(reachOf(tile.coords), tile.coords.z)
      const { hidden } = tile
      if (now.size !== hidden.size || [...now].some((label) => !hidden.has(label)))
        this.#queue.add(tile, this.#distance(tile.coords))
    }
  }

  /** Names of the ground that stand under names of ours. */
  #hiddenIn(reach: Bbox, zoom: number): Set<IndexedLabel> {
    const words = wordsOn(this._map)
    const names = this.#labelers?.getIndex(zoom)
    const hidden = new Set<IndexedLabel>()
    if (words?.zoom !== zoom || !names) return hidden
    for (const { left, top, right, bottom } of words.boxes) {
      const box = { minX: left, minY: top, maxX: right, maxY: bottom }
      if (box.maxX < reach.minX || box.minX > reach.maxX) continue
      for (const label of names.searchBbox(box, Infinity)) hidden.add(label)
    }
    return hidden
  }

  /** Paints again the tiles of these keys (`x:y:z`), or all. */
  #renew(keys?: ReadonlySet<string>): void {
    for (const tile of this.#tiles) {
      const { x, y, z } = tile.coords
      if (tile.prepared && (!keys || keys.has(`${x}:${y}:${z}`)))
        this.#queue.add(tile, this.#distance(tile.coords))
    }
  }

  #paint(tile: Tile): void {
    const { canvas, coords, prepared, done } = tile
    const [data] = prepared?.get('') ?? []
    if (!prepared || !data || !this.#labelers) return
    // Where names stand is found for all tiles of this data at once: that alone fills a slot.
    if (this.#labelers.add(coords.z, prepared) > LAYOUT_MS)
      return this.#queue.add(tile, this.#distance(coords))
    const side = Math.ceil(TILE_PX * Math.min(window.devicePixelRatio, SHARPEST))
    if (canvas.width !== side) canvas.width = canvas.height = side
    const ctx = canvas.getContext('2d', { alpha: false })
    if (!ctx) return
    ctx.setTransform(side / TILE_PX, 0, 0, side / TILE_PX, 0, 0)
    // Outside of what the source covers there is neither land nor sea: plain ground.
    ctx.fillStyle = data.data.size > 0 ? this.#inks.water : this.#inks.block
    ctx.globalAlpha = 1
    ctx.fillRect(0, 0, TILE_PX, TILE_PX)
    const origin = Object.assign(data.origin.clone(), {
      x: TILE_PX * coords.x,
      y: TILE_PX * coords.y,
    })
    const reach = reachOf(coords)
    tile.hidden = this.#hiddenIn(reach, coords.z)
    const names = withoutNames(this.#labelers.getIndex(coords.z), tile.hidden)
    paint(ctx, coords.z, prepared, names, this.#rules, reach, origin, false)
    done?.()
  }
}

/** What a tile paints, in px of the world at its zoom. */
const reachOf = ({ x, y }: L.Coords): Bbox => ({
  minX: TILE_PX * x - BUFFER_PX,
  minY: TILE_PX * y - BUFFER_PX,
  maxX: TILE_PX * (x + 1) + BUFFER_PX,
  maxY: TILE_PX * (y + 1) + BUFFER_PX,
})

/** The same names but these, for one painting. */
function withoutNames(names: Index | undefined, hidden: ReadonlySet<IndexedLabel>): Index | null {
  if (!names) return null
  const rest = new Index(names.dim, names.maxLabeledTiles)
  rest.searchBbox = (box, order) =>
    new Set([...names.searchBbox(box, order)].filter((label) => !hidden.has(label)))
  return rest
}
