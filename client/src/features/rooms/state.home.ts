import { createSignal, onCleanup } from 'solid-js'
import type { Accessor } from 'solid-js'
import type { RoomCard, RoomCardsFeed } from '#shared/rooms.ts'
import { followCards } from './api.ts'

/** Rooms in a vote first, then by last activity. */
function inOrder(cards: readonly RoomCard[]): RoomCard[] {
  const urgent = (card: RoomCard): number => (card.state.kind === 'voting' ? 0 : 1)
  return cards.toSorted((a, b) => urgent(a) - urgent(b) || b.lastActivityAt - a.lastActivityAt)
}

export interface RoomCards {
  /** Null until the first answer. */
  cards: Accessor<RoomCard[] | null>
  /** Takes a card away at once; `undo` brings it back if the server refused. */
  drop(roomId: string): { undo: () => void }
}

/** My rooms, kept current while the page is open. Must be created under an owner. */
export function createRoomCards(): RoomCards {
  const [cards, setCards] = createSignal<RoomCard[] | null>(null)
  const without = (roomId: string): RoomCard[] =>
    (cards() ?? []).filter((card) => card.roomId !== roomId)
  const hear = (feed: RoomCardsFeed): void => {
    if (feed.kind === 'all') setCards(inOrder(feed.cards))
    else if (feed.kind === 'gone') setCards(without(feed.roomId))
    else setCards(inOrder([...without(feed.card.roomId), feed.card]))
  }
  onCleanup(followCards(hear))
  return {
    cards,
    drop(roomId) {
      const before = cards()
      setCards(without(roomId))
      return { undo: () => setCards(before) }
    },
  }
}
