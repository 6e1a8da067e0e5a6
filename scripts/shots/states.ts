import type { BrowserContext, Page } from '@playwright/test'
import type { Guest } from '../../e2e/api.ts'
import * as acts from './acts.ts'
import { isPhone, type Look } from './devices.ts'
import { makeDoors } from './doors.ts'
import { LONG_NAMES } from './friends.ts'
import { putForward } from '../../e2e/pages/seats.ts'
import { openRoomOf } from '../../e2e/pages/presence.ts'
import { at, GROUND, LONG_SPOTS, SPOTS } from './ground.ts'
import {
  act,
  choose,
  type Choices,
  close,
  newestRound,
  openRound,
  ROUND_MS,
  seedRoom,
  type SeededRoom,
  stretch,
} from './rooms.ts'

/** One picture: who looks, where, and what is done before the picture is taken. */
export interface State {
  name: string
  /** Null: a stranger without a session. */
  who: Guest | null
  path: string
  /** Another server of the same room, when the state needs one. */
  origin?: string
  /** Taken on the narrow phone and the tablet too. */
  wide?: boolean
  /** Taken on these alone. */
  only?: (look: Look) => boolean
  /** Before the page is opened. */
  before?: (context: BrowserContext) => Promise<void>
  act?: (page: Page, look: Look) => Promise<void>
  /** After the picture, for those to come. */
  after?: (page: Page) => Promise<void>
}

interface World {
  /** Six are enough for most rooms; all of them fill one to its last seat. */
  people: readonly Guest[]
  databaseUrl: string
  /** A server that knows no SFU. */
  silentOrigin: string
}

/** Three plates and a fourth, nobody yet at the last two; the sixth still thinks. */
const CHOSEN: Choices = [[1, 3], [1, 2], [1, 4], [2, 3], [1, 2], []]
const SEOUL = { lat: 37.5559, lng: 126.9019 }
/** The table's most candidates (docs/rules.md, "Limits"): the six and so many pins. */
const PINS = 24

