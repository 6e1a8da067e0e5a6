import { randomUUID } from 'node:crypto'
import type { Tx } from '#server/platform/db.ts'
import type { Seat } from '#shared/rooms.ts'
import type { PersonId } from '#shared/users.ts'
import type { RoundView } from '#shared/votes.ts'
import { readBallots } from './repo.ballots.ts'
import { listByPerson } from './repo.decisions.ts'
import {
  forgetPerson,
  listRoundsOf,
  moveDecisions,
  readTimedVoter,
  replaceVoters,
  saveFinal,
} from './repo.people.ts'
import type { TimedVoter } from './repo.people.ts'
import { lockRoomRounds, lockRound, renewRound } from './repo.rounds.ts'
import type { RoundRow } from './repo.rounds.ts'
import type { Core } from './service.core.ts'
import { summaryOf } from './service.read.ts'
import { publish } from './service.view.ts'

/**
 * A guest becomes a member, after rooms gave the seats over. Where both acted, the later acknowledged action per candidate wins; in a
 * run-off the latest choice is the only one. Hubs find the events by their poll, since the caller's transaction commits later.
 */
export async function moveOwner(core: Core, tx: Tx, from: PersonId, to: PersonId): Promise<void> {
  for (const { id, roomId } of await listRoundsOf(tx, from)) {
    await lockRoomRounds(tx, roomId)
    const locked = await lockRound(tx, id, core.silentMs)
    const mine = await readTimedVoter(tx, id, from)
    if (!locked || !mine) continue
    const other = await readTimedVoter(tx, id, to)
    const members = await core.rooms.membersIn(tx, roomId)
    const seat =
      members.find((each) => each.personId === to)?.seat ??
      Math.min(mine.seat, other?.seat ?? mine.seat)
    const merged = {
      ...(other ? mergeVoters(mine, other, locked.round.kind === 'runoff') : mine),
      personId: to,
      seat,
    }
    await replaceVoters(tx, id, [from], merged)
    await renewRound(tx, id)
    await tellMoved(core, tx, locked, [mine.seat, other?.seat ?? seat], seat)
  }
  await moveDecisions(tx, from, to)
}

async function tellMoved(
  core: Core,
  tx: Tx,
  { round, now }: { round: RoundRow; now: number },
  before: Seat[],
  seat: Seat,
): Promise<void> {
  if (round.final) return saveFinal(tx, round.id, reseat(round.final, before, seat))
  if (round.closedAt !== null) return
  const candidates = round.tied ? [] : await core.rooms.candidatesIn(tx, round.roomId)
  const standing =
    round.tied ?? candidates.filter((each) => each.withdrawnAt === null).map((each) => each.number)
  await publish(
    core,
    { tx, round, now, told: false, mine: new Set() },
    await readBallots(tx, round.id),
    standing,
  )
}

/** One voter of two. What both had is marked with a number newer than either knew: kept acts on it are refused. */
export function mergeVoters(a: TimedVoter, b: TimedVoter, single: boolean): TimedVoter {
  const own = Math.max(a.own, b.own) + 1
  const stances = new Map(b.stances.map((row) => [row.number, row]))
  for (const row of a.stances) {
    const known = stances.get(row.number)
    stances.set(row.number, known ? { ...(row.at > known.at ? row : known), own } : row)
  }
  const later = a.fineAt > b.fineAt ? a : b
  const chosen = [...stances.values()].filter(({ stance }) => stance === 'chosen')
  const lastChoice = Math.max(0, ...chosen.map(({ at }) => at))
  // Either order is one person's: the later of "anything is fine" and a choice ends the other.
  const fine = later.fine && later.fineAt > lastChoice
  const ended = chosen.filter(({ at }) => fine || (single && at < lastChoice))
  for (const row of ended) stances.set(row.number, { ...row, stance: 'none', own })
  return {
    ...b,
    own,
    fine,
    fineOwn: a.fineAt > 0 && b.fineAt > 0 ? own : later.fineOwn,
    fineAt: later.fineAt,
    waitUsed: a.waitUsed || b.waitUsed,
    removed: a.removed || b.removed,
    stances: [...stances.values()].sort((one, two) => one.number - two.number),
  }
}

/** A closed round as everybody sees it, with one seat in place of those before. */
function reseat(view: RoundView, before: readonly Seat[], seat: Seat): RoundView {
  const move = (seats: readonly Seat[]): Seat[] =>
    [...new Set(seats.map((each) => (before.includes(each) ? seat : each)))].sort((a, b) => a - b)
  return {
    ...view,
    ticked: move(view.ticked),
    fine: move(view.fine),
    chosen: view.chosen && view.chosen.map(([number, seats]) => [number, move(seats)]),
  }
}

/** Everything votes hold of a person, as plain data. */
export async function exportFor(core: Core, personId: PersonId) {
  const rounds = await listRoundsOf(core.db, personId)
  const votes = await Promise.all(
    rounds.map(async ({ id, roomId, open }) => ({
      roundId: id,
      roomId,
      open,
      vote: await readTimedVoter(core.db, id, personId),
    })),
  )
  const decisions = await listByPerson(core.db, personId, 10_000)
  return { votes, decisions: decisions.map(summaryOf) }
}

/** Portrait seed of somebody who is gone: the same for all. */
const GONE_PORTRAIT = 'gone'

/** After rooms took the person out of open rounds: nothing names them any more; closed results stay. */
export async function erase(tx: Tx, personId: PersonId): Promise<void> {
  await forgetPerson(tx, personId, randomUUID(), GONE_PORTRAIT)
}
