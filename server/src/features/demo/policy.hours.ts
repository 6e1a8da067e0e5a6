import { friendIds } from '#shared/demo.friends.ts'
import type { FriendId } from '#shared/demo.friends.ts'
import { islandPlaces } from '#shared/demo.places.ts'
import type { IslandPlace } from '#shared/demo.places.ts'
import type { LatLng } from '#shared/geo.ts'
import { openState } from '#shared/places.hours.ts'
import { luck, tastes } from './policy.friends.ts'
import { standing } from './policy.room.ts'
import type { RoomView } from './policy.room.ts'

/** By the room's clock, which is the island's: what its cards say. Unknown hours are not closed ones. */
export function isClosed(place: { hours: string | null }, view: RoomView, now: number): boolean {
  return openState(place.hours, now, view.info.zone)?.state === 'closed'
}

/** What a friend likes, the one they would name first: mostly always the same. */
export function likedBy(friend: FriendId, seed: string): IslandPlace[] {
  const [first, second, ...others] = tastes[friend].likes.flatMap(
    (id) => islandPlaces.find(({ sourceId }) => sourceId === id) ?? [],
  )
  const turned = luck(seed, `taste:${friend}`) < 0.75 ? [first, second] : [second, first]
  return [...turned.flatMap((place) => place ?? []), ...others]
}

/**
 * What each of these friends puts forward now, no two the same: what they like, else whatever else, never what is closed, nor what
 * closes soon while something stays open. Who finds nothing is left out.
 */
export function openFor(
  friends: readonly FriendId[],
  { view, seed, now }: { view: RoomView; seed: string; now: number },
): Map<FriendId, IslandPlace> {
  const taken = new Set(standing(view).map(spotKey))
  const liked = new Set(friendIds.flatMap((friend) => tastes[friend].likes))
  const rest = islandPlaces
    .filter(({ sourceId }) => !liked.has(sourceId))
    .toSorted((a, b) => luck(seed, a.sourceId) - luck(seed, b.sourceId))
  const stateOf = ({ hours }: IslandPlace) => openState(hours, now, view.info.zone)?.state
  const found = new Map<FriendId, IslandPlace>()
  for (const friend of friends) {
    const free = [...likedBy(friend, seed), ...rest].filter((place) => !taken.has(spotKey(place)))
    const place =
      free.find((each) => stateOf(each) === 'open') ??
      free.find((each) => stateOf(each) === 'closing')
    if (!place) continue
    taken.add(spotKey(place))
    found.set(friend, place)
  }
  return found
}

const spotKey = ({ lat, lng }: LatLng): string => `${lat} ${lng}`
