import type { Pages } from '#server/http/pages.ts'
import { defaultRoomName } from '#shared/rooms.names.ts'
import type { RoomService } from './service.ts'

/**
 * Previews of room links: brand and room name, nothing of who or where, and of a locked or unknown room not even that.
 * Messengers' crawlers name no language: they get the room's own. Makes no session and no guest.
 */
export function mountRoomPages(pages: Pages, rooms: Pick<RoomService, 'previewOf'>): void {
  pages.register('/r/:code', async (params, { locale, request }) => {
    const room = await rooms.previewOf(params.code ?? '')
    if (!room) return null
    const language = request.headers['accept-language'] ? locale : room.locale
    return {
      title: `${room.name ?? defaultRoomName(room, language)} · ${language === 'ko' ? '밥맵' : 'Bapmap'}`,
      noindex: true,
    }
  })
}
