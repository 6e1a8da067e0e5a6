import { randomUUID } from 'node:crypto'
import { stateFlag } from '#shared/rooms.presence.ts'
import type { Place } from '#shared/places.ts'
import { Guest } from '../../e2e/api.ts'
import { PresenceTab } from '../../e2e/pages/presence.ts'

/** Six friends (and one more for a room without a seat) around Mangwon, and what they put forward; names and prices as in the visual reference. */
export const MANGWON = { lat: 37.5559, lng: 126.9019 }
const ZOOM = 17
/** Where they meet, metres from the middle. */
const STATION = { east: 330, north: 210 }
export const FRIENDS = ['지우', '서연', '하린', '도윤', 'Alex', '민수', '나래'] as const
const FACES = ['a1b2c3d4', '5e5e9a01', '0c77ab12', 'd3d3e4f5', '99aa10ff', '31415926', '7e7e0b0b']
const USUAL_PEOPLE = 6
/** Streams of presence fall idle after a minute. */
const MOVE_EVERY_MS = 2_000

interface Spot {
  name: string
  menu: string
  category: string
  price: number
  hours: string
  east: number
  north: number
}
/** Metres from the middle; 'closes soon' becomes an hour from now. */
export const SPOTS: readonly Spot[] = [
  {
    name: '빈대떡마을',
    menu: '해물파전',
    category: 'pancake',
    price: 12_000,
    hours: '24/7',
    east: -15,
    north: 5,
  },
  {
    name: '동일루',
    menu: '유니짜장',
    category: 'chinese',
    price: 5_000,
    hours: 'closes soon',
    east: 98,
    north: -22,
  },
  {
    name: '참맛 닭곰탕',
    menu: '닭곰탕',
    category: 'soup',
    price: 4_500,
    hours: '24/7',
    east: -100,
    north: -48,
  },
  {
    name: '비아 서울',
    menu: '바질 페스토 파스타',
    category: 'italian',
    price: 16_000,
    hours: '24/7',
    east: 88,
    north: 92,
  },
  {
    name: '고향집',
    menu: '손칼국수',
    category: 'noodles',
    price: 3_500,
    hours: '24/7',
    east: -104,
    north: 84,
  },
  {
    name: '남원 추어탕',
    menu: '추어탕',
    category: 'stew',
    price: 8_000,
    hours: '24/7',
    east: 30,
    north: -98,
  },
]
/** What the table holds beside them, for the search's pictures. */
const MORE: readonly Spot[] = [
  {
    name: '망원 면옥',
    menu: '물냉면',
    category: 'noodles',
    price: 11_000,
    hours: '',
    east: 160,
    north: 30,
  },
  {
    name: '할머니 냉면',
    menu: '비빔냉면',
    category: 'noodles',
    price: 8_500,
    hours: '',
    east: -45,
    north: 120,
  },
  {
    name: '서교 함흥냉면',
    menu: '회냉면',
    category: 'noodles',
    price: 12_000,
    hours: '',
    east: 190,
    north: 150,
  },
]

function at({ east, north }: { east: number; north: number }): { lat: number; lng: number } {
  return {
    lat: MANGWON.lat + north / 111_320,
    lng: MANGWON.lng + east / (111_320 * Math.cos((MANGWON.lat * Math.PI) / 180)),
  }
}

/** Open since long, and for another hour or so: pictures show it whatever the time. */
function closesSoon(): string {
  const hour = (from: number): string =>
    new Date(Date.now() + from * 3_600_000).toLocaleTimeString('en-GB', {
      timeZone: 'Asia/Seoul',
      hour: '2-digit',
    })
  return `Mo-Su ${hour(-6)}:00-${hour(1)}:00`
}

