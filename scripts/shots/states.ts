import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Locator, Page } from '@playwright/test'
import type { Guest } from '../../e2e/api.ts'
import { isPhone, type Look } from './devices.ts'
import { seedRoom, type SeededRoom } from './mangwon.ts'

/** One picture: who looks, where, and what is done before the picture is taken. */
export interface State {
  name: string
  /** Null: a stranger without a session. */
  who: Guest | null
  path: string
  /** Taken on the narrow phone and the tablet too. */
  wide?: boolean
  /** Taken on these alone. */
  only?: (look: Look) => boolean
  act?: (page: Page, look: Look) => Promise<void>
}

const ROUND_MS = 30 * 60_000
/** The host's close leaves ten seconds in which choices still count. */
const CLOSES_AFTER_MS = 12_000

type Choices = readonly (readonly number[])[]
/** By seat from 1 on: three plates and a fourth, nobody yet at the last two; the sixth still thinks. */
const CHOSEN: Choices = [[1, 3], [1, 2], [1, 4], [2, 3], [1, 2], []]

async function openRound(room: SeededRoom, hidden = false): Promise<string> {
  await room.people[0]?.mutate('votes.open', { roomId: room.roomId, lengthMs: ROUND_MS, hidden })
  return newestRound(room)
}
async function newestRound(room: SeededRoom): Promise<string> {
  const { round } = (await room.people[0]?.query<{ round: { id: string } | null }>('votes.state', {
    roomId: room.roomId,
  })) ?? { round: null }
  if (!round) throw new Error('no round')
  return round.id
}
async function choose(room: SeededRoom, roundId: string, choices: Choices): Promise<void> {
  for (const [seat, numbers] of choices.entries())
    for (const number of numbers) await act(room.people[seat], roundId, { kind: 'choose', number })
}
async function act(guest: Guest | undefined, roundId: string, what: object): Promise<void> {
  await guest?.mutate('votes.act', { roundId, key: randomUUID(), act: what })
}
async function close(room: SeededRoom, roundId: string): Promise<void> {
  await room.people[0]?.mutate('votes.close', { roundId })
  await sleep(CLOSES_AFTER_MS)
}

/** Rooms in every state, made over the wire by six people; the first of them is whose screen is seen. */
export async function makeStates(
  people: readonly Guest[],
  crowd: readonly Guest[],
): Promise<{ states: State[]; end: () => void }> {
  const [me] = people
  if (!me) throw new Error('nobody looks')
  const explore = await seedRoom(people.slice(0, 5), {
    name: '금요일 저녁',
    people: 5,
    places: 3,
    chat: true,
  })
  const vote = await seedRoom(people, { name: '망원동 저녁 모임', chat: true })
  await choose(vote, await openRound(vote), CHOSEN)
  const hidden = await seedRoom(people, { name: null, chat: true })
  await choose(hidden, await openRound(hidden, true), CHOSEN)
  const [runoff, decided] = await Promise.all([makeRunoff(people), makeDecision(people)])
  const full = await seedRoom(crowd, { name: '자리 없는 방', people: crowd.length, places: 0 })
  // The host sits there too, or one chair would be free.
  const host = crowd[0]?.subscribe('rooms.events', { roomId: full.roomId }, () => {})
  const doors = await makeDoors(people)
  const room = ({ code }: SeededRoom): string => `/r/${code}`
  const states: State[] = [
    { name: 'explore', who: me, path: room(explore), wide: true },
    { name: 'explore-search', who: me, path: room(explore), act: search },
    { name: 'explore-search-none', who: me, path: room(explore), act: searchNothing },
    { name: 'invite', who: me, path: room(explore), act: invite },
    { name: 'open-round', who: me, path: room(explore), act: openSheet },
    { name: 'vote', who: me, path: room(vote), wide: true },
    { name: 'vote-full', who: me, path: room(vote), only: isPhone, wide: true, act: raise },
    { name: 'vote-hidden', who: me, path: room(hidden) },
    { name: 'runoff', who: me, path: room(runoff), wide: true },
    { name: 'draw', who: me, path: '/', act: (page) => drawBefore(page, people) },
    { name: 'chat', who: me, path: room(vote), wide: true, act: openChat },
    { name: 'voice-joined', who: me, path: room(vote), act: joinVoice },
    { name: 'voice-on', who: me, path: room(vote), act: talkAloud },
    { name: 'join', who: null, path: room(vote), wide: true },
    { name: 'result', who: me, path: `/d/${decided}`, wide: true },
    { name: 'result-visitor', who: null, path: `/d/${decided}` },
    { name: 'home', who: me, path: '/', wide: true },
    { name: 'home-empty', who: null, path: '/', wide: true },
    { name: 'settings', who: me, path: '/settings' },
    { name: 'state-unknown', who: null, path: '/r/0000-0000-0000' },
    { name: 'state-locked', who: null, path: doors.locked },
    { name: 'state-closed', who: null, path: doors.closed },
    { name: 'state-removed', who: doors.removed, path: doors.removedFrom },
    { name: 'state-full', who: null, path: room(full) },
    { name: 'state-nothing', who: null, path: '/nowhere' },
  ]
  const end = (): void => {
    host?.close()
    for (const one of [explore, vote, hidden, runoff, full]) one.stop()
  }
  return { states, end }
}

