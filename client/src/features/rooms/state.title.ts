import { defaultRoomName } from '#shared/rooms.names.ts'
import type { RoomCard } from '#shared/rooms.ts'
import { formatDay } from '#client/lib/i18n/format.ts'
import { lang, t } from '#client/lib/i18n/i18n.ts'

/** A room's name; without one, weekday and meal of when it was opened, in the reader's language: 금요일 저녁, Friday dinner. */
export function roomTitle(room: { name: string | null; createdAt: number; zone: string }): string {
  return room.name ?? defaultRoomName(room, lang())
}

type Titled = Pick<RoomCard, 'roomId' | 'name' | 'createdAt' | 'zone' | 'state' | 'present'>

/** A room among mine: one that shares its name has its day beside it, unless its card says when it was last used. */
export function cardTitle(card: Titled, all: readonly Titled[]): string {
  const title = roomTitle(card)
  const saysWhen = card.state.kind !== 'voting' && card.present.length === 0
  const alone = all.every((one) => one.roomId === card.roomId || roomTitle(one) !== title)
  return alone || saysWhen ? title : `${title} · ${formatDay(card.createdAt, card.zone)}`
}

/** Before one is in: how many are, and how many places were put forward, if any. */
export function sayInside(people: number, places: number): string {
  if (places === 0) return people > 0 ? t('rooms.insideN', { people }) : t('rooms.empty')
  return t(people > 0 ? 'rooms.insideAndPlaces' : 'rooms.emptyAndPlaces', { people, places })
}
