import { defaultRoomName } from '#shared/rooms.names.ts'
import { lang } from '#client/lib/i18n/i18n.ts'

/** A room's name; without one, weekday and meal of when it was opened, in the reader's language: 금요일 저녁, Friday dinner. */
export function roomTitle(room: { name: string | null; createdAt: number; zone: string }): string {
  return room.name ?? defaultRoomName(room, lang())
}