/** Rooms in every state, made over the wire; the first of the people is whose screen is seen. */
export async function makeStates(world: World): Promise<{ states: State[]; end: () => void }> {
  const { people } = world
  const [me] = people
  if (!me) throw new Error('nobody looks')
  const explore = await seedRoom(people, {
    name: '금요일 저녁',
    people: 5,
    spots: SPOTS.slice(0, 3),
    chat: true,
  })
  const empty = await seedRoom(people, { name: null, people: 2, spots: [] })
  const vote = await makeVote(people)
  const hidden = await seedRoom(people, { name: null, chat: true })
  await choose(hidden, await openRound(hidden, true), CHOSEN)
  const [long, crowd] = [await makeLong(people), await makeCrowd(people)]
  const [runoff, decided, drawn, settled] = await Promise.all([
    makeRunoff(people),
    makeDecided(people),
    makeDrawn(people),
    makeSettled(people),
  ])
  const doors = await makeDoors(people, world.databaseUrl)
  const room = ({ code }: SeededRoom): string => `/r/${code}`
  const mine = (name: string, path: string, rest: Partial<State> = {}): State => ({
    name,
    who: me,
    path,
    ...rest,
  })
  const wide = true
  const desk = (look: Look): boolean => look.device === 'desktop'
  const states: State[] = [
    mine('explore', room(explore), { wide }),
    mine('explore-empty', room(empty), { wide }),
    mine('explore-search', room(explore), { act: acts.search }),
    mine('explore-search-none', room(explore), { act: acts.searchNothing }),
    mine('explore-dot', room(explore), { act: acts.pickDot }),
    mine('explore-pin', room(explore), { act: acts.dropPin }),
    mine('explore-ping', room(explore), { act: () => ping(explore) }),
    mine('explore-come', room(explore), { act: () => callHere(explore) }),
    mine('explore-follow', room(explore), { act: acts.follow }),
    mine('invite', room(explore), { act: acts.invite }),
    mine('open-round', room(explore), { act: acts.openSheet }),
    mine('menu', room(explore), { wide, act: acts.openMenu }),
    { name: 'welcome', who: null, path: '/', before: lookHere, act: acts.openRoom },
    { name: 'naming', who: null, path: '/', before: lookHere, act: acts.openAndInvite },
    mine('person', room(explore), { act: acts.openPerson }),
    mine('profile', room(explore), { act: acts.openProfile }),
    mine('vote', room(vote), { wide }),
    mine('vote-full', room(vote), { only: isPhone, wide, act: acts.raise }),
    mine('vote-passed', room(vote), { act: acts.pass, after: acts.unpass }),
    mine('vote-hidden', room(hidden)),
    mine('vote-offline', room(vote), { act: acts.goOffline }),
    mine('vote-reconnecting', room(vote), { before: acts.cutSockets, act: acts.untilReconnects }),
    { name: 'vote-no-tiles', ...(await makeBare(me)), act: acts.untilPlain },
    mine('runoff', room(runoff), { wide }),
    mine('draw', '/', { wide, act: (page) => drawBefore(page, people) }),
    mine('decided', room(decided), { wide }),
    mine('chat', room(vote), { wide, act: acts.openChat }),
    mine('chat-empty', room(empty), { act: acts.openChat }),
    mine('voice-joined', room(vote), { wide, act: acts.joinVoice }),
    mine('voice-on', room(vote), { act: acts.talkAloud }),
    mine('voice-devices', room(vote), { only: desk, act: acts.openSounds }),
    mine('voice-blocked', room(vote), { before: acts.refuseMicrophone, act: acts.talkAloud }),
    mine('voice-blocked-how', room(vote), {
      before: acts.refuseMicrophone,
      act: acts.askHowToSpeak,
    }),
    mine('voice-unavailable', room(vote), { origin: world.silentOrigin, act: acts.voiceGone }),
    mine('long', room(long), { wide }),
    mine('long-chat', room(long), { act: acts.openChat }),
    mine('long-person', room(long), { act: acts.openPerson }),
    mine('long-blocked', room(long), { before: acts.refuseMicrophone, act: acts.talkAloud }),
    mine('crowd', room(crowd), { wide }),
    mine('crowd-end', room(crowd), { only: isPhone, act: acts.raiseToTheEnd }),
    { name: 'join', who: null, path: room(vote), wide },
    { name: 'join-crowd', who: null, path: room(long) },
    mine('result', `/d/${await decisionOf(decided)}`, { wide }),
    { name: 'result-visitor', who: null, path: `/d/${await decisionOf(decided)}` },
    mine('result-drawn', `/d/${await decisionOf(drawn)}`),
    mine('result-runoff', `/d/${await decisionOf(settled)}`),
    mine('home', '/', { wide }),
    { name: 'home-empty', who: null, path: '/', wide },
    { name: 'island-enter', who: null, path: '/island', wide, act: acts.island },
    { name: 'island-follow', who: null, path: '/island', act: acts.followMina },
    { name: 'island-vote', who: null, path: '/island', act: acts.islandVote },
    { name: 'island-result', who: null, path: '/island', act: acts.islandResult },
    { name: 'island-check', who: null, path: '/island', act: acts.checkMicrophone },
    mine('settings', '/settings', { wide }),
    mine('closed', doors.closed, { wide }),
    { name: 'continue', who: null, path: '/continue#x' },
    { name: 'privacy', who: null, path: '/privacy' },
    { name: 'state-unknown', who: null, path: '/r/0000-0000-0000' },
    { name: 'state-expired', who: null, path: doors.expired },
    { name: 'state-locked', who: null, path: doors.locked },
    { name: 'state-closed', who: null, path: doors.closed },
    { name: 'state-removed', who: doors.removed, path: doors.removedFrom },
    { name: 'state-full', who: null, path: room(crowd) },
    { name: 'state-nothing', who: null, path: '/nowhere' },
    { name: 'state-broken', who: null, path: room(vote), before: acts.breakAnswers },
  ]
  const rooms = [explore, empty, vote, hidden, long, crowd, runoff, decided]
  return { states, end: () => rooms.forEach((one) => one.stop()) }
}

/** The two rooms of the README's pictures, without the many others. */
export async function makeReadme(
  people: readonly Guest[],
): Promise<{ states: State[]; end: () => void }> {
  const [vote, decided] = [await makeVote(people), await makeDecided(people)]
  const who = people[0] ?? null
  const states = [
    { name: 'vote', who, path: `/r/${vote.code}` },
    { name: 'result', who, path: `/d/${await decisionOf(decided)}` },
    { name: 'island', who: null, path: '/island', act: acts.islandVote },
  ]
  return { states, end: () => [vote, decided].forEach((one) => one.stop()) }
}

async function makeVote(people: readonly Guest[]): Promise<SeededRoom> {
  const room = await seedRoom(people, { name: '장터 저녁 모임', chat: true })
  await choose(room, await openRound(room), CHOSEN)
  return room
}

async function makeLong(people: readonly Guest[]): Promise<SeededRoom> {
  const room = await seedRoom(people, {
    name: '다 같이 모이는 김에 이름까지 길게 지어 본 밥섬의 금요일 저녁 모임',
    names: LONG_NAMES,
    spots: [...LONG_SPOTS, ...SPOTS.slice(0, 2)],
    chat: true,
  })
  await choose(room, await openRound(room), [[1, 2], [1, 2], [1], [2, 3], [1], []])
  return room
}

