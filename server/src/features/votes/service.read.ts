import type { RoomVotes } from '#server/features/rooms/index.ts'
import { AppError } from '#shared/errors.ts'
import type { Seat } from '#shared/rooms.ts'
import type { PersonId } from '#shared/users.ts'
import { newVoter, toMyVote } from '#shared/votes.acts.ts'
import type {
  DecisionSummary,
  DecisionView,
  MyDecision,
  MyVote,
  RoundView,
  VotesState,
} from '#shared/votes.ts'
import { readBallots, readVoters } from './repo.ballots.ts'
import {
  findDecision,
  listByPerson,
  listByRooms,
  listDecisionPeople,
  setPublished,
} from './repo.decisions.ts'
import type { DecisionPerson, DecisionRow } from './repo.decisions.ts'
import { findNewest, listOpen, readNow } from './repo.rounds.ts'
import type { RoundRow } from './repo.rounds.ts'
import { aboutRound } from './service.core.ts'
import type { Core } from './service.core.ts'
import { viewOf } from './service.view.ts'

const MY_DECISIONS_MAX = 50

/** A member's read of the room's votes. Throws not_a_member, room_removed, room_unknown, room_expired. */
export async function votesState(
  core: Core,
  personId: PersonId,
  roomId: string,
): Promise<VotesState> {
  await core.rooms.requireMember(roomId, personId)
  return core.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const now = await readNow(tx)
      const round = await findNewest(tx, roomId)
      const decisions = (await listByRooms(tx, [roomId])).map(summaryOf)
      if (!round) return { round: null, mine: null, decisions, now }
      const candidates = round.final || round.tied ? [] : await core.rooms.candidatesIn(tx, roomId)
      const standing =
        round.tied ??
        candidates.filter((each) => each.withdrawnAt === null).map((each) => each.number)
      const view: RoundView =
        round.final ?? viewOf(round, await readBallots(tx, round.id), standing)
      const voter = (await readVoters(tx, round.id, [personId])).get(personId)
      return {
        round: view,
        mine: toMyVote(round.id, voter ?? newVoter(), voter?.waitUsed ?? false),
        decisions,
        now,
      }
    })
}

/** The caller's own part of a round. Throws round_unknown, and what `votesState` throws. */
export async function myVote(core: Core, personId: PersonId, roundId: string): Promise<MyVote> {
  const { roomId } = await aboutRound(core, roundId)
  await core.rooms.requireMember(roomId, personId)
  const voter = (await readVoters(core.db, roundId, [personId])).get(personId)
  return toMyVote(roundId, voter ?? newVoter(), voter?.waitUsed ?? false)
}

export function summaryOf({
  id,
  roomId,
  ordinal,
  number,
  content,
  at,
}: DecisionRow): DecisionSummary {
  const { name, category } = content.winner
  return { id, roomId: roomId ?? '', ordinal, number, name, category, at }
}

/** Own decisions, newest first; also of rooms that are gone, but none of Bap Island. */
export async function myDecisions(core: Core, personId: PersonId): Promise<MyDecision[]> {
  const rows = await listByPerson(core.db, personId, MY_DECISIONS_MAX)
  return rows.flatMap((row) => {
    if (row.content.demo) return []
    const { roomName, roomCreatedAt, zone } = row.content
    return { ...summaryOf(row), roomName, roomCreatedAt, zone }
  })
}

interface Rights {
  member: boolean
  host: boolean
  roomCode: string | null
}

/**
 * The permanent page. Visitors see counts and drawn portraits; who was at the table, or is in the room, sees names and who chose what.
 * Throws not_found, also for what is unpublished and not one's own.
 */
export async function decisionFor(
  core: Core,
  personId: PersonId | null,
  id: string,
): Promise<DecisionView> {
  const decision = await findDecision(core.db, id)
  if (!decision) throw new AppError('not_found')
  const people = await listDecisionPeople(core.db, id)
  const rights = await rightsOf(core, personId, decision, people)
  if (decision.unpublishedAt !== null && !rights.member) throw new AppError('not_found')
  const { tied = null, demo = false, simulated = [], ...content } = decision.content
  return {
    id,
    at: decision.at,
    by: decision.by,
    ...content,
    demo,
    runoffChoices: tied && countSettled(tied, people),
    people: people.map((person) =>
      shownPerson(person, {
        winner: decision.number,
        runoff: tied !== null,
        member: rights.member,
        simulated,
      }),
    ),
    fine: people.filter(({ ticked, chose }) => ticked && chose.length === 0).length,
    ...rights,
    meeting: rights.member ? decision.content.meeting : null,
    mySeat: seatOf(people, personId),
    published: decision.unpublishedAt === null,
  }
}

