import { ISLAND_CENTRE } from '#shared/demo.island.ts'
import type { FriendId } from '#shared/demo.friends.ts'
import { islandPlaces } from '#shared/demo.places.ts'
import type { LatLng } from '#shared/geo.ts'
import { distanceM } from '#shared/geo.measure.ts'
import { tastes } from './policy.friends.ts'
import { isClosed } from './policy.hours.ts'
import type { Wish } from './policy.motion.ts'
import { standing } from './policy.room.ts'
import type { RoomView } from './policy.room.ts'

/** Hands are never exact: about 12 m. */
const JITTER_DEG = 0.00011
/** Whom nobody has moved before for so long rests, and so does their pointer. */
const RESTING_STAY_MS = 25_000
const FOLLOWED_PACE = 1.9
/** Two pointers with their names stand beside each other from here on, on a map that shows the whole island. */
const APART_M = 120

export interface Mood {
  view: RoomView
  /** ms, as the server's clock has it. */
  now: number
  /** Somebody follows this friend. */
  followed: boolean
  /** Nobody did anything for a while. */
  resting: boolean
  /** Where the other friends look: names that lie on each other are read by nobody. */
  taken: readonly LatLng[]
}

/** Where a friend looks next, by themselves. */
export function nextWish(friend: FriendId, mood: Mood, random: () => number): Wish {
  const taste = tastes[friend]
  const { to, stayMs } = placeToSee(friend, mood, random)
  return {
    to: near(to, random),
    stayMs: mood.resting ? RESTING_STAY_MS * (0.7 + 0.6 * random()) : stayMs,
    pace: taste.pace * (mood.followed ? FOLLOWED_PACE : 1),
    centre: mood.followed,
  }
}

function placeToSee(
  friend: FriendId,
  { view, followed, now, taken }: Mood,
  random: () => number,
): { to: LatLng; stayMs: number } {
  const lingers = (fromMs: number, toMs: number): number =>
    (fromMs + (toMs - fromMs) * random()) * (followed ? 1.6 : 1)
  const isFree = (at: LatLng): boolean => taken.every((other) => distanceM(at, other) > APART_M)
  const candidates = standing(view).filter(isFree)
  const wanders = random() < tastes[friend].curious
  if (candidates.length > 0 && !wanders)
    return { to: pick(candidates, random) ?? ISLAND_CENTRE, stayMs: lingers(1_200, 4_500) }
  if (random() < 0.6) {
    const liked = islandPlaces.filter(
      (place) =>
        tastes[friend].likes.includes(place.sourceId) &&
        isFree(place) &&
        !isClosed(place, view, now),
    )
    return { to: pick(liked, random) ?? ISLAND_CENTRE, stayMs: lingers(900, 3_000) }
  }
  // Just looking around.
  return {
    to: pick(islandPlaces.filter(isFree), random) ?? ISLAND_CENTRE,
    stayMs: lingers(300, 1_500),
  }
}

const pick = <T>(list: readonly T[], random: () => number): T | undefined =>
  list[Math.floor(random() * list.length)]

export function near({ lat, lng }: LatLng, random: () => number): LatLng {
  return {
    lat: lat + (random() - 0.5) * 2 * JITTER_DEG,
    lng: lng + (random() - 0.5) * 2 * JITTER_DEG,
  }
}
