import { CenteredTextSymbolizer, Padding } from 'protomaps-leaflet'
import type { Feature, LabelRule, LabelSymbolizer } from 'protomaps-leaflet'
import type { Inks } from './inks.ts'
import { RoadName } from './names.roads.ts'
import { drawHouse, drawLight, drawStop, Marked, Once } from './names.symbols.ts'
import type { Stratum, Tags } from './strata.ts'

export type NameLang = 'ko' | 'en'

export interface NameStyle {
  inks: () => Inks
  lang: NameLang
  /** Font families as in CSS. */
  family: string
}

const HANGUL = /\p{Script=Hangul}/u

/** Under which tag the name in the reader's language stands. What is written on the spot stands in for what nobody translated. */
export function nameKeyOf(tags: Tags, lang: NameLang): string {
  if (lang === 'en') return tags['name:en'] ? 'name:en' : 'name'
  if (tags['name:ko']) return 'name:ko'
  if (HANGUL.test(typeof tags.name === 'string' ? tags.name : '')) return 'name'
  return tags['name:en'] ? 'name:en' : 'name'
}

type Ink = 'label' | 'label-2' | 'label-w'

const HALO_PX = 3
/** Landmarks stand apart: places with their own names are between them. */
const LANDMARK_AIR_PX = 32
const LANE_AIR_PX = 9

interface Look {
  size: number | ((zoom: number) => number)
  weight?: number
  ink?: Ink
  maxChars?: number
}

/** What is named, the most important first: later names give way. Food is not named here: places do that themselves, with dishes and dots. */
export function nameRules(style: NameStyle): LabelRule[] {
  const lettering = ({ size, weight = 520, ink = 'label' }: Look) => ({
    fill: () => style.inks()[ink],
    stroke: () => style.inks().halo,
    labelProps: (_zoom: number, feature?: Feature) => [nameKeyOf(feature?.props ?? {}, style.lang)],
    fontFamily: style.family,
    fontSize: size,
    fontWeight: weight,
  })
  const spot = (look: Look): LabelSymbolizer =>
    new CenteredTextSymbolizer({
      ...lettering(look),
      width: HALO_PX / 2,
      lineHeight: 1.35,
      maxLineChars: look.maxChars ?? 16,
    })
  const nameOf = (tags: Tags): string => String(tags[nameKeyOf(tags, style.lang)])
  const along = (sizePx: number, ink: Ink, repeatPx: number): LabelSymbolizer =>
    new RoadName({
      nameOf,
      font: `520 ${sizePx}px ${style.family}`,
      sizePx,
      fill: () => style.inks()[ink],
      halo: () => style.inks().halo,
      haloPx: HALO_PX,
      repeatPx,
    })
  const lane = (size: number): LabelSymbolizer =>
    new Padding(LANE_AIR_PX, along(size, 'label', 600))
  const road = (size: number): LabelSymbolizer => along(size, 'label', 380)
  const once = (look: Look, distancePx = 400): Once => new Once(spot(look), distancePx, nameOf)
  const rule = (
    dataLayer: Stratum,
    symbolizer: LabelSymbolizer,
    minzoom: number,
    maxzoom?: number,
  ): LabelRule => ({
    dataLayer,
    symbolizer,
    minzoom,
    maxzoom,
    filter: (zoom, { props }) =>
      Boolean(props.name) && zoom >= Number(props['min_zoom'] ?? props['pmap:min_zoom'] ?? 0),
  })
  const { inks } = style
  return [
    rule('country', once({ size: 13, weight: 640 }), 2, 6),
    rule('city', once({ size: (zoom) => (zoom < 9 ? 12 : 15), weight: 640 }), 4, 13),
    rule('region', once({ size: 11.5 }), 5, 8),
    rule('town', once({ size: 12.5, weight: 600 }), 9, 14),
    rule('peak', once({ size: 11.5, ink: 'label-2', maxChars: 24 }), 13),
    rule('lighthouse', new Marked(spot({ size: 11 }), 11, drawLight(inks)), 14),
    rule('station', new Marked(spot({ size: 11, weight: 600 }), 8, drawHouse(inks)), 14),
    rule('quarter', once({ size: (zoom) => (zoom < 15 ? 11.5 : 12.5), weight: 600 }), 12, 15),
    rule('village', once({ size: 11.5 }), 12, 16),
    rule('waterName', once({ size: 11.5, ink: 'label-w' }), 8),
    rule('stream', along(11, 'label-w', 500), 13),
    rule('major', road(11), 14),
    rule('motorway', road(11), 14),
    rule('medium', road(11), 15),
    rule('parkName', once({ size: 11, ink: 'label-2' }, 900), 15),
    rule('stop', new Marked(spot({ size: 10.5 }), 9, drawStop(inks)), 15),
    rule('minor', lane(10.5), 16),
    rule('landmark', new Padding(LANDMARK_AIR_PX, once({ size: 10.5, maxChars: 18 })), 17),
    rule('service', lane(10.5), 17),
    rule('path', lane(10.5), 18),
  ]
}
