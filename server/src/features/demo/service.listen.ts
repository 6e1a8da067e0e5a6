import { AppError } from '#shared/errors.ts'
import type { PersonId } from '#shared/users.ts'
import { applyEvent, viewOfRoom } from './policy.room.ts'
import type { News, RoomView } from './policy.room.ts'
import type { DemoDeps } from './service.ts'

export interface Heard {
  /** All of the room, read anew. `said`: ids of the latest messages. */
  read(view: RoomView, channelId: string, said: ReadonlySet<string>): void
  view(): RoomView
  changed(view: RoomView, news: News): void
  /** A message of anybody. */
  message(authorId: PersonId, seq: number, body: string): void
}

const HISTORY = 100

/**
 * Hears the room with one friend's ears, as any member's tab does, until the signal ends it or the friend is no longer let in: then it
 * throws what the services throw.
 */
export async function listen(
  { rooms, votes, chat }: Pick<DemoDeps, 'rooms' | 'votes' | 'chat'>,
  roomId: string,
  personId: PersonId,
  heard: Heard,
  signal: AbortSignal,
): Promise<void> {
  const both = new AbortController()
  const end = AbortSignal.any([signal, both.signal])
  const snapshot = await rooms.snapshot(personId, roomId)
  const { channelId } = snapshot
  const [{ round }, history] = await Promise.all([
    votes.state(personId, roomId),
    chat.history(personId, { channelId, limit: HISTORY }),
  ])
  heard.read(
    viewOfRoom(snapshot, round),
    channelId,
    new Set(history.messages.map(({ clientId }) => clientId)),
  )
  const events = async (): Promise<void> => {
    const ask = { roomId, lastEventId: String(snapshot.seq), signal: end, recheckSession }
    for await (const { feed } of rooms.followEvents(personId, ask)) {
      if (feed.kind === 'reset') return
      if (feed.kind !== 'event') continue
      const { view, news } = applyEvent(heard.view(), feed.event)
      heard.changed(view, news)
    }
  }
  const messages = async (): Promise<void> => {
    const last = history.messages.at(-1)?.seq ?? 0
    const from = { channelId, lastEventId: `${history.epoch}:${last}` }
    for await (const { event } of chat.follow(personId, from, end))
      if (event.type === 'message')
        heard.message(event.message.authorId, event.message.seq, event.message.body)
  }
  // Whichever ends first ends the other: then all is read anew.
  await Promise.all([events(), messages()].map((each) => each.finally(() => both.abort())))
}

/** Nobody is signed in as a friend: there is no session that could end. */
const recheckSession = (): Promise<void> => Promise.resolve()

const GONE = new Set(['not_a_member', 'room_removed'])
const OVER = new Set(['room_unknown', 'room_expired', 'not_found'])

/** What a failure says of the listener or the room; anything else passes. */
export function endOf(error: unknown): 'friend' | 'room' | null {
  if (!(error instanceof AppError)) return null
  if (GONE.has(error.code)) return 'friend'
  return OVER.has(error.code) ? 'room' : null
}
