import type { DecisionSummary } from '#shared/votes.ts'
import type { RoomCard, Seat } from '#shared/rooms.ts'

export interface CardFacts {
  standing: number
  present: readonly Seat[]
  voting: { openedAt: number; deadlineAt: number; ticked: Seat[] } | null
  decided: DecisionSummary | null
}

/** State of a room on its home card: an open vote first, then the latest decision, else choosing. */
export function cardState(facts: CardFacts): RoomCard['state'] {
  const { voting, decided } = facts
  if (voting) {
    const ticked = new Set(voting.ticked)
    return { kind: 'voting', ...voting, waiting: facts.present.filter((seat) => !ticked.has(seat)) }
  }
  if (decided)
    return {
      kind: 'decided',
      decisionId: decided.id,
      name: decided.name,
      category: decided.category,
      at: decided.at,
    }
  return { kind: 'choosing', candidates: facts.standing }
}
