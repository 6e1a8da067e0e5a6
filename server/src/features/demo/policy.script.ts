import { friendIds } from '#shared/demo.friends.ts'
import type { FriendId } from '#shared/demo.friends.ts'
import { islandPlaces } from '#shared/demo.places.ts'
import type { LatLng } from '#shared/geo.ts'
import type { Candidate, Seat } from '#shared/rooms.ts'
import { between, luck } from './policy.friends.ts'
import { isClosed, likedBy, openFor } from './policy.hours.ts'
import { lineOf, pingWords } from './policy.lines.ts'
import type { LineFacts, Topic } from './policy.lines.ts'
import { isPerson, openRound, standing } from './policy.room.ts'
import type { RoomView } from './policy.room.ts'

export type Act =
  | { kind: 'enter' }
  | { kind: 'say'; text: string }
  /** A place by the island's own id. */
  | { kind: 'propose'; sourceId: string }
  | { kind: 'choose'; roundId: string; number: number }
  | { kind: 'look'; at: LatLng; stayMs: number }
  | { kind: 'ping'; at: LatLng; words: string }

/** What a friend will do. `key` names it for good in this room: it is done once, whichever server does it. */
export interface Planned {
  key: string
  friend: FriendId
  afterMs: number
  act: Act
}

export interface Scene {
  /** The room's id: every chance is drawn from it. */
  seed: string
  view: RoomView
  /** Friends who are inside, with their seats. */
  seats: ReadonlyMap<FriendId, Seat>
  /** Done, or about to be. */
  isDone(key: string): boolean
  /** ms, as the server's clock has it. */
  now: number
}

export const planner = (scene: Scene) => {
  const { seed, view } = scene
  return {
    after: (key: string, fromMs: number, toMs: number): number =>
      Math.round(between(seed, `${key} after`, fromMs, toMs)),
    say: (
      friend: FriendId,
      topic: Topic,
      key: string,
      afterMs: number,
      facts: LineFacts = {},
    ): Planned => ({
      key: `say:${key}`,
      friend,
      afterMs,
      act: {
        kind: 'say',
        text: lineOf({ topic, friend, locale: view.info.locale }, facts, { seed, key }),
      },
    }),
  }
}

/** The name on the sign and the dish it is known for, in the room's language. */
export function factsOf(view: RoomView, candidate: Candidate): LineFacts {
  const place = islandPlaces.find(
    ({ lat, lng }) => Math.abs(lat - candidate.lat) < 1e-5 && Math.abs(lng - candidate.lng) < 1e-5,
  )
  const dish = place?.menus[0]
  return {
    place: candidate.name,
    number: candidate.number,
    dish: view.info.locale === 'en' ? dish?.nameEn : dish?.name,
  }
}

/** The candidate that a friend put forward and that still stands. */
export function ownOf(scene: Scene, friend: FriendId): Candidate | undefined {
  const seat = scene.seats.get(friend)
  return standing(scene.view).find((each) => each.proposerSeat === seat)
}

/** When each comes in, and when each puts a place forward, ms after the friends woke. */
const ENTER_MS: Record<FriendId, [number, number]> = {
  mina: [300, 700],
  kkiruk: [1_600, 2_400],
  captain: [3_000, 4_000],
}
const PROPOSE_MS: Record<FriendId, [number, number]> = {
  captain: [1_800, 2_600],
  mina: [4_500, 6_000],
  kkiruk: [6_500, 8_500],
}

/**
 * What each friend still has to do as the room is now, whatever came before: asked again after every change and by every server that
 * takes over. What is done or planned is left out by its key.
 */
export function duties(scene: Scene): Planned[] {
  if (scene.view.info.closedAt !== null) return []
  return friendIds
    .flatMap((friend) =>
      scene.seats.has(friend)
        ? [...greeting(scene, friend), ...proposal(scene, friend), ...choice(scene, friend)]
        : [enter(scene, friend)],
    )
    .concat(asking(scene))
    .filter(({ key }) => !scene.isDone(key))
}

function enter(scene: Scene, friend: FriendId): Planned {
  const key = `enter:${friend}`
  return {
    key,
    friend,
    afterMs: planner(scene).after(key, ...ENTER_MS[friend]),
    act: { kind: 'enter' },
  }
}

function greeting(scene: Scene, friend: FriendId): Planned[] {
  const { after, say } = planner(scene)
  const key = `hello:${friend}`
  return [say(friend, 'hello', key, after(key, 900, 1_800))]
}

