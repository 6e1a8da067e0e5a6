import { randomBytes } from 'node:crypto'
import { AppError } from '#shared/errors.ts'
import type { PersonId } from '#shared/users.ts'
import { sealSeed } from '#shared/votes.draw.ts'
import { isDeadlineAllowed } from '#shared/votes.rules.ts'
import type { RoundView } from '#shared/votes.ts'
import { readBallots, takeWait } from './repo.ballots.ts'
import { findOpenId, insertRound, lockRoomRounds, nextOrdinal, readNow } from './repo.rounds.ts'
import { aboutRound, isOpen, presentSeats, standingIn } from './service.core.ts'
import type { Core, Held } from './service.core.ts'
import { holdRound } from './service.fence.ts'
import { endClosing, moveQuorum, publish, startClosing, viewOf } from './service.view.ts'

export interface OpenInput {
  roomId: string
  lengthMs?: number | undefined
  deadlineAt?: number | undefined
  hidden: boolean
  /** Unless said: on for the island alone. */
  quorum?: boolean | undefined
}

/** Opens a vote. Host or acting host. Throws host_only, room_closed, round_open, too_few_candidates, deadline_invalid. */
export async function openRound(
  core: Core,
  personId: PersonId,
  input: OpenInput,
): Promise<RoundView> {
  const me = await core.rooms.requireHost(input.roomId, personId)
  if (!me.writable) throw new AppError('room_closed')
  const { demo } = await core.rooms.roomInfo(input.roomId)
  const view = await core.db.transaction().execute(async (tx) => {
    await lockRoomRounds(tx, input.roomId)
    if (await findOpenId(tx, input.roomId)) throw new AppError('round_open')
    const standing = (await core.rooms.candidatesIn(tx, input.roomId)).filter(
      (each) => each.withdrawnAt === null,
    )
    const min = core.limits.MIN_CANDIDATES
    if (standing.length < min) throw new AppError('too_few_candidates', { min })
    const now = await readNow(tx)
    const id = core.newId(now)
    const seed = randomBytes(32).toString('hex')
    const round = await insertRound(tx, {
      id,
      seed,
      firstRoundId: id,
      roomId: input.roomId,
      ordinal: await nextOrdinal(tx, input.roomId),
      kind: 'first',
      hidden: input.hidden,
      // Who tries alone sees the end of a round at once, and not after its three minutes.
      quorum: input.quorum ?? demo,
      openedBySeat: me.seat,
      openedAt: now,
      deadlineAt: deadlineFrom(core, input, now),
      seedHash: sealSeed(seed),
      tied: null,
      hard: [],
    })
    const opened = viewOf(round, [], [])
    await core.rooms.touch(tx, input.roomId, round.deadlineAt)
    await core.rooms.appendEvent(tx, input.roomId, { type: 'round', round: opened })
    return opened
  })
  core.rooms.announce(input.roomId)
  return view
}

function deadlineFrom(core: Core, { lengthMs, deadlineAt }: OpenInput, now: number): number {
  const asked = deadlineAt ?? now + (lengthMs ?? core.limits.ROUND_DEFAULT_MS)
  if (!isDeadlineAllowed(asked, now, now, core.limits.ROUND_DEADLINE_MAX_MS))
    throw new AppError('deadline_invalid')
  return asked
}

/** Moves the deadline back; ends a closing. Host or acting host. Throws round_closed, deadline_invalid. */
export async function extendRound(
  core: Core,
  personId: PersonId,
  roundId: string,
  deadlineAt: number,
): Promise<RoundView> {
  return asHost(core, personId, roundId, async (held) => {
    const { round, now } = held
    const current = round.deadlineBefore ?? round.deadlineAt
    if (!isDeadlineAllowed(deadlineAt, now, current, core.limits.ROUND_DEADLINE_MAX_MS))
      throw new AppError('deadline_invalid')
    endClosing(round)
    round.deadlineAt = deadlineAt
    await core.rooms.touch(held.tx, round.roomId, deadlineAt)
    return tell(core, held)
  })
}

/** The host ends the round: 10 s in which choices still count, never later than it would have closed. Said twice, the first holds. */
export async function closeByHost(
  core: Core,
  personId: PersonId,
  roundId: string,
): Promise<RoundView> {
  return asHost(core, personId, roundId, async (held) => {
    const { round, now } = held
    if (round.closingBy === 'host') return viewNow(core, held)
    startClosing(round, 'host', now, Math.min(round.deadlineAt, now + core.limits.CLOSING_MS))
    round.closingPresent = []
    return tell(core, held)
  })
}

/** Takes the host's closing back. Throws nothing_to_hold when there is none. */
export async function takeBack(
  core: Core,
  personId: PersonId,
  roundId: string,
): Promise<RoundView> {
  return asHost(core, personId, roundId, async (held) => {
    if (held.round.closingBy !== 'host') throw new AppError('nothing_to_hold')
    endClosing(held.round)
    return tell(core, held)
  })
}

/** "Wait": a closing by quorum is held for 60 s, once a person. Throws nothing_to_hold, wait_used, round_closed. */
export async function wait(core: Core, personId: PersonId, roundId: string): Promise<RoundView> {
  const about = await aboutRound(core, roundId)
  const me = await core.rooms.requireMember(about.roomId, personId)
  return holdRound(core, roundId, async (held) => {
    if (!isOpen(held)) throw new AppError('round_closed')
    const { round, now, tx } = held
    if (round.closingBy !== 'quorum') throw new AppError('nothing_to_hold')
    if (!(await takeWait(tx, round.id, personId, me.seat, round.token)))
      throw new AppError('wait_used')
    endClosing(round)
    round.holdUntil = now + core.limits.WAIT_MS
    held.mine.add(personId)
    return tell(core, held)
  })
}

/** Looks whether a closing by quorum must start, start over or end: after presence changed, and every second. */
export async function reviewQuorum(core: Core, roundId: string): Promise<void> {
  const about = await aboutRound(core, roundId)
  const present = await presentSeats(core, about)
  if (present === null) return
  await holdRound(core, roundId, async (held) => {
    if (!isOpen(held)) return
    const standing = await standingIn(core, held.tx, held.round)
    const ballots = await readBallots(held.tx, roundId)
    if (await moveQuorum(core, held, { ballots, standing, present, changed: false }))
      await publish(core, held, ballots, standing)
  })
}

async function asHost(
  core: Core,
  personId: PersonId,
  roundId: string,
  work: (held: Held) => Promise<RoundView>,
): Promise<RoundView> {
  const about = await aboutRound(core, roundId)
  await core.rooms.requireHost(about.roomId, personId)
  return holdRound(core, roundId, async (held) => {
    if (!isOpen(held)) throw new AppError('round_closed')
    return work(held)
  })
}

async function tell(core: Core, held: Held): Promise<RoundView> {
  const standing = await standingIn(core, held.tx, held.round)
  return publish(core, held, await readBallots(held.tx, held.round.id), standing)
}

async function viewNow(core: Core, { tx, round }: Held): Promise<RoundView> {
  const standing = await standingIn(core, tx, round)
  return viewOf(round, await readBallots(tx, round.id), standing)
}
