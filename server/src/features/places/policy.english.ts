import { islandPlaces } from '#shared/demo.places.ts'
import { ISLAND_SOURCE } from '#shared/places.ts'

const english = new Map(islandPlaces.map(({ address, addressEn }) => [address, addressEn]))

/** Only Bap Island has its addresses in both languages. */
export function addressInEnglish(source: string, address: string | null): string | null {
  return (source === ISLAND_SOURCE && address !== null && english.get(address)) || null
}
