import type { Act } from '#shared/votes.ts'
import { takeEarly } from '../../lib/early.ts'
import { trpc } from '../../lib/trpc.ts'

export async function readVotes(roomId: string) {
  const { data } = await takeEarly('votes.state', { roomId }, () =>
    trpc.votes.state.query({ roomId }),
  )
  return data
}

export interface RoundWish {
  lengthMs?: number
  deadlineAt?: number
  hidden: boolean
  quorum: boolean
}
export const openRound = (roomId: string, wish: RoundWish) =>
  trpc.votes.open.mutate({ roomId, ...wish })
export const act = (input: { roundId: string; key: string; act: Act; lastOwn?: number }) =>
  trpc.votes.act.mutate(input)
/** The host's close: ten seconds in which choices still count. */
export const closeRound = (roundId: string) => trpc.votes.close.mutate({ roundId })
export const takeBackClose = (roundId: string) => trpc.votes.takeBack.mutate({ roundId })
export const extendRound = (roundId: string, deadlineAt: number) =>
  trpc.votes.extend.mutate({ roundId, deadlineAt })
/** Holds a closing by quorum for a minute; once a person. */
export const holdClosing = (roundId: string) => trpc.votes.wait.mutate({ roundId })

export const readMyDecisions = () => trpc.votes.myDecisions.query()
/** The permanent page as this browser may see it; reading makes no session. */
export const readDecision = (id: string, signal?: AbortSignal) =>
  trpc.votes.decision.query({ id }, { signal })
/** False takes the page from visitors, true gives it back; the host alone. */
export const publishDecision = (id: string, published: boolean) =>
  trpc.votes.publish.mutate({ id, published })
