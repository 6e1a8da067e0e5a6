import type { LatLng } from './geo.ts'

/** A record as comparing sees it. */
export interface TwinRecord extends LatLng {
  id: string
  source: string
  name: string
  nameEn: string | null
  brand: string | null
  phone: string | null
  /** ms since the epoch: when it was last written. */
  importedAt: number
  /** The record that it is linked to now. */
  sameAs: string | null
}

/** Pairs worth a look, as ids. */
export type TwinPair = readonly [string, string]
