import type { Locale } from './users.ts'

/** In the order in which they come in. */
export const friendIds = ['mina', 'kkiruk', 'captain'] as const
/** A simulated friend on Bap Island. */
export type FriendId = (typeof friendIds)[number]

export const islandName: Record<Locale, string> = { ko: '밥섬', en: 'Bap Island' }

export interface FriendFace {
  name: Record<Locale, string>
  /** Drawn once by eye: a pony tail; a cap and round glasses, for a seagull; a cap and a beard. */
  portrait: string
}
export const friendFaces: Record<FriendId, FriendFace> = {
  mina: { name: { ko: '미나', en: 'Mina' }, portrait: 'mina16' },
  kkiruk: { name: { ko: '끼룩', en: 'Kkiruk' }, portrait: 'kkiruk135' },
  captain: { name: { ko: '오 선장', en: 'Captain Oh' }, portrait: 'captain292' },
}
