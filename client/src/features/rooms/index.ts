/* What pages and other features may use of rooms. */
export * as roomsApi from './api.ts'
export type { Proposition } from './api.ts'
export { hostRights, personOn } from './state.people.ts'
export { restorable } from './state.withdrawn.ts'
export type { RoomPerson } from './state.people.ts'
export { createPresence } from './state.presence.ts'
export type { Presence } from './state.presence.ts'
export { cardTitle, roomTitle } from './state.title.ts'
export { makeRoomState } from './state.ts'
export type { RoomState, RoomView } from './state.ts'
export { CandidateRow } from './ui/candidate.tsx'
export { JoinPage } from './ui/join.tsx'
export type { OpenPeek } from './ui/join.tsx'
export {
  ClosedRoom,
  ExpiredRoom,
  FullRoom,
  LockedRoom,
  RemovedFromRoom,
  UnknownRoom,
} from './ui/states.tsx'
export { areWaitingPuts, makePuts } from './state.puts.ts'
export type { Puts, WaitingPut } from './state.puts.ts'
export { boundsOf } from './state.bounds.ts'
export { createComeHere } from './state.presenceCome.ts'
export type { ComeHere } from './state.presenceCome.ts'
export { makeCamera } from './ui/map/camera.ts'
export type { Camera, CameraPlace } from './ui/map/camera.ts'
export { createPresenceLayer } from './ui/map/layer.ts'
export type { PresenceLayer } from './ui/map/layer.ts'
export { EdgeArrows } from './ui/map/EdgeArrows.tsx'
export type { EdgeArrow } from './ui/map/edgeGeometry.ts'
export { PresenceBanners } from './ui/map/PresenceBanners.tsx'
export { createRoomCards } from './state.home.ts'
export { RoomCardItem } from './ui/cards.tsx'
export { AskSheet } from './ui/ask.tsx'
export type { Question } from './ui/ask.tsx'
export { copyText, InviteSheet } from './ui/invite.tsx'
export { RenameSheet, RoomMenu } from './ui/menu.tsx'
export { NoteSheet } from './ui/note.tsx'
export { PersonCard } from './ui/person.tsx'
