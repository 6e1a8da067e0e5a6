import type { Auth } from '#server/features/auth/index.ts'
import type { Chat } from '#server/features/chat/index.ts'
import type { Places } from '#server/features/places/index.ts'
import type { PresenceLive, RoomService } from '#server/features/rooms/index.ts'
import type { Users } from '#server/features/users/index.ts'
import type { Votes } from '#server/features/votes/index.ts'
import type { Db } from '#server/platform/db.ts'
import type { Locks } from '#server/platform/lock.ts'
import type { Log } from '#server/platform/log.ts'
import type { LimitRule, RateLimit } from '#server/platform/rateLimit.ts'
import type { RedisLinks } from '#server/platform/redis.ts'
import { islandName } from '#shared/demo.friends.ts'
import { ISLAND_CENTRE, ISLAND_SOURCE } from '#shared/demo.island.ts'
import { islandPlaces } from '#shared/demo.places.ts'
import { AppError } from '#shared/errors.ts'
import type { Limits } from '#shared/limits.ts'
import { newFaceSeed } from '#shared/faces.ts'
import type { Locale, PersonId } from '#shared/users.ts'
import { listOver } from './repo.ts'
import { makeTroupe } from './service.troupe.ts'

export interface DemoDeps {
  db: Db
  redis: RedisLinks
  log: Log
  locks: Locks
  rateLimit: RateLimit
  limits: Limits
  auth: Pick<Auth, 'addSimulated' | 'people'>
  users: Pick<Users, 'profile'>
  places: Pick<Places, 'seed' | 'zoneAt'>
  presence: Pick<PresenceLive, 'connect' | 'onChange' | 'presentPeople'>
  rooms: RoomService
  votes: Pick<Votes, 'state' | 'act'>
  chat: Pick<Chat, 'send' | 'sayTyping' | 'follow' | 'history'>
}

export interface OpenDemo {
  locale: Locale
  nickname?: string | undefined
  portrait?: string | undefined
}

export interface Demo {
  /**
   * The person's room on Bap Island: a new one, or the one they have as long as nothing was decided there. The friends come in by
   * themselves. Throws demo_full, slow_down, name_invalid, bad_input.
   */
  open(
    personId: PersonId,
    address: string,
    input: OpenDemo,
  ): Promise<{ roomId: string; code: string; seat: number }>
  /** Keeps the demos that this server runs, and goes on with those whose server is gone. */
  look(): Promise<void>
  /** Erases simulated friends whose room is gone. */
  forgetFriends(): Promise<void>
  /** Rooms whose friends this server moves at present. */
  awake(): string[]
  /** Other servers go on with what ran here. */
  stop(): Promise<void>
}

const OPEN_RULE: LimitRule = { name: 'demo.open', points: 12, perSeconds: 240 }
/** The harbour at the bottom, the hill at the top, on a desktop. */
const ISLAND_ZOOM = 15
const GUEST: Record<Locale, string> = { ko: '손님', en: 'Guest' }
/** The second of two taps waits for the first. */
const OPEN_LOCK = { ttlMs: 10_000, waitMs: 100, retries: 50 }
const FORGET_AT_ONCE = 100

export function makeDemo(deps: DemoDeps): Demo {
  const { rooms } = deps
  let seeding: Promise<Map<string, string>> | null = null
  /** Once a process: what ships with it can't change under it. */
  const seed = (): Promise<Map<string, string>> => {
    seeding ??= deps.places.seed(ISLAND_SOURCE, islandPlaces).catch((error: unknown) => {
      seeding = null
      throw error
    })
    return seeding
  }
  const troupe = makeTroupe(deps, seed)
  const enter = async (personId: PersonId, address: string, input: OpenDemo) => {
    const profile = await deps.users.profile(personId)
    const who = {
      nickname: input.nickname ?? (profile?.name || GUEST[input.locale]),
      portrait: input.portrait ?? profile?.portrait ?? newFaceSeed(),
    }
    const code = await rooms.demoOf(personId)
    if (code !== null) return rooms.joinRoom(personId, address, { ...who, code })
    if (!troupe.hasSpace(address)) throw new AppError('demo_full')
    await seed()
    return rooms.openRoom(personId, {
      ...who,
      locale: input.locale,
      // The clock of its places' hours.
      zone: deps.places.zoneAt(ISLAND_CENTRE),
      name: islandName[input.locale],
      anchor: { kind: 'view', ...ISLAND_CENTRE, zoom: ISLAND_ZOOM },
      demo: true,
    })
  }
  return {
    open: async (personId, address, input) => {
      await deps.rateLimit.limit(personId, OPEN_RULE)
      // Two taps at once are one room.
      const entered = await deps.locks.withLock(
        `demo:${personId}`,
        () => enter(personId, address, input),
        OPEN_LOCK,
      )
      troupe.wakeSoon(entered.roomId, address)
      return entered
    },
    look: troupe.look,
    forgetFriends: async () => {
      for (const personId of await listOver(deps.db, FORGET_AT_ONCE))
        await deps.auth.people.erasePerson(personId)
    },
    awake: troupe.awake,
    stop: troupe.stop,
  }
}
