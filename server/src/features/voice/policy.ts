const ROOM_PREFIX = 'voice-'

/** Name of the SFU room that carries a room's voice. */
export function sfuRoomOf(roomId: string): string {
  return ROOM_PREFIX + roomId
}

/** The room whose voice an SFU room carries; null for SFU rooms of other kinds. */
export function roomOfSfu(sfuRoom: string): string | null {
  return sfuRoom.startsWith(ROOM_PREFIX) ? sfuRoom.slice(ROOM_PREFIX.length) : null
}