/** The table of places as a file for the importer. */
export function placesFile(): string {
  return [...SPOTS, ...MORE]
    .map(({ name, menu, category, price, hours, ...where }, id) => {
      const { lat, lng } = at(where)
      const address = `서울 마포구 망원동 ${400 + id * 7}-${id + 1}`
      return JSON.stringify({
        id: `m${id}`,
        name,
        menu,
        category,
        price,
        opening_hours: hours === 'closes soon' ? closesSoon() : hours,
        address,
        lat,
        lon: lng,
      })
    })
    .join('\n')
}

export interface SeededRoom {
  roomId: string
  code: string
  channelId: string
  people: Guest[]
  tabs: PresenceTab[]
  stop(): void
}

async function findPlace(guest: Guest, spot: Spot): Promise<Place> {
  const { hits } = await guest.query<{ hits: Place[] }>('places.search', {
    q: spot.name,
    near: at(spot),
  })
  const hit = hits.find(({ name }) => name === spot.name)
  if (!hit) throw new Error(`${spot.name} was not imported`)
  return hit
}

/** People who may sit in several rooms; the first one is whose screen is seen. */
export async function signInFriends(origin: string): Promise<Guest[]> {
  const people: Guest[] = []
  while (people.length < FRIENDS.length) people.push(await new Guest(origin).signIn())
  return people
}

export interface RoomWish {
  name: string | null
  people?: number
  places?: number
  chat?: boolean
}

/** A room with people who are present, look at the map and put places forward. */
export async function seedRoom(everybody: readonly Guest[], wish: RoomWish): Promise<SeededRoom> {
  const people = everybody.slice(0, wish.people ?? USUAL_PEOPLE)
  const [host, ...others] = people
  if (!host) throw new Error('a room needs somebody')
  const me = (seat: number) => ({ nickname: FRIENDS[seat], portrait: FACES[seat] })
  const anchor = { kind: 'view', ...MANGWON, zoom: ZOOM }
  const room = await host.mutate<{ roomId: string; code: string }>('rooms.open', {
    anchor,
    locale: 'ko',
    zone: 'Asia/Seoul',
    ...(wish.name && { name: wish.name }),
    ...me(0),
  })
  for (const [index, guest] of others.entries())
    await guest.mutate('rooms.join', { code: room.code, ...me(index + 1) })
  const { roomId } = room
  for (const [index, spot] of SPOTS.slice(0, wish.places ?? SPOTS.length).entries()) {
    const place = await findPlace(host, spot)
    await (people[(index * 2 + 1) % people.length] ?? host).mutate('rooms.propose', {
      roomId,
      key: randomUUID(),
      what: { kind: 'place', placeId: place.id },
    })
  }
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

const PATHS = [
  { east: 35, north: 62, flags: stateFlag.inVoice | stateFlag.speaking, reach: 0.0016 },
  { east: -70, north: 40, flags: stateFlag.inVoice | stateFlag.touch, reach: 0.0007 },
  { east: 62, north: -62, flags: stateFlag.inVoice | stateFlag.muted, reach: 0.0012 },
  { east: 70, north: 70, flags: stateFlag.touch, reach: 0.0005 },
  { east: -900, north: 40, flags: 0, reach: 0.001 },
]
/** Cursors and frames of the others; they rest, so that pictures are alike. */
function moveAbout(tabs: readonly PresenceTab[]): () => void {
  const move = (): void => {
    for (const [index, tab] of tabs.entries()) {
      const path = PATHS[index]
      if (!path) continue
      const { lat, lng } = at(path)
      tab.say({ kind: 'state', flags: path.flags, follow: 0 })
      if (!(path.flags & stateFlag.touch)) tab.say({ kind: 'cursor', at: { lat, lng } })
      tab.say({
        kind: 'view',
        view: {
          south: lat - path.reach,
          west: lng - path.reach,
          north: lat + path.reach,
          east: lng + path.reach,
        },
      })
    }
  }
  move()
  const timer = setInterval(move, MOVE_EVERY_MS)
  return () => {
    clearInterval(timer)
    for (const tab of tabs) tab.close()
  }
}
