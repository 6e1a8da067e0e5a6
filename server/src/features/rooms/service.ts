import type { PersonId } from '#shared/users.ts'
import type { Rooms } from './service.contract.ts'
import { makeRoomHub } from './live.hub.ts'
import { makeOnline } from './live.online.ts'
import { listCandidates } from './repo.candidates.ts'
import { deleteEventsBefore, listEvents, listVersions } from './repo.events.ts'
import { listInside, listMembers, listOutside, markSeen } from './repo.people.ts'
import {
  buryRoom,
  deleteTombstones,
  findRoom,
  findRoomByChannel,
  listExpired,
  lockRoom,
} from './repo.ts'
import { annotate, comeHere, propose, restore, withdraw } from './service.candidates.ts'
import {
  appendEvent,
  candidateOf,
  infoOf,
  memberOf,
  noHooks,
  requireHost,
  requireMember,
  tellPresence,
  touch,
} from './service.core.ts'
import type { Core, RoomsDeps } from './service.core.ts'
import { changeMe, demoOf, hideRoom, joinRoom, leaveRoom, openRoom } from './service.enter.ts'
import { peekRoom } from './service.peek.ts'
import {
  changeLink,
  changeRoom,
  closeRoom,
  extendRoom,
  handOver,
  removePerson,
  reopenRoom,
} from './service.host.ts'
import { erase, exportFor, moveOwner, reviewHosts } from './service.people.ts'
import {
  cardsOf,
  followEvents,
  followOwnCards,
  previewOf,
  readShared,
  snapshot,
} from './service.read.ts'
import { AppError } from '#shared/errors.ts'

/** A service function with its first argument filled in. */
type Bound<F> = F extends (core: Core, ...rest: infer R) => infer A ? (...rest: R) => A : never

/** How often those who listen are written down as online; well below the window of "full". */
const SEEN_EVERY_MS = 30_000
/** A message moves activity and expiry at most this often per room and process. */
const ACTIVE_EVERY_MS = 10_000
/** Who was away longer than this reads the room anew. */
const EVENTS_KEPT_MS = 6 * 3_600_000
/** An expired room is deleted an hour later: nobody is in the middle of reading it then. */
const GRAVE_AFTER_MS = 3_600_000
const TOMBSTONES_KEPT_MS = 90 * 24 * 3_600_000

/** The rooms feature with all that routers, jobs and other features call. */
export type RoomService = ReturnType<typeof makeRooms>

export function makeRooms(deps: RoomsDeps) {
  const core: Core = {
    ...deps,
    hooks: noHooks,
    listeners: [],
    hub: makeRoomHub({
      bus: deps.bus,
      log: deps.log,
      listEvents: (roomId, after, limit) => listEvents(deps.db, roomId, after, limit),
      listVersions: (ids) => listVersions(deps.db, ids),
    }),
    // The last tab of a person went: the two minutes of "full" count from now.
    online: makeOnline((pair) => markOnline([pair])),
  }
  const markOnline = (pairs: { roomId: string; personId: string }[]): void => {
    markSeen(core.db, pairs).catch((error: unknown) =>
      core.log.warn({ err: error }, 'who is online could not be written'),
    )
  }
  const timer = setInterval(() => markOnline(core.online.pairs()), SEEN_EVERY_MS)
  timer.unref()
  core.presence.onChange((roomId) => tellPresence(core, roomId))
  const bind = <F extends (core: Core, ...rest: never[]) => unknown>(call: F): Bound<F> =>
    ((...rest: never[]) => call(core, ...rest)) as Bound<F>

  return {
    ...makeOffer(core),
    openRoom: bind(openRoom),
    demoOf: bind(demoOf),
    peekRoom: bind(peekRoom),
    joinRoom: bind(joinRoom),
    leaveRoom: bind(leaveRoom),
    hideRoom: bind(hideRoom),
    changeMe: bind(changeMe),
    changeRoom: bind(changeRoom),
    closeRoom: bind(closeRoom),
    reopenRoom: bind(reopenRoom),
    extendRoom: bind(extendRoom),
    changeLink: bind(changeLink),
    handOver: bind(handOver),
    removePerson: bind(removePerson),
    propose: bind(propose),
    withdraw: bind(withdraw),
    restore: bind(restore),
    annotate: bind(annotate),
    comeHere: bind(comeHere),
    snapshot: bind(snapshot),
    followEvents: bind(followEvents),
    cardsOf: bind(cardsOf),
    followOwnCards: bind(followOwnCards),
    readShared: bind(readShared),
    previewOf: bind(previewOf),
    /** Those of these tabs' owners who are no longer inside, or not on that seat. */
    outsidersAmong: <P extends { roomId: string; seat: number; personId: string }>(
      owners: readonly P[],
    ): Promise<P[]> => listOutside(core.db, owners),
    reviewHosts: bind(reviewHosts),
    buryExpired: bind(buryExpired),
    forgetEvents: () => deleteEventsBefore(core.db, EVENTS_KEPT_MS, 5_000),
    moveOwner: bind(moveOwner),
    exportFor: bind(exportFor),
    erase: bind(erase),
    close: () => {
      clearInterval(timer)
      core.hub.close()
    },
  }
}

