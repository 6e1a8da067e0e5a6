import type { DbOrTx } from '#server/platform/db.ts'
import type { Seat } from '#shared/rooms.ts'
import { stepQuorum } from '#shared/votes.quorum.ts'
import type { Outcome, RoundView } from '#shared/votes.ts'
import type { PublicBallot } from './repo.ballots.ts'
import { saveRound } from './repo.rounds.ts'
import type { RoundRow } from './repo.rounds.ts'
import { aboutRound } from './service.core.ts'
import type { Core, Held } from './service.core.ts'

/**
 * Who has a tick. In a hidden round a choice on a withdrawn candidate keeps it: taking it away would tell what was chosen.
 */
export function tickedSeats(
  hidden: boolean,
  ballots: readonly PublicBallot[],
  standing: readonly number[],
): Seat[] {
  const stands = new Set(standing)
  return ballots
    .filter(({ fine, chosen }) => fine || chosen.some((number) => hidden || stands.has(number)))
    .map(({ seat }) => seat)
    .sort((a, b) => a - b)
}

/** Candidate → seats, withdrawn ones left out, each ascending. */
export function choicesBySeat(
  ballots: readonly PublicBallot[],
  standing: readonly number[],
): [number, Seat[]][] {
  const seats = new Map<number, Seat[]>(standing.map((number) => [number, []]))
  for (const { seat, chosen } of ballots) for (const number of chosen) seats.get(number)?.push(seat)
  return [...seats]
    .filter(([, each]) => each.length > 0)
    .map(([number, each]): [number, Seat[]] => [number, each.sort((a, b) => a - b)])
    .sort(([a], [b]) => a - b)
}

/** The round as everybody in the room may see it. A hidden one that is open tells ticks and nothing else. */
export function viewOf(
  round: RoundRow,
  ballots: readonly PublicBallot[],
  standing: readonly number[],
  end?: { at: number; outcome: Outcome },
): RoundView {
  const covered = round.hidden && !end
  return {
    id: round.id,
    roomId: round.roomId,
    firstRoundId: round.firstRoundId,
    ordinal: round.ordinal,
    kind: round.kind,
    version: round.version,
    state: end ? 'closed' : 'open',
    hidden: round.hidden,
    quorum: round.quorum,
    openedBySeat: round.openedBySeat,
    openedAt: round.openedAt,
    deadlineAt: round.deadlineAt,
    closing:
      !end && round.closingBy && round.closingAt !== null
        ? { by: round.closingBy, at: round.closingAt }
        : null,
    holdUntil: end ? null : round.holdUntil,
    seedHash: round.seedHash,
    tied: round.tied,
    ticked: tickedSeats(covered, ballots, standing),
    fine: covered
      ? []
      : ballots
          .filter(({ fine }) => fine)
          .map(({ seat }) => seat)
          .sort((a, b) => a - b),
    chosen: covered ? null : choicesBySeat(ballots, standing),
    closedAt: end?.at ?? null,
    outcome: end?.outcome ?? null,
  }
}

/** Saves the round under its next version and appends the event. Locks the room's row: last in a transaction. */
export async function publish(
  core: Core,
  held: Held,
  ballots: readonly PublicBallot[],
  standing: readonly number[],
): Promise<RoundView> {
  held.round.version++
  await saveRound(held.tx, held.round)
  const view = viewOf(held.round, ballots, standing)
  await core.rooms.appendEvent(held.tx, held.round.roomId, { type: 'round', round: view })
  held.told = true
  return view
}

export interface QuorumInput {
  ballots: readonly PublicBallot[]
  standing: readonly number[]
  /** Read before the transaction; null: unknown. */
  present: readonly Seat[] | null
  changed: boolean
}

/** Takes the step of the closing by quorum that is due, in `held.round`. True when everybody must be told. */
export async function moveQuorum(core: Core, held: Held, input: QuorumInput): Promise<boolean> {
  const { tx, round, now } = held
  const moved = await stepRound(core, tx, { round, now }, input)
  if (moved === 'kept') await saveRound(tx, round)
  return moved === 'told'
}

/** As `moveQuorum`, saving nothing. `told`: everybody must be told; `kept`: the round must be saved, and nobody need know. */
export async function stepRound(
  core: Core,
  db: DbOrTx,
  { round, now }: Pick<Held, 'round' | 'now'>,
  { ballots, standing, present, changed }: QuorumInput,
): Promise<'told' | 'kept' | 'same'> {
  if (!round.quorum || round.closedAt !== null) return 'same'
  const entered = present?.length === 1 ? await countEntered(core, db, round) : 2
  const step = stepQuorum(
    {
      now,
      present,
      changed,
      entered,
      openedAt: round.openedAt,
      deadlineAt: round.deadlineAt,
      closing: round.closingBy && { by: round.closingBy, at: round.closingAt ?? now },
      deadlineBefore: round.deadlineBefore,
      holdUntil: round.holdUntil,
      presentBefore: round.closingPresent,
      ticked: new Set(tickedSeats(round.hidden, ballots, standing)),
    },
    (await aboutRound(core, round.id)).demo
      ? { ...core.limits, QUORUM_NOT_BEFORE_MS: 0 }
      : core.limits,
  )
  const wasPresent = round.closingPresent
  round.closingPresent =
    round.closingBy === 'quorum' || step.kind === 'closing' ? [...(present ?? wasPresent)] : []
  if (step.kind === 'nothing')
    return round.closingPresent.join() === wasPresent.join() ? 'same' : 'kept'
  if (step.kind === 'closing') startClosing(round, 'quorum', now, step.deadlineAt)
  else endClosing(round)
  return 'told'
}

/** The highest seat given so far: seats are never given twice. */
async function countEntered(core: Core, db: DbOrTx, round: RoundRow): Promise<number> {
  const members = await core.rooms.membersIn(db, round.roomId)
  return Math.max(0, ...members.map(({ seat }) => seat))
}

export function startClosing(
  round: RoundRow,
  by: 'host' | 'quorum',
  now: number,
  deadlineAt: number,
): void {
  round.deadlineBefore ??= round.deadlineAt
  round.closingBy = by
  round.closingAt = now
  round.deadlineAt = deadlineAt
}

export function endClosing(round: RoundRow): void {
  round.deadlineAt = round.deadlineBefore ?? round.deadlineAt
  round.deadlineBefore = null
  round.closingBy = null
  round.closingAt = null
  round.closingPresent = []
}
