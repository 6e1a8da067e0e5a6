import { createContext, createMemo, createSignal, onCleanup, useContext } from 'solid-js'
import type { Accessor } from 'solid-js'
import type { LatLng } from '#shared/geo.ts'
import { distanceM } from '#shared/geo.measure.ts'
import type { Candidate, RoomEvent, Seat } from '#shared/rooms.ts'
import type { Act, RoundView } from '#shared/votes.ts'
import {
  createPresence,
  hostRights,
  areWaitingPuts,
  makePuts,
  makeRoomState,
  personOn,
  restorable,
  roomsApi,
} from '../../features/rooms/index.ts'
import type { Presence, Puts, RoomPerson, RoomState } from '../../features/rooms/index.ts'
import { leadersOf, makeVotes, sayWho, votesApi } from '../../features/votes/index.ts'
import type { Votes } from '../../features/votes/index.ts'
import { createServerClock } from '../../lib/clock.ts'
import type { AppConfig } from '../../lib/config.ts'
import { t, tError } from '../../lib/i18n/i18n.ts'
import { isBoolean, keep, readKept, roomKeys } from '../../lib/storage.ts'
import { codeOf, failureOf, isPassing } from '../../lib/trpc.ts'
import { showRefusal, showToast } from '../../ui/toast.tsx'

export type RoomEar = (event: RoomEvent, at: number) => void

/** One room as the page's parts see it: data, derived values, and the acts that several parts offer. */
export interface Scene {
  roomId: string
  config: AppConfig
  state: RoomState
  votes: Votes
  /** The round that takes choices now. */
  open: Accessor<RoundView | null>
  presence: Presence
  /** Places on their way into the list. */
  puts: Puts
  /** The server's clock, ms. */
  now: Accessor<number>
  me: Accessor<RoomPerson>
  person(seat: Seat): RoomPerson
  rights: Accessor<boolean | 'acting'>
  writable: Accessor<boolean>
  /** On Bap Island: places and friends are made up. */
  demo: Accessor<boolean>
  standing: Accessor<Candidate[]>
  /** In the order the reader asked for. */
  sorted: Accessor<Candidate[]>
  sort: Accessor<Sort>
  setSort(sort: Sort): void
  leaders: Accessor<ReadonlySet<number>>
  /** Seats present now; me always. */
  present: Accessor<Seat[]>
  /** Present, or done with a tick: whom the header counts. */
  counted: Accessor<Seat[]>
  /** Present and without a tick: me first. */
  waitingFor: Accessor<RoomPerson[]>
  /** The same in words, to the reader. */
  waitingWho: Accessor<string>
  /** Metres from the meeting point. */
  distanceOf(place: LatLng): number | null
  /** Number of times a tap on this candidate was refused. */
  refusals(number: number): number
  vote(act: Act): void
  /** Taken off, and mine to put back. */
  restorable: Accessor<Candidate[]>
  removeCandidate(candidate: Candidate): void
  /** True when it stands again. */
  restoreCandidate(candidate: Candidate): Promise<boolean>
  /** Runs an act and says why when it is refused; true when it was done. */
  attempt(work: () => Promise<unknown>): Promise<boolean>
  hear(ear: RoomEar): void
  /** V, N and P act; may be switched off in the settings. */
  letterKeys(): boolean
}
export type Sort = 'added' | 'leading' | 'near'

const SceneContext = createContext<Scene>()
export const SceneProvider = SceneContext.Provider
export function useScene(): Scene {
  const scene = useContext(SceneContext)
  if (!scene) throw new Error('no room around')
  return scene
}

/** Says a refusal in words; what nobody answered is said as such. */
export function sayFailure(error: unknown): void {
  const failure = failureOf(error)
  showRefusal(failure.code === 'unreachable' ? t('rooms.offline') : tError(failure))
}

