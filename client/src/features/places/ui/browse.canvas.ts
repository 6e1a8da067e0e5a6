import * as L from 'leaflet'
import { countOf } from '../state.browse.items.ts'
import type { BrowseItem } from '../state.browse.items.ts'

export interface DotCanvasOptions {
  map: L.Map
  pane: HTMLElement
  onPick: (item: BrowseItem) => void
  /** The pointer is over it, or over none. */
  onPoint: (item: BrowseItem | null) => void
}

export interface DotCanvas {
  draw(dots: readonly Dot[]): void
  remove(): void
}

export interface Dot {
  item: BrowseItem
  /** Web Mercator: 0 to 1 from the upper left corner of the world. */
  x: number
  y: number
}

const TILE_PX = 256
const ONE_PX = 4
const MANY_PX = 8
const RIM_PX = 1.5
/** A finger or a pointer this far from a dot's middle means it. */
const REACH_PX = 12
/** So much beyond each edge is drawn too, as a share of the window: within it the canvas rides with the map and costs nothing. */
const PADDING = 0.5
const STILL_PX = 8
/** Canvas px for a CSS px, at most. */
const SHARPEST = 2

/**
 * Thousands of places as dots of one canvas. It is drawn anew when the dots change, after a zoom, and when a drag is about to leave what
 * is drawn; in between a frame costs no script.
 */
