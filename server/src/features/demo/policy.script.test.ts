import { describe, expect, test } from 'vitest'
import { friendIds } from '#shared/demo.friends.ts'
import type { FriendId } from '#shared/demo.friends.ts'
import { islandPlaces } from '#shared/demo.places.ts'
import type { Candidate, Member, RoomInfo } from '#shared/rooms.ts'
import { openState } from '#shared/places.hours.ts'
import type { RoundView } from '#shared/votes.ts'
import { tastes } from './policy.friends.ts'
import { isStale, reactions } from './policy.reactions.ts'
import type { Around } from './policy.reactions.ts'
import { applyEvent, viewOfRoom } from './policy.room.ts'
import type { News, RoomView } from './policy.room.ts'
import { duties } from './policy.script.ts'
import type { Planned } from './policy.script.ts'

const VISITOR = 1
const seatOf: Record<FriendId, number> = { mina: 2, kkiruk: 3, captain: 4 }
/** A Friday, 18:00 on the island. */
const T0 = 1_800_000_000_000
const HOUR = 3_600_000

const member = (seat: number): Member => ({
  seat,
  personId: `p${seat}`,
  name: `n${seat}`,
  portrait: 'abcd',
  joinedAt: 0,
  simulated: seat !== VISITOR,
})
const candidate = (number: number, proposerSeat: number): Candidate => {
  const place = islandPlaces[number]
  if (!place) throw new Error('The island has more places')
  const { name, category, address, lat, lng, price, hours } = place
  return {
    number,
    proposerSeat,
    name,
    category,
    address,
    lat,
    lng,
    price,
    hours,
    placeId: `place${number}`,
    menu: null,
    note: null,
    link: null,
    addedAt: T0 - 60_000,
    withdrawnAt: null,
    withdrawnBySeat: null,
  }
}
const round = (chosen: [number, number[]][], more: Partial<RoundView> = {}): RoundView =>
  ({
    id: 'round',
    kind: 'first',
    state: 'open',
    deadlineAt: T0 + 180_000,
    tied: null,
    outcome: null,
    chosen,
    ticked: [...new Set(chosen.flatMap(([, seats]) => seats))],
    ...more,
  }) as RoundView

function view(candidates: Candidate[], vote: RoundView | null = null, inside = [1, 2, 3, 4]) {
  const room = { hostSeat: VISITOR, closedAt: null, locale: 'ko', zone: 'Etc/GMT-10' } as RoomInfo
  return viewOfRoom({ room, members: inside.map(member), leftSeats: [], candidates }, vote)
}
function scene(of: RoomView, done: readonly string[] = [], seed = 'seed', now = T0): Around {
  const inside = friendIds.filter((friend) => of.members.has(seatOf[friend]))
  return {
    seed,
    now,
    view: of,
    seats: new Map(inside.map((friend) => [friend, seatOf[friend]])),
    at: new Map(inside.map((friend) => [friend, { lat: 31.5, lng: 152 }])),
    isDone: (key) => done.includes(key),
  }
}
/** The friends' three, and the visitor's own as number 4. */
const four = [candidate(1, 2), candidate(2, 4), candidate(3, 3), candidate(4, VISITOR)]
const keys = (planned: readonly Planned[]): string[] => planned.map(({ key }) => key)
const said = (planned: readonly Planned[]): string[] =>
  planned.flatMap(({ act }) => (act.kind === 'say' ? [act.text] : []))

