import type { EarlyOf } from '#server/http/pages.early.ts'
import type { Pages } from '#server/http/pages.ts'
import { readRoomCode } from '#shared/rooms.code.ts'
import { defaultRoomName } from '#shared/rooms.names.ts'
import type { RoomPeek } from '#shared/rooms.ts'
import type { RoomService } from './service.ts'

/**
 * Previews of room links: brand and room name, nothing of who or where, and of a locked or unknown room not even that.
 * Messengers' crawlers name no language: they get the room's own. Makes no session and no guest.
 * `beside` names queries about a room that its members' page reads after the snapshot; app.ts knows of which features.
 */
export function mountRoomPages(
  pages: Pages,
  rooms: Pick<RoomService, 'previewOf'>,
  beside: readonly string[],
): void {
  pages.register(
    '/r/:code',
    async (params, { locale, request }) => {
      const room = await rooms.previewOf(params.code ?? '')
      if (!room) return null
      const language = request.headers['accept-language'] ? locale : room.locale
      return {
        title: `${room.name ?? defaultRoomName(room, language)} · ${language === 'ko' ? '밥맵' : 'Bapmap'}`,
        noindex: true,
      }
    },
    earlyOfRoom(beside),
  )
}

/** What the link shows, and to members the room itself: in the client's own order, votes after the snapshot that they belong to. */
function earlyOfRoom(beside: readonly string[]): EarlyOf {
  return async (params, ask) => {
    const code = readRoomCode(params.code ?? '')
    if (code === null) return undefined
    // The procedure's own answer: its type is the contract.
    const [peek] = (await Promise.all([ask('rooms.peek', { code }), ask('auth.me')])) as [
      RoomPeek,
      unknown,
    ]
    if (!('mySeat' in peek) || peek.mySeat === null) return undefined
    const { roomId } = peek
    for (const path of ['rooms.snapshot', ...beside]) await ask(path, { roomId })
    return { part: 'inside' }
  }
}