/** Erased people have no id, and visitors none either: those are nobody's seats. */
function seatOf(people: readonly DecisionPerson[], personId: PersonId | null): Seat | null {
  if (personId === null) return null
  return people.find((person) => person.personId === personId)?.seat ?? null
}

function countSettled(
  tied: readonly number[],
  people: readonly DecisionPerson[],
): [number: number, choices: number][] {
  return tied.map((number) => [number, people.filter(({ settled }) => settled === number).length])
}

interface PersonShown {
  winner: number
  runoff: boolean
  member: boolean
  simulated: readonly Seat[]
}

function shownPerson(
  { portrait, seat, ticked, name, chose, settled }: DecisionPerson,
  { winner, runoff, member, simulated }: PersonShown,
): DecisionView['people'][number] {
  return {
    portrait,
    seat,
    ticked,
    choseWinner: runoff ? settled === winner : chose.includes(winner),
    simulated: simulated.includes(seat),
    name: member ? name : null,
    chose: member ? chose : null,
    settled: member ? settled : null,
  }
}

async function rightsOf(
  core: Core,
  personId: PersonId | null,
  { roomId, hostId }: DecisionRow,
  people: readonly DecisionPerson[],
): Promise<Rights> {
  if (personId === null) return { member: false, host: false, roomCode: null }
  const wasThere = people.some((person) => person.personId === personId)
  let removed = false
  const inRoom =
    roomId === null
      ? null
      : await core.rooms.requireMember(roomId, personId).catch((error: unknown) => {
          removed = error instanceof AppError && error.code === 'room_removed'
          return refusedAsNull(error)
        })
  const info =
    inRoom && roomId !== null ? await core.rooms.roomInfo(roomId).catch(refusedAsNull) : null
  // Whoever was host once and has been removed since has no say over the page any more.
  const host = info ? inRoom?.seat === info.hostSeat : !removed && hostId === personId
  return { member: wasThere || inRoom !== null, host, roomCode: info?.code ?? null }
}

function refusedAsNull(error: unknown): null {
  if (error instanceof AppError) return null
  throw error
}

/** Takes the page from visitors, or gives it back. The room's host; when the room is gone, who was host. Throws not_found, host_only. */
export async function publishDecision(
  core: Core,
  personId: PersonId,
  id: string,
  published: boolean,
): Promise<{ published: boolean }> {
  const decision = await findDecision(core.db, id)
  if (!decision) throw new AppError('not_found')
  const rights = await rightsOf(core, personId, decision, await listDecisionPeople(core.db, id))
  if (decision.unpublishedAt !== null && !rights.member) throw new AppError('not_found')
  if (!rights.host) throw new AppError('host_only')
  await setPublished(core.db, id, published)
  return { published }
}

/** For home cards: no counts, and of a hidden round only who has a tick. */
export async function votesOf(
  core: Core,
  roomIds: readonly string[],
): Promise<Map<string, RoomVotes>> {
  const votes = new Map<string, RoomVotes>()
  if (roomIds.length === 0) return votes
  const [open, decided] = await Promise.all([
    listOpen(core.db, roomIds),
    listByRooms(core.db, roomIds),
  ])
  const views = await Promise.all(open.map((round) => openView(core, round)))
  for (const { roomId, openedAt, deadlineAt, ticked } of views)
    votes.set(roomId, {
      voting: { openedAt, deadlineAt, ticked },
      decided: null,
      published: false,
    })
  for (const decision of decided) {
    const { roomId } = decision
    const known =
      roomId === null
        ? undefined
        : (votes.get(roomId) ?? { voting: null, decided: null, published: false })
    if (roomId !== null && known && !known.decided)
      votes.set(roomId, {
        ...known,
        decided: summaryOf(decision),
        published: decision.unpublishedAt === null,
      })
  }
  return votes
}

async function openView(core: Core, round: RoundRow): Promise<RoundView> {
  const candidates = round.tied ? [] : await core.rooms.candidates(round.roomId)
  const standing =
    round.tied ?? candidates.filter((each) => each.withdrawnAt === null).map((each) => each.number)
  return viewOf(round, await readBallots(core.db, round.id), standing)
}
