import { t } from '../../lib/i18n/i18n.ts'

/** 길찾기 by choice of map: each opens the place in that map's own page. */
export function directionsOf(place: {
  name: string
  lat: number
  lng: number
}): { label: string; url: string }[] {
  const name = encodeURIComponent(place.name)
  const { lat, lng } = place
  return [
    { label: t('rooms.goKakao'), url: `https://map.kakao.com/link/to/${name},${lat},${lng}` },
    {
      label: t('rooms.goNaver'),
      url: `https://map.naver.com/p/directions/-/${lng},${lat},${name}/-/walk`,
    },
    {
      label: t('rooms.goGoogle'),
      url: `https://www.google.com/maps/dir/?api=1&destination=${lat},${lng}&travelmode=walking`,
    },
    { label: t('rooms.goOsm'), url: `https://www.openstreetmap.org/directions?to=${lat}%2C${lng}` },
  ]
}