function proposal(scene: Scene, friend: FriendId): Planned[] {
  const { view, seed, seats } = scene
  if (view.round?.kind === 'runoff' && openRound(view)) return []
  const { after, say } = planner(scene)
  const mine = [...view.candidates.values()].filter(
    ({ proposerSeat }) => proposerSeat === seats.get(friend),
  )
  const [own] = mine
  if (own) {
    const key = `proposed:${friend}`
    // A line about it only while it is fresh: nobody explains an old place.
    if (scene.now - own.addedAt > 10_000 || own.withdrawnAt !== null) return []
    const shown: Planned = {
      key: `show:${friend}`,
      friend,
      afterMs: after(`show:${friend}`, 2_500, 3_500),
      act: { kind: 'ping', at: own, words: pingWords[view.info.locale] },
    }
    const topic = proposedTopic(scene, friend, own)
    const said = say(friend, topic, key, after(key, 300, 1_000), factsOf(view, own))
    if (friend === 'mina') return [said, shown]
    // Six lines in the first seconds are too many to read: of the other two, one explains.
    const explains = luck(seed, 'explains') < 0.5 ? 'kkiruk' : 'captain'
    return friend === explains ? [said] : []
  }
  const waiting = friendIds.filter((each) => {
    const seat = seats.get(each)
    return ![...view.candidates.values()].some(({ proposerSeat }) => proposerSeat === seat)
  })
  const place = openFor(waiting, scene).get(friend)
  // Whoever would have named one says so, once for all.
  if (!place) return [say(friend, 'asleep', 'asleep', after('asleep', ...PROPOSE_MS[friend]))]
  const key = `propose:${friend}`
  return [
    {
      key,
      friend,
      afterMs: after(key, ...PROPOSE_MS[friend]),
      act: { kind: 'propose', sourceId: place.sourceId },
    },
  ]
}

/** Who would have named another one tells why they didn't. */
function proposedTopic({ view, seed, now }: Scene, friend: FriendId, own: Candidate): Topic {
  const [first] = likedBy(friend, seed)
  if (!first || (first.lat === own.lat && first.lng === own.lng)) return 'proposed'
  return isClosed(first, view, now) ? 'insteadOf' : 'proposed'
}

/** The visitor, who opened the room: whom everybody waits for. */
export const visitorSeat = ({ view }: Scene): Seat | null =>
  isPerson(view, view.info.hostSeat) ? view.info.hostSeat : null

/** Before the deadline comes, whoever waited chooses by themselves. */
const LAST_MOMENT_MS = 12_000

/**
 * Two choose soon, after their own taste; the third waits for the visitor and sits down beside them. So the visitor's choice counts, and
 * by quorum nothing ends without it.
 */
function choice(scene: Scene, friend: FriendId): Planned[] {
  const round = openRound(scene.view)
  const seat = scene.seats.get(friend)
  if (!round || seat === undefined || round.ticked.includes(seat)) return []
  const { after, say } = planner(scene)
  const key = `choose:${round.id}:${friend}`
  const choose = (number: number, afterMs: number): Planned => ({
    key,
    friend,
    afterMs,
    act: { kind: 'choose', roundId: round.id, number },
  })
  const own = favourite(scene, friend, round.tied)
  if (friend !== 'kkiruk')
    return own === null ? [] : [choose(own, after(key, ...CHOOSE_MS[friend]))]
  const visitor = visitorSeat(scene)
  const theirs = visitor === null ? undefined : lastChoice(scene, visitor)
  if (visitor !== null && round.ticked.includes(visitor)) {
    const number = theirs ?? own
    if (number === null) return []
    const chosen = choose(number, after(key, 2_300, 3_000))
    return theirs === undefined
      ? [chosen]
      : [chosen, say(friend, 'last', `last:${round.id}`, chosen.afterMs + 900, { number })]
  }
  const left = round.deadlineAt - LAST_MOMENT_MS - scene.now
  return own === null ? [] : [choose(own, Math.max(after(key, 500, 1_500), left))]
}
const CHOOSE_MS: Record<Exclude<FriendId, 'kkiruk'>, [number, number]> = {
  captain: [2_000, 3_200],
  mina: [4_000, 5_500],
}

/** Own place first; else one that fits the taste; else the first. Null when nothing stands. */
export function favourite(
  scene: Scene,
  friend: FriendId,
  tied: readonly number[] | null,
): number | null {
  const open = standing(scene.view).filter(({ number }) => tied?.includes(number) ?? true)
  const own = ownOf(scene, friend)
  if (own && open.includes(own)) return own.number
  const index = Math.floor(between(scene.seed, `taste:${friend}:${open.length}`, 0, open.length))
  return open[index]?.number ?? null
}

/** Of several, the one that most sit down at already. */
export function lastChoice({ view }: Scene, visitor: Seat): number | undefined {
  const chosen = (openRound(view)?.chosen ?? []).filter(([, seats]) => seats.includes(visitor))
  return chosen.toSorted((a, b) => b[1].length - a[1].length || a[0] - b[0])[0]?.[0]
}

/** "Shall we choose?", once there is something of the visitor's to choose from. The visitor starts, or doesn't. */
function asking(scene: Scene): Planned[] {
  const { view } = scene
  const visitor = visitorSeat(scene)
  const theirs = standing(view).some(({ proposerSeat }) => proposerSeat === visitor)
  if (!theirs || view.round || standing(view).length < 3 || !scene.seats.has('mina')) return []
  const { after, say } = planner(scene)
  return [say('mina', 'ask', 'ask', after('ask', 6_000, 8_000))]
}