/** Wires one room's parts. Must be created under an owner, which ends it. */
export function createScene(
  roomId: string,
  config: AppConfig,
  onLost: (error: unknown) => void,
): Scene {
  const end = new AbortController()
  onCleanup(() => end.abort())
  const ears = new Set<RoomEar>()
  const [refused, setRefused] = createSignal<ReadonlyMap<number, number>>(new Map())
  const mySeat = (): Seat => state.view?.mySeat ?? 0
  const votes = makeVotes({
    read: () => votesApi.readVotes(roomId),
    act: votesApi.act,
    isPassing,
    mySeat,
    refused: (act, error) => {
      if ('number' in act)
        setRefused((all) => new Map(all).set(act.number, (all.get(act.number) ?? 0) + 1))
      sayFailure(error)
    },
  })
  onCleanup(() => votes.end())
  const reload = (): void => {
    votes.reload().catch((error: unknown) => {
      if (!isPassing(error)) throw error
    })
  }
  const state = makeRoomState(
    {
      readSnapshot: (signal) => roomsApi.readSnapshot(roomId, signal),
      subscribe: (seq, heard, failed) => roomsApi.followRoom(roomId, seq, heard, failed),
      onEvent: (event, at) => {
        if (event.type === 'round') votes.hearRound(event.round)
        if (event.type === 'decision') votes.hearDecision(event.decision)
        for (const ear of ears) ear(event, at)
      },
      onMine: reload,
      onRead: reload,
      isOut,
      onLost: (error) => {
        // Nothing answered: what is on screen stays, and the room is read again.
        if (state.view && isPassing(error)) return
        onLost(error)
      },
    },
    end.signal,
  )
  const presence = createPresence({ roomId })
  const people = createPeople(state, presence, votes)
  const list = createList(state, votes)
  const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work()
      return true
    } catch (error) {
      sayFailure(error)
      return false
    }
  }
  const restoreCandidate = (candidate: Candidate): Promise<boolean> =>
    attempt(() => roomsApi.restore(roomId, candidate.number))
  const removeCandidate = async (candidate: Candidate): Promise<void> => {
    if (await attempt(() => roomsApi.withdraw(roomId, candidate.number)))
      showToast(t('places.withdrawn', { name: candidate.name }), {
        label: t('common.undo'),
        run: () => void restoreCandidate(candidate),
      })
  }
  const open = (): RoundView | null => {
    const round = votes.round()
    return round?.state === 'open' ? round : null
  }
  const writable = (): boolean => state.view?.room.closedAt === null
  return {
    roomId,
    config,
    state,
    votes,
    open,
    presence,
    puts: createPuts(roomId),
    now: createServerClock(),
    ...people,
    ...list,
    writable,
    demo: () => state.view?.room.demo ?? false,
    restorable: createMemo(() =>
      writable() && open()?.kind !== 'runoff'
        ? restorable(state.view?.candidates ?? [], {
            mySeat: mySeat(),
            host: people.rights() !== false,
            lastCloseAt: Math.max(votes.round()?.closedAt ?? 0, votes.decisions()[0]?.at ?? 0),
          })
        : [],
    ),
    refusals: (number) => refused().get(number) ?? 0,
    vote: (act) => votes.want(act),
    removeCandidate: (candidate) => void removeCandidate(candidate),
    restoreCandidate,
    attempt,
    letterKeys: () => readKept('bapmap.letterKeys', isBoolean) ?? true,
    hear: (ear) => {
      ears.add(ear)
      onCleanup(() => void ears.delete(ear))
    },
  }
}

/** Must be created under an owner, which ends it. */
function createPuts(roomId: string): Puts {
  const kept = `${roomKeys(roomId)}puts`
  const puts = makePuts({
    propose: ({ key, what, link }) => roomsApi.propose(roomId, key, what, link ? { link } : {}),
    isPassing,
    placed: ({ name }, number) => showToast(t('rooms.placed', { number, name })),
    refused: (_, error) => sayFailure(error),
    newKey: () => crypto.randomUUID(),
    readKept: () => readKept(kept, areWaitingPuts) ?? [],
    keep: (waiting) => keep(kept, waiting.length > 0 ? waiting : null),
  })
  onCleanup(() => puts.end())
  return puts
}

function createPeople(state: RoomState, presence: Presence, votes: Votes) {
  const mySeat = (): Seat => state.view?.mySeat ?? 0
  const person = (seat: Seat): RoomPerson => personOn(state.view?.members ?? {}, seat)
  const left = createMemo(() => new Set(state.view?.leftSeats ?? []))
  const seats = createMemo(() =>
    Object.keys(state.view?.members ?? {})
      .map(Number)
      .filter((seat) => !left().has(seat)),
  )
  const present = createMemo(() =>
    seats().filter((seat) => seat === mySeat() || presence.people[seat] !== undefined),
  )
  const ticked = createMemo(() => new Set(votes.round()?.ticked ?? []))
  const waitingFor = createMemo(() => {
    const open = present().filter((seat) => !ticked().has(seat))
    const mine = open.filter((seat) => seat === mySeat())
    return [...mine, ...open.filter((seat) => seat !== mySeat())].map(person)
  })
  return {
    me: createMemo(() => person(mySeat())),
    person,
    rights: createMemo(() => (state.view ? hostRights(state.view.room, mySeat()) : false)),
    present,
    counted: createMemo(() =>
      seats().filter((seat) => ticked().has(seat) || present().includes(seat)),
    ),
    waitingFor,
    waitingWho: createMemo(() => {
      const others = waitingFor().filter(({ seat }) => seat !== mySeat())
      return sayWho(
        others.map(({ name }) => name),
        others.length < waitingFor().length,
      )
    }),
  }
}

function createList(state: RoomState, votes: Votes) {
  const [sort, setSort] = createSignal<Sort>('added')
  const standing = createMemo(() =>
    (state.view?.candidates ?? []).filter(({ withdrawnAt }) => withdrawnAt === null),
  )
  const distanceOf = (place: LatLng): number | null => {
    const meeting = state.view?.room.meeting
    return meeting ? distanceM(meeting, place) : null
  }
  const votesOf = (number: number): number =>
    votes.round()?.chosen?.find(([n]) => n === number)?.[1].length ?? 0
  const sorted = createMemo(() => {
    if (sort() === 'leading')
      return [...standing()].sort((a, b) => votesOf(b.number) - votesOf(a.number))
    if (sort() === 'near')
      return [...standing()].sort((a, b) => (distanceOf(a) ?? 0) - (distanceOf(b) ?? 0))
    return standing()
  })
  return {
    standing,
    sorted,
    sort,
    setSort: (next: Sort) => void setSort(next),
    distanceOf,
    leaders: createMemo(
      (): ReadonlySet<number> =>
        new Set(leadersOf(votes.round(), new Set(standing().map(({ number }) => number)))),
    ),
  }
}

/** True for the refusals after which this browser is no longer in the room. */
export function isOut(error: unknown): boolean {
  return [
    'room_removed',
    'room_unknown',
    'room_expired',
    'not_a_member',
    'unauthenticated',
  ].includes(codeOf(error))
}
