import { friendIds } from '#shared/demo.friends.ts'
import type { FriendId } from '#shared/demo.friends.ts'
import type { LatLng } from '#shared/geo.ts'
import { distanceM } from '#shared/geo.measure.ts'
import type { Candidate, Seat } from '#shared/rooms.ts'
import { between, luck, oneOf } from './policy.friends.ts'
import { isClosed } from './policy.hours.ts'
import { topicOfMessage } from './policy.lines.ts'
import { chosenBy, openRound, standing } from './policy.room.ts'
import type { News } from './policy.room.ts'
import { factsOf, lastChoice, ownOf, planner, visitorSeat } from './policy.script.ts'
import type { Planned, Scene } from './policy.script.ts'

export interface Around extends Scene {
  /** Where each friend's pointer is. */
  at: ReadonlyMap<FriendId, LatLng>
}

/** What friends do because of what just happened; what is done already is left out by its key. */
export function reactions(scene: Around, news: News): Planned[] {
  return react(scene, news).filter(
    ({ key, friend }) => !scene.isDone(key) && scene.seats.has(friend),
  )
}

/**
 * What was planned before this happened and must be thought over: who waited for the visitor waits again, and nobody
 * puts forward what the visitor just did.
 */
export function isStale(news: News, key: string): boolean {
  if (news.kind === 'chose') return /^(choose:.+:kkiruk|join:.+|say:(last|joined):.+)$/.test(key)
  if (news.kind === 'candidate') return key.startsWith('propose:')
  return news.kind === 'round' && key === 'say:ask'
}

function react(scene: Around, news: News): Planned[] {
  switch (news.kind) {
    case 'candidate':
      return onCandidate(scene, news.number)
    case 'ping':
      return onPing(scene, news.at)
    case 'come':
      return onCome(scene, news.at)
    case 'followed':
      return onFollowed(scene, news.leader)
    case 'said':
      return onSaid(scene, news.seq, news.body)
    case 'round':
      return onRound(scene)
    case 'chose':
      return onChose(scene)
    case 'closed':
      return onClosed(scene)
    case 'idle':
      return onIdle(scene, news.forMs)
    case 'woke':
    case 'changed':
      return []
  }
}

const look = (friend: FriendId, key: string, at: LatLng, afterMs: number): Planned => ({
  key: `look:${key}:${friend}`,
  friend,
  afterMs,
  act: { kind: 'look', at, stayMs: 3_500 },
})

/** Somebody looks at it and says something kind; somebody else passes by. In an open round the first one sits down there too. */
function onCandidate(scene: Around, number: number): Planned[] {
  const candidate = scene.view.candidates.get(number)
  if (!candidate) return []
  const { after, say } = planner(scene)
  const [first, second] = byDistance(scene, candidate)
  if (!first) return []
  const key = `liked:${number}`
  const topic = isClosed(candidate, scene.view, scene.now) ? 'shut' : 'liked'
  const acts = [
    look(first, key, candidate, after(`${key} look`, 400, 900)),
    say(first, topic, key, after(key, 2_000, 3_200), factsOf(scene.view, candidate)),
  ]
  if (second) acts.push(look(second, key, candidate, after(`${key} second`, 1_500, 2_600)))
  return acts
}

/** Nearest first. */
function byDistance({ at, seats }: Around, spot: LatLng): FriendId[] {
  const far = (friend: FriendId): number => {
    const here = at.get(friend)
    return here ? distanceM(here, spot) : Infinity
  }
  return friendIds.filter((friend) => seats.has(friend)).toSorted((a, b) => far(a) - far(b))
}

/** Pings in one such time are one occasion to say something. */
const PING_QUIET_MS = 15_000
function onPing(scene: Around, at: LatLng): Planned[] {
  const { after, say } = planner(scene)
  const key = `ping:${Math.round(scene.now / 1_000)}`
  const [first, second] = byDistance(scene, at)
  if (!first) return []
  const acts = [look(first, key, at, after(key, 400, 900))]
  if (second) acts.push(look(second, key, at, after(`${key} second`, 1_300, 2_200)))
  const quiet = `pinged:${Math.floor(scene.now / PING_QUIET_MS)}`
  acts.push(say(first, 'pinged', quiet, after(quiet, 900, 1_600)))
  return acts
}

function onCome(scene: Around, at: LatLng): Planned[] {
  const { after, say } = planner(scene)
  const key = `come:${Math.round(scene.now / 1_000)}`
  const acts = byDistance(scene, at).map((friend) =>
    look(friend, key, at, after(`${key} ${friend}`, 500, 2_400)),
  )
  const quiet = `come:${Math.floor(scene.now / PING_QUIET_MS)}`
  return [...acts, say('captain', 'come', quiet, after(quiet, 800, 1_500))]
}

