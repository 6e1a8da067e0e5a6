import type { FriendId } from '#shared/demo.friends.ts'

/** What a friend likes, by the island's own ids, best first; and how they move. */
interface Taste {
  likes: readonly string[]
  /** 1: as fast as most; more is slower. */
  pace: number
  /** How often they look at something else than the candidates, of 1. */
  curious: number
}
export const tastes: Record<FriendId, Taste> = {
  mina: {
    likes: ['wave-snacks', 'jump-rope-tteokbokki', 'hill-bakery', 'north-dessert'],
    pace: 0.9,
    curious: 0.3,
  },
  // A seagull: quick, and easily led away.
  kkiruk: {
    likes: ['gull-sushi', 'pier-sashimi', 'picnic-gimbap', 'anchor-burger'],
    pace: 0.7,
    curious: 0.6,
  },
  captain: {
    likes: ['lighthouse-gukbap', 'clam-noodles', 'captain-grill', 'sot-bap'],
    pace: 1.4,
    curious: 0.15,
  },
}

const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193

/** Chance by name (32-bit FNV-1a, mixed as in MurmurHash3): 0 up to 1, the same for the same room and key on every server. */
export function luck(seed: string, key: string): number {
  let hash = FNV_OFFSET
  for (const char of `${seed} ${key}`)
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), FNV_PRIME)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}

export function between(seed: string, key: string, from: number, to: number): number {
  return from + luck(seed, key) * (to - from)
}

export function oneOf<T>(seed: string, key: string, list: readonly [T, ...T[]]): T {
  return list[Math.floor(luck(seed, key) * list.length)] ?? list[0]
}