async function makeRunoff(people: readonly Guest[]): Promise<SeededRoom> {
  const room = await seedRoom(people, { name: '결선 가는 저녁' })
  const first = await openRound(room)
  await choose(room, first, [[1], [1, 2], [2], [1, 2], [3], []])
  await close(room, first)
  const second = await newestRound(room)
  // A run-off lasts a minute: too short for all its pictures.
  const deadlineAt = Date.now() + ROUND_MS
  await room.people[0]?.mutate('votes.extend', { roundId: second, deadlineAt })
  await choose(room, second, [[1], [2], [1], [], [2], []])
  return room
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

async function makeDecision(people: readonly Guest[]): Promise<string> {
  const room = await seedRoom(people, { name: '망원동 저녁' })
  const round = await openRound(room)
  await choose(room, round, [[1, 3], [1, 2], [1, 4], [2, 3], [1], [3]])
  await act(room.people[5], round, { kind: 'pass', number: 2 })
  await close(room, round)
  room.stop()
  const [latest] = (await room.people[0]?.query<{ id: string }[]>('votes.myDecisions')) ?? []
  if (!latest) throw new Error('nothing was decided')
  return latest.id
}

async function makeDoors(people: readonly Guest[]) {
  const [host, second] = people
  if (!host || !second) throw new Error('two people are needed')
  const make = async (name: string): Promise<SeededRoom> =>
    seedRoom(people.slice(0, 2), { name, people: 2, places: 1 })
  const [locked, closed, from] = [
    await make('잠근 방'),
    await make('닫은 방'),
    await make('나온 방'),
  ]
  for (const room of [locked, closed, from]) room.stop()
  await host.mutate('rooms.changeRoom', { roomId: locked.roomId, locked: true })
  await host.mutate('rooms.close', { roomId: closed.roomId })
  await host.mutate('rooms.removePerson', { roomId: from.roomId, seat: 2 })
  return {
    locked: `/r/${locked.code}`,
    closed: `/r/${closed.code}`,
    removedFrom: `/r/${from.code}`,
    removed: second,
  }
}

const either = (ko: string, en: string): RegExp => new RegExp(`^(?:${ko}|${en})`, 'i')

/** In the panel at a desk, in a sheet of its own on the phone. */
async function openSearch(page: Page): Promise<Locator> {
  const field = page.getByRole('button', {
    name: either('이름, 메뉴, 주소로 찾기', 'Name, menu or address'),
  })
  const inPanel = page.getByRole('search')
  await inPanel.or(field).first().waitFor()
  if (await inPanel.isVisible()) return inPanel
  await field.first().click()
  return page.getByRole('dialog')
}
async function search(page: Page): Promise<void> {
  const where = await openSearch(page)
  await where.getByRole('combobox').fill('냉면')
  await where.getByText('할머니 냉면').waitFor()
}
async function searchNothing(page: Page): Promise<void> {
  const where = await openSearch(page)
  await where.getByRole('combobox').fill('우주 정거장 분식')
  await sleep(1_200)
}
async function invite(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: either('초대', 'Invite') })
    .first()
    .click()
  await page.getByRole('dialog').waitFor()
}
async function openSheet(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: either('투표 시작', 'Start') })
    .first()
    .click()
  await page.getByRole('dialog').waitFor()
}
async function raise(page: Page): Promise<void> {
  await page.locator('.grab').click()
  await sleep(500)
}
async function openChat(page: Page): Promise<void> {
  const log = page.getByRole('log')
  if (!(await log.isVisible()))
    await page
      .getByRole('button', { name: either('대화', '(?:Open )?chat') })
      .first()
      .click()
  await log.waitFor()
}
async function joinVoice(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /음성 참여|Join voice/i })
    .first()
    .click()
  await page.locator('.room-dock [aria-pressed]').first().waitFor({ timeout: 20_000 })
}
async function talkAloud(page: Page): Promise<void> {
  await joinVoice(page)
  await page.locator('.room-dock [aria-pressed]').first().click()
  await sleep(1_000)
}