describe('duties', () => {
  test('the three come in one after another, within four seconds, and each only once', () => {
    const planned = duties(scene(view([], null, [VISITOR])))
    expect(keys(planned)).toEqual(['enter:mina', 'enter:kkiruk', 'enter:captain'])
    const times = planned.map(({ afterMs }) => afterMs)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(times.at(-1)).toBeLessThanOrEqual(4_000)
    expect(duties(scene(view([], null, [VISITOR]), keys(planned)))).toEqual([])
  })

  test('each puts one place forward that they like', () => {
    const planned = duties(scene(view([])))
    for (const friend of friendIds) {
      const own = planned.filter((each) => each.friend === friend && each.act.kind === 'propose')
      expect(own).toHaveLength(1)
      const act = own[0]?.act
      expect(act?.kind === 'propose' && tastes[friend].likes.includes(act.sourceId)).toBe(true)
    }
    expect(duties(scene(view(four))).some(({ act }) => act.kind === 'propose')).toBe(false)
  })

  test('whatever the hour, each finds a place of their own that is open, and prefers what they like', () => {
    for (let hour = 0; hour < 7 * 24; hour++) {
      const now = T0 + hour * HOUR
      const ids = duties(scene(view([]), [], `room ${hour}`, now)).flatMap(({ act }) =>
        act.kind === 'propose' ? [act.sourceId] : [],
      )
      expect(new Set(ids).size, `after ${hour} h`).toBe(3)
      for (const id of ids) {
        const hours = islandPlaces.find(({ sourceId }) => sourceId === id)?.hours ?? null
        expect(openState(hours, now, 'Etc/GMT-10')?.state, `${id} after ${hour} h`).toBe('open')
      }
    }
  })

  test('who would have gone elsewhere says why not; when nothing is open they say so once', () => {
    const night = T0 + 9 * HOUR
    const own = { ...candidate(1, seatOf.mina), addedAt: night, lat: 31.5, lng: 152 }
    const lines = said(duties(scene(view([own]), [], 'seed', night)))
    expect(lines.filter((line) => line.includes('지금 안 열었네요'))).toHaveLength(1)
    const open = islandPlaces.filter(({ hours }) => hours === '24/7')
    const taken = open.map((place, index) => ({ ...candidate(index + 5, VISITOR), ...place }))
    const planned = duties(scene(view(taken), [], 'seed', night))
    expect(planned.some(({ act }) => act.kind === 'propose')).toBe(false)
    expect(new Set(keys(planned).filter((key) => key.includes('asleep'))).size).toBe(1)
  })

  test('a place that the visitor took is planned for anew', () => {
    expect(isStale({ kind: 'candidate', seat: VISITOR, number: 1 }, 'propose:mina')).toBe(true)
  })

  test('what another server planned for the same room is planned here alike', () => {
    const now = scene(view(four, round([])))
    expect(duties(now)).toEqual(duties(scene(view(four, round([])))))
  })

  test('“shall we choose?” waits for a place of the visitor’s, and is no longer asked once there is a round', () => {
    const friendsOnly = four.slice(0, 3)
    expect(keys(duties(scene(view(friendsOnly))))).not.toContain('say:ask')
    expect(keys(duties(scene(view(four))))).toContain('say:ask')
    expect(keys(duties(scene(view(four, round([])))))).not.toContain('say:ask')
    expect(isStale({ kind: 'round' }, 'say:ask')).toBe(true)
  })

  test('a closed room is left alone', () => {
    const closed = view(four)
    expect(duties(scene({ ...closed, info: { ...closed.info, closedAt: T0 } }))).toEqual([])
  })
})

