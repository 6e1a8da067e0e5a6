import { wayAddress, wayMaps } from '../../features/votes/index.ts'
import type { Destination, WayMap } from '../../features/votes/index.ts'
import { t } from '../../lib/i18n/i18n.ts'

const LABELS = {
  kakao: 'rooms.goKakao',
  naver: 'rooms.goNaver',
  google: 'rooms.goGoogle',
  osm: 'rooms.goOsm',
} as const satisfies Record<WayMap, string>

/** 길찾기 by choice of map: each opens the way in that map's own page. */
export function directionsOf(place: Destination): { label: string; url: string }[] {
  return wayMaps.map((map) => ({ label: t(LABELS[map]), url: wayAddress(map, place) }))
}