export function createDotCanvas({ map, pane, onPick, onPoint }: DotCanvasOptions): DotCanvas {
  const canvas = document.createElement('canvas')
  canvas.className = 'browse-dots leaflet-zoom-animated'
  canvas.hidden = true
  pane.append(canvas)
  const pen = canvas.getContext('2d')
  let dots: readonly Dot[] = []
  /** Of the zoom that is drawn: where the canvas begins in the world's px, and how large it is. */
  let drawn = { zoom: map.getZoom(), origin: L.point(0, 0), size: L.point(0, 0) }
  let pointed: Dot | null = null

  const redraw = (): void => {
    canvas.hidden = dots.length === 0
    if (!pen || canvas.hidden) return
    const seen = map.getSize()
    const size = seen.multiplyBy(1 + 2 * PADDING).round()
    const begins = map.containerPointToLayerPoint(seen.multiplyBy(-PADDING)).round()
    drawn = { zoom: map.getZoom(), origin: begins.add(map.getPixelOrigin()), size }
    L.DomUtil.setPosition(canvas, begins)
    const sharp = Math.min(SHARPEST, devicePixelRatio)
    if (canvas.width !== size.x * sharp || canvas.height !== size.y * sharp) {
      canvas.width = size.x * sharp
      canvas.height = size.y * sharp
      canvas.style.width = `${size.x}px`
      canvas.style.height = `${size.y}px`
    }
    pen.setTransform(sharp, 0, 0, sharp, 0, 0)
    pen.clearRect(0, 0, size.x, size.y)
    paint(pen, sharp)
  }
  const paint = (into: CanvasRenderingContext2D, sharp: number): void => {
    const world = TILE_PX * 2 ** drawn.zoom
    const { origin, size } = drawn
    const stamps = { one: stamp(map, ONE_PX, sharp), many: stamp(map, MANY_PX, sharp) }
    for (const { item, x, y } of dots) {
      const [left, top] = [x * world - origin.x, y * world - origin.y]
      if (left < 0 || top < 0 || left > size.x || top > size.y) continue
      const { picture, half } = countOf(item) > 1 ? stamps.many : stamps.one
      into.drawImage(picture, Math.round(left) - half, Math.round(top) - half, 2 * half, 2 * half)
    }
  }
  const at = (event: MouseEvent): Dot | null => {
    const { x, y } = map.mouseEventToLayerPoint(event).add(map.getPixelOrigin())
    const world = TILE_PX * 2 ** map.getZoom()
    let [found, nearest]: [Dot | null, number] = [null, REACH_PX]
    for (const dot of dots) {
      const far = Math.hypot(dot.x * world - x, dot.y * world - y)
      if (far <= nearest) [found, nearest] = [dot, far]
    }
    return found
  }
  const point = (dot: Dot | null): void => {
    if (dot?.item.id === pointed?.item.id) return
    pointed = dot
    canvas.style.cursor = dot ? 'pointer' : ''
    onPoint(dot?.item ?? null)
  }
  canvas.addEventListener('mousemove', (event) => {
    if (event.buttons === 0) point(at(event))
  })
  canvas.addEventListener('mouseleave', () => point(null))
  let pressedAt: { clientX: number; clientY: number } | null = null
  canvas.addEventListener('pointerdown', (event) => (pressedAt = event))
  canvas.addEventListener('click', (event) => {
    const dot = wasDragged(pressedAt, event) ? null : at(event)
    if (!dot) return
    L.DomEvent.stopPropagation(event)
    onPick(dot.item)
  })
  /** While the map is dragged: only when it is about to show what isn't drawn. */
  const moved = (): void => {
    if (dots.length === 0 || map.getZoom() !== drawn.zoom) return
    const from = map.containerPointToLayerPoint([0, 0]).add(map.getPixelOrigin())
    const inset = from.subtract(drawn.origin)
    const rest = drawn.size.subtract(map.getSize()).subtract(inset)
    if (Math.min(inset.x, inset.y, rest.x, rest.y) < 0) redraw()
  }
  const ended = (): void => (map.getZoom() === drawn.zoom ? moved() : redraw())
  const ride = (center: L.LatLng, zoom: number): void => {
    const scale = map.getZoomScale(zoom, drawn.zoom)
    const target = map
      .project(center, zoom)
      .subtract(map.getSize().divideBy(2))
      .add(L.DomUtil.getPosition(map.getPane('mapPane') ?? pane) ?? L.point(0, 0))
      .round()
    L.DomUtil.setTransform(canvas, drawn.origin.multiplyBy(scale).subtract(target), scale)
  }
  const events: L.LeafletEventHandlerFnMap = {
    move: moved,
    moveend: ended,
    viewreset: redraw,
    resize: redraw,
    zoom: () => ride(map.getCenter(), map.getZoom()),
    zoomanim: ({ center, zoom }) => ride(center, zoom),
  }
  map.on(events)
  const restyle = new MutationObserver(redraw)
  restyle.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  const night = matchMedia('(prefers-color-scheme: dark)')
  night.addEventListener('change', redraw)
  return {
    draw: (next) => {
      dots = next
      redraw()
    },
    remove: () => {
      map.off(events)
      restyle.disconnect()
      night.removeEventListener('change', redraw)
      canvas.remove()
    },
  }
}

/** Letting go of the map that was dragged is a click, too, for the browser. */
function wasDragged(
  from: { clientX: number; clientY: number } | null,
  to: { clientX: number; clientY: number },
): boolean {
  return !from || Math.hypot(to.clientX - from.clientX, to.clientY - from.clientY) > STILL_PX
}

/** One dot with its rim in the map's colours, for copying; a copy is cheaper than a path. */
function stamp(
  map: L.Map,
  radius: number,
  sharp: number,
): { picture: HTMLCanvasElement; half: number } {
  const style = getComputedStyle(map.getContainer())
  const half = Math.ceil(radius + RIM_PX)
  const picture = document.createElement('canvas')
  picture.width = picture.height = 2 * half * sharp
  const pen = picture.getContext('2d')
  if (pen) {
    pen.scale(sharp, sharp)
    pen.beginPath()
    pen.arc(half, half, radius, 0, 2 * Math.PI)
    pen.fillStyle = style.getPropertyValue('--m-poi')
    pen.fill()
    pen.strokeStyle = style.getPropertyValue('--m-halo')
    pen.lineWidth = RIM_PX
    pen.stroke()
  }
  return { picture, half }
}
