import { randomUUID } from 'node:crypto'
import { AppError } from '#shared/errors.ts'
import { presenceState } from '#shared/rooms.presence.ts'
import type { PresenceState } from '#shared/rooms.presence.ts'
import type { Seat } from '#shared/rooms.ts'
import { LEASE_MS, makeLeases } from './live.leases.ts'
import { startPlay } from './service.play.ts'
import type { Play } from './service.play.ts'
import type { DemoDeps } from './service.ts'

/** The demos that this server runs. A demo whose visitor is gone is in no list of it and costs nothing. */
export interface Troupe {
  /** Whether one more demo may wake here, from this address. */
  hasSpace(address: string): boolean
  /** Runs the room's friends, unless some server does. Tells of its own failures. */
  wakeSoon(roomId: string, address: string): void
  look(): Promise<void>
  awake(): string[]
  stop(): Promise<void>
}

const STEP_MS = 100
/** Rooms that were asked about; only this bounds memory. */
const KNOWN_MAX = 20_000

interface Present {
  seat: Seat
  state: PresenceState
}

export function makeTroupe(deps: DemoDeps, placeIds: () => Promise<Map<string, string>>): Troupe {
  const { rooms, presence, limits, log } = deps
  const leases = makeLeases(deps.redis, randomUUID())
  const plays = new Map<string, Play>()
  /** Of rooms that were opened here: whose address counts. */
  const addresses = new Map<string, string>()
  const waking = new Set<string>()
  const known = new Map<string, boolean>()
  let timer: NodeJS.Timeout | null = null
  let keptAtMs = performance.now()
  let stopped = false

  const failed = (doing: string, roomId: string) => (error: unknown) => {
    if (!stopped) log.warn({ err: error, roomId }, `demo: ${doing}`)
  }
  const isDemo = async (roomId: string): Promise<boolean> => {
    const answer = known.get(roomId)
    if (answer !== undefined) return answer
    const { demo } = await rooms.roomInfo(roomId).catch((error: unknown) => {
      if (error instanceof AppError) return { demo: false }
      throw error
    })
    if (known.size >= KNOWN_MAX) known.clear()
    known.set(roomId, demo)
    return demo
  }
  const step = (): void => {
    const now = performance.now()
    for (const play of plays.values()) play.step(now)
  }
  const end = (play: Play): void => {
    play.stop()
    plays.delete(play.roomId)
    addresses.delete(play.roomId)
    if (plays.size > 0 || !timer) return
    clearInterval(timer)
    timer = null
  }
  /** The lease is had. */
  const run = async (roomId: string): Promise<void> => {
    const play = await startPlay(deps, placeIds, roomId)
    if (stopped) return play.stop()
    plays.set(roomId, play)
    timer ??= setInterval(step, STEP_MS)
    play.hearSeats(await presence.presentPeople(roomId))
    play.over
      .then(() => {
        if (plays.get(roomId) !== play) return
        end(play)
        return leases.release(roomId, false)
      })
      .catch(failed('a demo could not be put to sleep', roomId))
  }
  const runClaimed = async (roomId: string): Promise<void> => {
    try {
      await run(roomId)
    } catch (error) {
      await leases.release(roomId, false)
      throw error
    }
  }
  const wake = async (roomId: string, isWanted: () => Promise<boolean>): Promise<void> => {
    if (stopped || plays.has(roomId) || waking.has(roomId)) return
    waking.add(roomId)
    try {
      if (!(await isDemo(roomId)) || !(await isWanted())) return
      if (plays.size + waking.size > limits.DEMOS_PER_SERVER) return await leases.offer(roomId)
      if (await leases.claim(roomId)) await runClaimed(roomId)
    } finally {
      waking.delete(roomId)
    }
  }
  /** Friends alone wake nobody: they may be those of a server that is just ending. */
  const hasPerson = async (roomId: string, here: readonly Present[]): Promise<boolean> => {
    const friends = new Set(
      (await rooms.members(roomId)).filter((each) => each.simulated).map(({ seat }) => seat),
    )
    return here.some(({ seat }) => !friends.has(seat))
  }
  presence.onChange((roomId, seats) => {
    if (stopped) return
    const play = plays.get(roomId)
    if (play) return play.hearSeats(seats)
    const here = seats.filter(({ state }) => state === presenceState.here)
    if (here.length === 0 || known.get(roomId) === false) return
    wake(roomId, () => hasPerson(roomId, here)).catch(failed('a demo could not be woken', roomId))
  })
  return {
    hasSpace: (address) =>
      plays.size + waking.size < limits.DEMOS_PER_SERVER &&
      [...addresses.values()].filter((each) => each === address).length < limits.DEMOS_PER_ADDRESS,
    wakeSoon: (roomId, address) => {
      known.set(roomId, true)
      wake(roomId, () => {
        addresses.set(roomId, address)
        return Promise.resolve(true)
      }).catch(failed('a demo could not be woken', roomId))
    },
    look: async () => {
      if (stopped) return
      const mine = [...plays.keys()]
      try {
        const kept = new Set(await leases.renew(mine))
        keptAtMs = performance.now()
        // Another server has it by now: what both do is done once, but two hands on one pointer look odd.
        for (const roomId of mine) if (!kept.has(roomId)) endOf(roomId)
      } catch (error) {
        // Without Redis nobody knows whose they are, and nobody sees them move.
        if (performance.now() - keptAtMs > LEASE_MS) for (const roomId of mine) endOf(roomId)
        throw error
      }
      for (const roomId of await leases.claimDue(limits.DEMOS_PER_SERVER - plays.size))
        await runClaimed(roomId).catch(failed('a demo could not be gone on with', roomId))
    },
    awake: () => [...plays.keys()],
    stop: async () => {
      stopped = true
      const mine = [...plays.values()]
      for (const play of mine) end(play)
      await Promise.allSettled(mine.map(({ roomId }) => leases.release(roomId, true)))
    },
  }
  function endOf(roomId: string): void {
    const play = plays.get(roomId)
    if (play) end(play)
  }
}