/** What other features may call. */
function makeOffer(core: Core): Rooms {
  const activeAt = new Map<string, number>()
  return {
    requireMember: async (roomId, personId) => {
      const { row: _, ...membership } = await requireMember(core, roomId, personId)
      return membership
    },
    requireHost: (roomId, personId, trueHost) => requireHost(core, roomId, personId, trueHost),
    roomInfo: async (roomId) => {
      const room = await findRoom(core.db, roomId)
      if (!room) throw new AppError('room_unknown')
      return infoOf(room)
    },
    members: async (roomId) =>
      (await listMembers(core.db, [roomId])).filter((m) => m.removed_at === null).map(memberOf),
    candidates: async (roomId) => (await listCandidates(core.db, roomId)).map(candidateOf),
    candidatesIn: async (tx, roomId) => (await listCandidates(tx, roomId)).map(candidateOf),
    membersIn: async (tx, roomId) =>
      (await listMembers(tx, [roomId])).filter((m) => m.removed_at === null).map(memberOf),
    insideIn: (tx, roomId, personIds) => listInside(tx, roomId, personIds),
    appendEvent,
    announce: (roomId) => core.hub.publish(roomId, { kind: 'event' }),
    announceMine: (roomId, ...personIds) => core.hub.publish(roomId, { kind: 'mine', personIds }),
    touch: (tx, roomId, notBefore) => touch(core, tx, roomId, notBefore),
    presentSeats: (roomId) => core.presence.presentSeats(roomId),
    channelAccess: (channelId, personId) => channelAccess(core, channelId, personId),
    channelActive: (channelId) => {
      const now = performance.now()
      if (now - (activeAt.get(channelId) ?? -Infinity) < ACTIVE_EVERY_MS) return
      if (activeAt.size > 10_000) activeAt.clear()
      activeAt.set(channelId, now)
      channelActive(core, channelId)
    },
    listen: (listeners) => {
      core.listeners.push(listeners)
    },
    setHooks: (hooks) => {
      core.hooks = hooks
    },
  }
}

async function channelAccess(
  core: Core,
  channelId: string,
  personId: PersonId,
): Promise<{ write: boolean; name: string; portrait: string }> {
  const room = await findRoomByChannel(core.db, channelId)
  if (!room) throw new AppError('room_unknown')
  const { writable, name, portrait } = await requireMember(core, room.id, personId)
  return { write: writable, name, portrait }
}

/** Tells of its own failures. */
function channelActive(core: Core, channelId: string): void {
  const write = async (): Promise<void> => {
    const room = await findRoomByChannel(core.db, channelId)
    if (!room) return
    await core.db.transaction().execute((tx) => touch(core, tx, room.id))
    core.hub.publish(room.id, { kind: 'card' })
  }
  write().catch((error: unknown) =>
    core.log.warn({ err: error }, 'activity of a room could not be written'),
  )
}

/** Deletes rooms an hour after their end, never one whose round is open. Decisions stay, but for those of Bap Island; a code keeps saying "expired" for 90 days. */
async function buryExpired(core: Core): Promise<number> {
  let buried = 0
  for (const id of await listExpired(core.db, GRAVE_AFTER_MS, 200)) {
    buried += await core.db.transaction().execute(async (tx) => {
      const round = await core.hooks.lockOpenRound(tx, id)
      const room = await lockRoom(tx, id)
      if (round || !room || !isOver(room)) return 0
      if (room.demo) await core.hooks.dropDecisions(tx, id)
      await buryRoom(tx, room)
      await core.dropChannel(tx, room.channel_id)
      return 1
    })
  }
  await deleteTombstones(core.db, TOMBSTONES_KEPT_MS)
  return buried
}

const isOver = (room: { expires_at: Date; now: Date }): boolean =>
  room.expires_at.getTime() + GRAVE_AFTER_MS <= room.now.getTime()
