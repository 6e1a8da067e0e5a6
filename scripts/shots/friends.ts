import { stateFlag } from '#shared/rooms.presence.ts'
import { Guest } from '../../e2e/api.ts'
import type { PresenceTab } from '../../e2e/pages/presence.ts'
import { at } from './ground.ts'

/** Six friends; those after them fill a room to its last seat. */
const LATER = '나래 예준 Sofia 유나 건우 지민 Omar 채원 은호 다은 Linh 태오 소율 현'
export const FRIENDS = ['지우', '서연', '하린', '도윤', 'Alex', '민수', ...LATER.split(' ')]
/** Twenty letters each, the most there may be. */
export const LONG_NAMES = [
  '망원동에서제일늦게도착하는사람지우입니다',
  'Bartholomew Maximili',
  '오늘은 꼭 매운 걸 먹고 싶은 하린',
  'Wilhelmina van Oranj',
  '다이어트는내일부터시작하기로한도윤',
  'MMMMMMMMMMMMMMMMMMMM',
]
const FACES = ['a1b2c3d4', '5e5e9a01', '0c77ab12', 'd3d3e4f5', '99aa10ff', '31415926', '7e7e0b0b']
export const faceOf = (seat: number): string =>
  FACES[seat] ?? (0x9e3779b9 * (seat + 1)).toString(16).slice(-8).padStart(8, '5')

/** Streams of presence fall idle after a minute. */
const MOVE_EVERY_MS = 2_000

export async function signInPeople(origin: string, count: number): Promise<Guest[]> {
  const people: Guest[] = []
  while (people.length < count) people.push(await new Guest(origin).signIn())
  return people
}

interface Path {
  east: number
  north: number
  flags: number
  reach: number
}
const PATHS: readonly Path[] = [
  { east: 35, north: 62, flags: stateFlag.inVoice | stateFlag.speaking, reach: 0.0016 },
  { east: -70, north: 40, flags: stateFlag.inVoice | stateFlag.touch, reach: 0.0007 },
  { east: 62, north: -62, flags: stateFlag.inVoice | stateFlag.muted, reach: 0.0012 },
  { east: 70, north: 70, flags: stateFlag.touch, reach: 0.0005 },
  { east: -560, north: 40, flags: 0, reach: 0.001 },
]
/** Everybody after the first five looks around somewhere on the island. */
function pathOf(index: number): Path {
  const turn = index * 2.4
  return (
    PATHS[index] ?? {
      east: Math.round(Math.cos(turn) * (60 + index * 9)),
      north: Math.round(Math.sin(turn) * (60 + index * 9)),
      flags: index % 3 === 0 ? stateFlag.touch : 0,
      reach: 0.0004 + (index % 5) * 0.0002,
    }
  )
}

/** Cursors and frames of the others; they rest, so that pictures are alike. */
export function moveAbout(tabs: readonly PresenceTab[]): () => void {
  const move = (): void => {
    for (const [index, tab] of tabs.entries()) {
      const path = pathOf(index)
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
