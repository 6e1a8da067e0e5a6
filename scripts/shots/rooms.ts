import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { ISLAND_BOUNDS } from '#shared/demo.island.ts'
import type { Place } from '#shared/places.ts'
import type { Guest } from '../../e2e/api.ts'
import { PresenceTab } from '../../e2e/pages/presence.ts'
import { faceOf, FRIENDS, moveAbout } from './friends.ts'
import { at, GROUND, SPOTS } from './ground.ts'

const ZOOM = 17
/** Where they meet, metres from the middle. */
const STATION = { east: 330, north: 210 }
const USUAL_PEOPLE = 6
/** As long as all pictures take, and some more. */
export const ROUND_MS = 50 * 60_000
/** The host's close leaves ten seconds in which choices still count. */
const CLOSES_AFTER_MS = 12_000

export interface SeededRoom {
  roomId: string
  code: string
  channelId: string
  people: Guest[]
  tabs: PresenceTab[]
  stop(): void
}
interface RoomWish {
  name: string | null
  people?: number
  names?: readonly string[]
  spots?: readonly string[]
  /** Pins beside the spots, put forward by one after another. */
  pins?: number
  chat?: boolean
}

/** A room with people who are present, look at the map and put places forward; the first of them is whose screen is seen. */
export async function seedRoom(everybody: readonly Guest[], wish: RoomWish): Promise<SeededRoom> {
  const people = everybody.slice(0, wish.people ?? USUAL_PEOPLE)
  const [host, ...others] = people
  if (!host) throw new Error('a room needs somebody')
  const names = wish.names ?? FRIENDS
  const me = (seat: number) => ({ nickname: names[seat], portrait: faceOf(seat) })
  const room = await host.mutate<{ roomId: string; code: string }>('rooms.open', {
    anchor: { kind: 'view', ...GROUND, zoom: ZOOM },
    locale: 'ko',
    zone: 'Asia/Seoul',
    ...(wish.name && { name: wish.name }),
    ...me(0),
  })
  for (const [index, guest] of others.entries())
    await guest.mutate('rooms.join', { code: room.code, ...me(index + 1) })
  const { roomId } = room
  await putForward(people, roomId, wish)
  const { channelId } = await host.query<{ channelId: string }>('rooms.snapshot', { roomId })
  if (wish.chat) await talk(people, channelId)
  await host.mutate('rooms.changeRoom', { roomId, meeting: at(STATION) })
  const tabs: PresenceTab[] = []
  for (const guest of others) tabs.push(await new PresenceTab(guest, roomId).open())
  // As a browser does: who follows the room is online, and counted at its door.
  const following = others.map((guest) => guest.subscribe('rooms.events', { roomId }, () => {}))
  const rest = moveAbout(tabs)
  const stop = (): void => {
    rest()
    for (const one of following) one.close()
  }
  return { ...room, channelId, people, tabs, stop }
}

async function putForward(people: readonly Guest[], roomId: string, wish: RoomWish): Promise<void> {
  const put = async (turn: number, what: object): Promise<void> =>
    void (await people[turn % people.length]?.mutate('rooms.propose', {
      roomId,
      key: randomUUID(),
      what,
    }))
  const places = await findPlaces(people[0])
  const spots = (wish.spots ?? SPOTS).map((spot) => {
    const place = places.get(spot)
    if (!place) throw new Error(`${spot} is not on the island`)
    return place
  })
  for (const [index, { id }] of spots.entries())
    await put(index * 2 + 1, { kind: 'place', placeId: id })
  for (let pin = 0; pin < (wish.pins ?? 0); pin++) {
    const { name, category } = spots[pin % spots.length] ?? {}
    const [turn, ring] = [pin * 1.3, 90 + (pin % 6) * 20]
    const where = at({ east: Math.cos(turn) * (ring + pin * 6), north: Math.sin(turn) * ring })
    await put(pin + 1, { kind: 'pin', name: `${name} ${pin + 2}호점`, category, ...where })
  }
}

/** By their names. */
async function findPlaces(guest: Guest | undefined): Promise<Map<string, Place>> {
  const { places } = (await guest?.query<{ places: Place[] }>('places.inView', {
    bounds: ISLAND_BOUNDS,
    limit: 300,
  })) ?? { places: [] }
  return new Map(places.map((place) => [place.name, place]))
}

const SAID: readonly [seat: number, words: string][] = [
  [1, '오늘 비 오니까 파전 어때?'],
  [3, '2는 짜장이 진짜 싸'],
  [4, 'I had #3 last week, really warm and good'],
  [0, '나는 1 아니면 3'],
  [2, '4도 좋은데 조금 비싸다. 그래도 다 같이 나눠 먹으면 괜찮을 것 같아'],
  [5, '나 지금 가는 중'],
]
async function talk(people: readonly Guest[], channelId: string): Promise<void> {
  for (const [seat, body] of SAID)
    await people[seat]?.mutate('chat.send', { channelId, clientId: randomUUID(), body })
}

/** By seat from 1 on: the numbers that each one chooses. */
export type Choices = readonly (readonly number[])[]

export async function openRound(room: SeededRoom, hidden = false): Promise<string> {
  await room.people[0]?.mutate('votes.open', { roomId: room.roomId, lengthMs: ROUND_MS, hidden })
  return newestRound(room)
}
export async function newestRound(room: SeededRoom): Promise<string> {
  const { round } = (await room.people[0]?.query<{ round: { id: string } | null }>('votes.state', {
    roomId: room.roomId,
  })) ?? { round: null }
  if (!round) throw new Error('no round')
  return round.id
}
export async function choose(room: SeededRoom, roundId: string, choices: Choices): Promise<void> {
  for (const [seat, numbers] of choices.entries())
    for (const number of numbers) await act(room.people[seat], roundId, { kind: 'choose', number })
}
export async function act(guest: Guest | undefined, roundId: string, what: object): Promise<void> {
  await guest?.mutate('votes.act', { roundId, key: randomUUID(), act: what })
}
export async function close(room: SeededRoom, roundId: string): Promise<void> {
  await room.people[0]?.mutate('votes.close', { roundId })
  await sleep(CLOSES_AFTER_MS)
}
/** A run-off lasts a minute: too short for all its pictures. */
export async function stretch(room: SeededRoom, roundId: string): Promise<void> {
  const deadlineAt = Date.now() + ROUND_MS
  await room.people[0]?.mutate('votes.extend', { roundId, deadlineAt })
}