/** They notice, say so once, and show a place slowly. */
function onFollowed(scene: Around, leader: Seat): Planned[] {
  const friend = friendIds.find((each) => scene.seats.get(each) === leader)
  if (!friend) return []
  const { after, say } = planner(scene)
  const key = `followed:${friend}`
  const show = ownOf(scene, friend) ?? standing(scene.view)[0]
  const acts = [say(friend, 'followed', key, after(key, 1_000, 1_800))]
  if (show)
    acts.push(
      look(friend, `${key}:${Math.round(scene.now / 1_000)}`, show, after(key, 1_200, 2_000)),
    )
  return acts
}

/** Not every sentence needs an answer. */
const ANSWERED = 0.6
function onSaid(scene: Around, seq: number, body: string): Planned[] {
  const { after, say } = planner(scene)
  const key = `answer:${seq}`
  const { topic, number } = topicOfMessage(body)
  if (topic === 'heard' && luck(scene.seed, key) > ANSWERED) return []
  const named = number === undefined ? undefined : scene.view.candidates.get(number)
  if (topic === 'numbered' && !named) return []
  const [first, ...others] = friendIds.filter((friend) => scene.seats.has(friend))
  if (!first) return []
  const friend = oneOf(scene.seed, key, [first, ...others])
  const own = ownOf(scene, friend) ?? standing(scene.view)[0]
  if (topic === 'asked' && !own) return []
  const about: Candidate | undefined = named ?? own
  const acts = [
    say(friend, topic, key, after(key, 1_800, 3_000), about ? factsOf(scene.view, about) : {}),
  ]
  if (named) acts.push(look(friend, key, named, after(`${key} look`, 600, 1_200)))
  return acts
}

function onRound(scene: Around): Planned[] {
  const round = openRound(scene.view)
  if (!round) return []
  const { after, say } = planner(scene)
  const key = `round:${round.id}`
  return round.kind === 'runoff'
    ? [say('mina', 'runoff', key, after(key, 900, 1_600))]
    : [say('captain', 'started', key, after(key, 900, 1_600))]
}

/** The visitor chose: Mina thinks it over and may sit down there too, before Kkiruk, who ends the waiting. */
function onChose(scene: Around): Planned[] {
  const round = openRound(scene.view)
  const visitor = visitorSeat(scene)
  const mina = scene.seats.get('mina')
  if (!round || round.kind === 'runoff' || visitor === null || mina === undefined) return []
  const number = lastChoice(scene, visitor)
  if (number === undefined || chosenBy(round, mina).includes(number)) return []
  const { after, say } = planner(scene)
  const key = `join:${round.id}`
  const afterMs = after(key, 800, 1_300)
  return [
    { key, friend: 'mina', afterMs, act: { kind: 'choose', roundId: round.id, number } },
    say('mina', 'joined', `joined:${round.id}`, afterMs + 700, { number }),
  ]
}

function onClosed(scene: Around): Planned[] {
  const { view } = scene
  const { outcome, id } = view.round ?? {}
  if (!outcome || id === undefined || outcome.kind === 'runoff') return []
  const { after, say } = planner(scene)
  const key = `closed:${id}`
  if (outcome.kind === 'none') return [say('mina', 'again', key, after(key, 2_000, 3_000))]
  const won = view.candidates.get(outcome.number)
  if (!won) return []
  const shut = isClosed(won, view, scene.now)
  return [
    say('mina', shut ? 'later' : 'result', key, after(key, 2_500, 3_500), factsOf(view, won)),
    ...(shut
      ? []
      : [say('captain', 'leaving', `leaving:${id}`, after(`leaving:${id}`, 6_000, 8_000))]),
    ...friendIds.map((friend) =>
      look(friend, key, won, between(scene.seed, `${key} ${friend}`, 600, 3_000)),
    ),
  ]
}

/** Nobody is hurried: one hint, said once, then the friends look at the sea. */
const HINT_MS = 25_000
export const REST_MS = 90_000
function onIdle(scene: Around, forMs: number): Planned[] {
  const { view } = scene
  const { say } = planner(scene)
  const visitor = visitorSeat(scene)
  const round = openRound(view)
  if (visitor === null || view.round?.outcome?.kind === 'winner') return []
  if (forMs >= REST_MS) return [say('captain', 'rest', 'rest', 0)]
  if (forMs < HINT_MS) return []
  if (round)
    return round.ticked.includes(visitor) ? [] : [say('mina', 'waiting', `waiting:${round.id}`, 0)]
  if (!standing(view).some(({ proposerSeat }) => proposerSeat === visitor))
    return [say('kkiruk', 'put', 'put', 0)]
  return standing(view).length >= 2 ? [say('mina', 'ask', 'ask', 0)] : []
}
