import { lang } from '../../lib/i18n/i18n.ts'

/** Both names of a place, the reader's script first; the second may be missing. */
export function namesOf(place: {
  name: string
  nameEn: string | null
}): [name: string, other: string | null] {
  if (place.nameEn === null || place.nameEn === place.name) return [place.name, null]
  return lang() === 'en' ? [place.nameEn, place.name] : [place.name, place.nameEn]
}
