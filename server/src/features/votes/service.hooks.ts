import type { OpenRound, RoomHooks, Tx } from '#server/features/rooms/index.ts'
import { AppError } from '#shared/errors.ts'
import { listLosing, markRemoved, readBallots } from './repo.ballots.ts'
import { deleteByRoom, findLatestFor } from './repo.decisions.ts'
import { findLastClose, findRound, lockOpenRound, lockRoomRounds, readNow } from './repo.rounds.ts'
import type { Core, Held } from './service.core.ts'
import { votesOf } from './service.read.ts'
import { moveQuorum, publish } from './service.view.ts'

/** What rooms ask of votes; all in the transaction that holds the open round's row. */
export function makeHooks(core: Core): RoomHooks {
  return {
    lockOpenRound: async (tx, roomId) => {
      await lockRoomRounds(tx, roomId)
      const round = await lockOpenRound(tx, roomId)
      return round && { id: round.id, kind: round.kind, hidden: round.hidden }
    },
    candidateWithdrawing: (tx, round, number, bySeat, isHost) =>
      withdrawing(core, tx, round, { number, bySeat, isHost }),
    candidateStanding: async (tx, round) => {
      if (round.kind === 'runoff') throw new AppError('runoff_fixed')
      await retell(core, await holdHere(tx, round))
    },
    personRemoving: async (tx, round, seat, personId) => {
      await markRemoved(tx, round.id, personId, seat)
      await retell(core, await holdHere(tx, round))
    },
    lastCloseAt: findLastClose,
    votesOf: (roomIds) => votesOf(core, roomIds),
    dropDecisions: deleteByRoom,
    decisionFor: (roomId, personId) => findLatestFor(core.db, roomId, personId),
  }
}

interface Withdrawing {
  number: number
  bySeat: number
  isHost: boolean
}

/**
 * The proposer may withdraw until someone else chose it, then only the host; in a hidden round only the host. Choices stay and return
 * on undo; who has no tick left is told alone.
 */
async function withdrawing(
  core: Core,
  tx: Tx,
  about: OpenRound,
  { number, bySeat, isHost }: Withdrawing,
): Promise<void> {
  if (about.kind === 'runoff') throw new AppError('runoff_fixed')
  if (about.hidden && !isHost) throw new AppError('host_only')
  const held = await holdHere(tx, about)
  const ballots = await readBallots(tx, about.id)
  const chosenByOthers = ballots.some(
    ({ seat, chosen }) => seat !== bySeat && chosen.includes(number),
  )
  if (!isHost && chosenByOthers) throw new AppError('candidate_chosen', { number })
  const standing = (await standingNow(core, tx, held)).filter((each) => each !== number)
  const min = core.limits.MIN_CANDIDATES
  if (standing.length < min) throw new AppError('too_few_candidates', { min })
  const losing = await listLosing(tx, about.id, number, standing)
  await retell(core, held, standing)
  // After the commit: what they read then has the candidate withdrawn. Should it not commit, they read for nothing.
  if (losing.length > 0)
    setTimeout(() => core.rooms.announceMine(held.round.roomId, ...losing), 200).unref()
}

/** Rooms' transaction holds the row already; its version and event follow in the same one. */
async function holdHere(tx: Tx, { id }: OpenRound): Promise<Held> {
  const round = await findRound(tx, id)
  if (!round) throw new AppError('round_unknown')
  return { tx, round, now: await readNow(tx), told: false, mine: new Set() }
}

/** Read anew, not remembered: this transaction has changed them and may yet be rolled back. */
async function standingNow(core: Core, tx: Tx, { round }: Held): Promise<number[]> {
  if (round.tied) return round.tied
  return (await core.rooms.candidatesIn(tx, round.roomId))
    .filter((each) => each.withdrawnAt === null)
    .map((each) => each.number)
}

/** A closing by quorum starts over once presence is looked at again, within a second; here it only ends. */
async function retell(core: Core, held: Held, standing?: readonly number[]): Promise<void> {
  const { round, tx } = held
  const stands = standing ?? (await standingNow(core, tx, held))
  const ballots = await readBallots(tx, round.id)
  await moveQuorum(core, held, { ballots, standing: stands, present: null, changed: true })
  await publish(core, held, ballots, stands)
}