/** The last seat taken, the list as long as it may be, nearly everybody at one table. */
async function makeCrowd(people: readonly Guest[]): Promise<SeededRoom> {
  const room = await seedRoom(people, { name: '스무 명 저녁', people: people.length, pins: PINS })
  const choices = people.map((_, seat) => (seat % 3 === 0 ? [1, 2] : seat % 7 === 0 ? [4] : [1]))
  await choose(room, await openRound(room), choices.slice(0, -2))
  // The host sits there too, or one chair would be free.
  const host = people[0]?.subscribe('rooms.events', { roomId: room.roomId }, () => {})
  return {
    ...room,
    stop: () => {
      host?.close()
      room.stop()
    },
  }
}

async function makeRunoff(people: readonly Guest[]): Promise<SeededRoom> {
  const room = await seedRoom(people, { name: '결선 가는 저녁' })
  const first = await openRound(room)
  await choose(room, first, [[1], [1, 2], [2], [1, 2], [3], []])
  await close(room, first)
  const second = await newestRound(room)
  await stretch(room, second)
  await choose(room, second, [[1], [2], [1], [], [2], []])
  return room
}

async function makeDecided(people: readonly Guest[]): Promise<SeededRoom> {
  const room = await seedRoom(people, { name: '장터 저녁', chat: true })
  const round = await openRound(room)
  await choose(room, round, [[1, 3], [1, 2], [1, 4], [2, 3], [1], [3]])
  await act(room.people[5], round, { kind: 'pass', number: 2 })
  await close(room, round)
  return room
}

async function makeDrawn(people: readonly Guest[]): Promise<SeededRoom> {
  const room = await seedRoom(people, { name: '아무거나 좋은 점심' })
  const round = await openRound(room)
  for (const guest of room.people) await act(guest, round, { kind: 'fine' })
  await close(room, round)
  room.stop()
  return room
}
/** By a draw, after a run-off that was as even as the first round. */
async function makeSettled(people: readonly Guest[]): Promise<SeededRoom> {
  const room = await seedRoom(people, { name: '끝까지 비긴 저녁' })
  const first = await openRound(room)
  await choose(room, first, [[1], [1, 2], [2], [1, 2], [3]])
  await act(room.people[5], first, { kind: 'fine' })
  await close(room, first)
  const second = await newestRound(room)
  await choose(room, second, [[1], [2], [1], [], [2], []])
  await close(room, second)
  room.stop()
  return room
}
async function decisionOf(room: SeededRoom): Promise<string> {
  const { decisions } = (await room.people[0]?.query<{ decisions: { id: string }[] }>(
    'votes.state',
    { roomId: room.roomId },
  )) ?? { decisions: [] }
  const last = decisions.at(-1)
  if (!last) throw new Error('nothing was drawn')
  return last.id
}

/** A draw is shown to who is inside when the vote closes: a room of its own for each picture. */
async function drawBefore(page: Page, people: readonly Guest[]): Promise<void> {
  const room = await seedRoom(people, { name: '아무거나 좋은 저녁' })
  const round = await openRound(room)
  for (const guest of room.people) await act(guest, round, { kind: 'fine' })
  await page.goto(new URL(`/r/${room.code}`, page.url()).href)
  await page.locator('.cand').first().waitFor()
  await close(room, round)
  await page.locator('.draw').first().waitFor({ timeout: 10_000 })
  room.stop()
}

async function ping(room: SeededRoom): Promise<void> {
  room.tabs[1]?.say({ kind: 'ping', at: at({ east: -20, north: -50 }), words: '여기 어때?' })
}
async function callHere(room: SeededRoom): Promise<void> {
  const { lat, lng } = GROUND
  const view = { south: lat - 0.001, west: lng - 0.001, north: lat + 0.001, east: lng + 0.001 }
  await room.people[1]?.mutate('rooms.comeHere', { roomId: room.roomId, view })
}

/** On ground whose tiles nobody serves. */
async function makeBare({ origin }: Guest): Promise<Pick<State, 'who' | 'path'>> {
  const { roomId, code, members } = await openRoomOf(origin, ['지우'], { ...SEOUL, zoom: 17 })
  const [who] = members
  if (!who) throw new Error('nobody looks')
  await putForward(who, roomId, ['빈대떡마을', '동일루'], 'korean', SEOUL)
  await who.mutate('votes.open', { roomId, lengthMs: ROUND_MS })
  return { who, path: `/r/${code}` }
}

/** Who opens a room then begins on the pictures' ground. */
async function lookHere(context: BrowserContext): Promise<void> {
  const areas = JSON.stringify([{ label: '장터', ...GROUND, zoom: 16 }])
  await context.addInitScript(`localStorage.setItem('bapmap.areas', '${areas}')`)
}