describe('choosing', () => {
  const choices = (of: Around): [FriendId, number][] =>
    duties(of).flatMap(({ friend, act, afterMs }) =>
      act.kind === 'choose' && afterMs < 20_000 ? [[friend, act.number]] : [],
    )

  test('two choose their own soon, the third waits for the visitor and then sits down beside them', () => {
    expect(choices(scene(view(four, round([]))))).toEqual([
      ['mina', 1],
      ['captain', 2],
    ])
    const ticked = round([
      [1, [2]],
      [2, [4]],
      [4, [VISITOR]],
    ])
    expect(choices(scene(view(four, ticked)))).toEqual([['kkiruk', 4]])
  })

  test('in a hidden round, where nobody sees what the visitor chose, the third chooses after their own taste', () => {
    const hidden = { ...round([]), hidden: true, chosen: null, ticked: [VISITOR, 2, 4] }
    expect(choices(scene(view(four, hidden)))).toEqual([['kkiruk', 3]])
  })

  test('who never chooses is not left with an open seat beside them at the deadline', () => {
    const late = scene(view(four, round([[1, [2, 4]]])), [], 'seed', T0 + 170_000)
    expect(choices(late)).toEqual([['kkiruk', 3]])
  })

  test('in a run-off only what is tied is chosen', () => {
    const tied = round([], { kind: 'runoff', tied: [2, 4] })
    for (const [, number] of choices(scene(view(four, tied)))) expect([2, 4]).toContain(number)
  })

  test('whatever the visitor chooses wins, in every room', () => {
    for (let room = 0; room < 100; room++) {
      const mine = 1 + (room % 4)
      let now = view(four, round([]))
      const chosen = new Map<number, Set<number>>()
      const choose = (seat: number, number: number): News => {
        chosen.set(number, new Set([...(chosen.get(number) ?? []), seat]))
        const next = round([...chosen].map(([each, seats]) => [each, [...seats]]))
        const { view: after, news } = applyEvent(now, { type: 'round', round: next })
        now = after
        return news
      }
      const act = (planned: readonly Planned[]): void => {
        for (const { act: what, friend } of planned.toSorted((a, b) => a.afterMs - b.afterMs))
          if (what.kind === 'choose') choose(seatOf[friend], what.number)
      }
      act(duties(scene(now, [], `room ${room}`)).filter(({ friend }) => friend !== 'kkiruk'))
      const news = choose(VISITOR, mine)
      expect(news).toEqual({ kind: 'chose', seat: VISITOR })
      act([...reactions(scene(now, [], `room ${room}`), news)])
      act(duties(scene(now, [], `room ${room}`)))
      const counts = [...chosen].map(([number, seats]) => ({ number, count: seats.size }))
      const best = Math.max(...counts.map(({ count }) => count))
      expect(counts.filter(({ count }) => count === best)).toEqual([{ number: mine, count: best }])
    }
  })
})

describe('reactions', () => {
  test('a place of the visitor’s is looked at by two, and one says something about it', () => {
    const planned = reactions(scene(view(four)), { kind: 'candidate', seat: VISITOR, number: 4 })
    expect(planned.filter(({ act }) => act.kind === 'look')).toHaveLength(2)
    expect(said(planned)).toHaveLength(1)
  })

  test('nobody praises what is closed as if it were open', () => {
    const closed = { ...candidate(4, VISITOR), hours: 'Mo-Su 05:00-06:00' }
    const news: News = { kind: 'candidate', seat: VISITOR, number: 4 }
    const [line] = said(reactions(scene(view([...four.slice(0, 3), closed])), news))
    expect(line).toMatch(/안 열었|꺼져|쉬는/)
  })

  test('who is followed says so once', () => {
    const news: News = { kind: 'followed', seat: VISITOR, leader: seatOf.mina }
    expect(said(reactions(scene(view(four)), news))).toEqual(['같이 봐요. 천천히 움직일게요'])
    expect(said(reactions(scene(view(four), ['say:followed:mina']), news))).toEqual([])
  })

  test('a ping is looked at, and answered once in a while', () => {
    const news: News = { kind: 'ping', seat: VISITOR, at: { lat: 31.5, lng: 152 } }
    const planned = reactions(scene(view(four)), news)
    expect(planned.filter(({ act }) => act.kind === 'look')).toHaveLength(2)
    expect(said(reactions(scene(view(four), keys(planned)), news))).toEqual([])
  })

  test('who does nothing is given one hint at a time, then peace', () => {
    const friendsOnly = four.slice(0, 3)
    const idle = (forMs: number, of: RoomView, done: readonly string[] = []) =>
      reactions(scene(of, done), { kind: 'idle', forMs })
    expect(idle(10_000, view(friendsOnly))).toEqual([])
    expect(keys(idle(30_000, view(friendsOnly)))).toEqual(['say:put'])
    expect(idle(30_000, view(friendsOnly), ['say:put'])).toEqual([])
    expect(keys(idle(30_000, view(four)))).toEqual(['say:ask'])
    expect(keys(idle(30_000, view(four, round([]))))).toEqual(['say:waiting:round'])
    expect(keys(idle(120_000, view(four), ['say:ask']))).toEqual(['say:rest'])
    expect(idle(120_000, view(four), ['say:ask', 'say:rest'])).toEqual([])
  })

  test('what friends do themselves is no news', () => {
    const own = applyEvent(view(four), { type: 'candidate', candidate: candidate(5, seatOf.mina) })
    expect(own.news).toEqual({ kind: 'changed' })
  })
})
