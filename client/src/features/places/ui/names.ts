import { lang } from '../../../lib/i18n/i18n.ts'

interface Named {
  name: string
  nameEn: string | null
}

/** What a place is called on the reader's map. */
export const signOf = (place: Named): string => namesOf(place)[0]

/** Its dish and its address, in the reader's language where the source tells them so. */
export const dishNameOf = (place: { menu: string | null; menuEn?: string | null }): string | null =>
  (lang() === 'en' && place.menuEn) || place.menu
export const addressOf = (place: {
  address: string | null
  addressEn?: string | null
}): string | null => (lang() === 'en' && place.addressEn) || place.address

/** Both names of a place, the reader's script first; the second may be missing. */
export function namesOf(place: Named): [name: string, other: string | null] {
  if (place.nameEn === null || place.nameEn === place.name) return [place.name, null]
  return lang() === 'en' ? [place.nameEn, place.name] : [place.name, place.nameEn]
}
