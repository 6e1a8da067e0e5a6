export type { PresenceLive } from './live.presence.ts'
export type { PresenceTab } from './live.presenceSocket.ts'
export { makeRooms, type RoomService } from './service.ts'
export type {
  Membership,
  OpenRound,
  RoomHooks,
  RoomListeners,
  RoomPresence,
  RoomVotes,
  Rooms,
  Tx,
} from './service.contract.ts'
