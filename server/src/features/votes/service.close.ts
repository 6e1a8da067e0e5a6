import { randomInt } from 'node:crypto'
import type { RoomInfo } from '#shared/rooms.ts'
import { pickDrawn } from '#shared/votes.draw.ts'
import { countBallots, decideFirst, decideRunoff } from '#shared/votes.rules.ts'
import type { Result } from '#shared/votes.rules.ts'
import type { DecisionSummary, DrawProof, Outcome, WonBy } from '#shared/votes.ts'
import { anonymisePasses, countPasses, readBallots } from './repo.ballots.ts'
import type { PublicBallot } from './repo.ballots.ts'
import { insertDecision } from './repo.decisions.ts'
import type { DecisionContent, DecisionPerson } from './repo.decisions.ts'
import { closeRound, findRound, findSeed, insertRound } from './repo.rounds.ts'
import { aboutRound, forgetRound, presentSeats, standingIn } from './service.core.ts'
import type { Core, Held } from './service.core.ts'
import { holdRound } from './service.fence.ts'
import { choicesBySeat, moveQuorum, publish, tickedSeats, viewOf } from './service.view.ts'

/**
 * Ends a round whose deadline has come; any server may call it at any time, and twice. The answer: ms until it is due, or null when
 * the round is closed now.
 */
export async function closeIfDue(core: Core, roundId: string): Promise<number | null> {
  const about = await aboutRound(core, roundId)
  const present = await presentSeats(core, about)
  const info = await core.rooms.roomInfo(about.roomId)
  return holdRound(
    core,
    roundId,
    async (held) => {
      const { round, now } = held
      if (round.closedAt !== null) return null
      if (now < round.deadlineAt) return round.deadlineAt - now
      if (await isStillWaiting(core, held, present)) return round.deadlineAt - now
      await finish(core, held, info)
      return null
    },
    {
      orderWith: about.roomId,
      committed: (leftMs) => (leftMs === null ? forgetRound(core, roundId) : undefined),
    },
  )
}

/** A closing by quorum has run out: the round goes on if by now not all present have a tick, or nobody knows who is present. */
async function isStillWaiting(
  core: Core,
  held: Held,
  present: readonly number[] | null,
): Promise<boolean> {
  const { round, now, tx } = held
  if (round.closingBy !== 'quorum' || (round.deadlineBefore ?? 0) <= now) return false
  const standing = await standingIn(core, tx, round)
  const ballots = await readBallots(tx, round.id)
  // Unknown is taken as changed: nothing ends by quorum then.
  const moved = await moveQuorum(core, held, {
    ballots,
    standing,
    present,
    changed: present === null,
  })
  if (moved) await publish(core, held, ballots, standing)
  return moved
}

interface Ended {
  standing: readonly number[]
  ballots: PublicBallot[]
  result: Result
}

async function finish(core: Core, held: Held, info: RoomInfo): Promise<void> {
  const { tx, round } = held
  const standing = await standingIn(core, tx, round)
  const ballots = await readBallots(tx, round.id)
  const passes = await countPasses(tx, round.id)
  const counts = countBallots(
    standing,
    ballots.map(({ chosen, fine }) => ({ chosen, fine, passed: [] })),
  )
  for (const count of counts) count.passes = passes.get(count.number) ?? 0
  const result =
    round.kind === 'runoff'
      ? decideRunoff(counts)
      : decideFirst(
          counts,
          ballots.some(({ fine }) => fine),
        )
  await anonymisePasses(tx, round.id, counts)
  const ended = { standing, ballots, result }
  if (result.kind === 'none') return end(core, held, ended, { kind: 'none' })
  const hard = round.kind === 'runoff' ? round.hard : result.hard
  if (result.kind === 'tie') return openRunoff(core, held, ended, result.numbers, hard)
  await decide(core, held, ended, info, hard)
}

/** Writes the end of the round and tells everybody. */
async function end(
  core: Core,
  held: Held,
  { standing, ballots }: Ended,
  outcome: Outcome,
): Promise<void> {
  const { tx, round, now } = held
  round.version++
  const final = viewOf(round, ballots, standing, { at: now, outcome })
  await closeRound(tx, round.id, now, final)
  await core.rooms.appendEvent(tx, round.roomId, { type: 'round', round: final })
  held.told = true
}

async function openRunoff(
  core: Core,
  held: Held,
  ended: Ended,
  tied: number[],
  hard: number[],
): Promise<void> {
  const { tx, round, now } = held
  const id = core.newId(now)
  await end(core, held, ended, { kind: 'runoff', roundId: id, tied, hard })
  const runoff = await insertRound(tx, {
    id,
    tied,
    hard,
    roomId: round.roomId,
    firstRoundId: round.firstRoundId,
    ordinal: round.ordinal,
    kind: 'runoff',
    hidden: round.hidden,
    quorum: round.quorum,
    openedBySeat: round.openedBySeat,
    openedAt: now,
    deadlineAt: now + core.limits.RUNOFF_MS,
    seed: await findSeed(tx, round.id),
    seedHash: round.seedHash,
  })
  await core.rooms.touch(tx, round.roomId, runoff.deadlineAt)
  await core.rooms.appendEvent(tx, round.roomId, { type: 'round', round: viewOf(runoff, [], tied) })
}

async function decide(
  core: Core,
  held: Held,
  ended: Ended,
  info: RoomInfo,
  hard: number[],
): Promise<void> {
  const { tx, round, now } = held
  const { result } = ended
  const proof = result.kind === 'draw' ? await draw(held, result.numbers) : null
  const number = proof?.picked ?? (result.kind === 'winner' ? result.number : Number.NaN)
  const by: WonBy = result.kind === 'winner' ? result.by : 'draw'
  const decisionId = newDecisionId()
  const votes = await votesOf(held, ended)
  const content = await contentOf(core, held, votes, { number, hard, proof, info })
  const people = await peopleOf(core, held, votes)
  await insertDecision(tx, {
    id: decisionId,
    number,
    by,
    content,
    people,
    roomId: round.roomId,
    roundId: round.id,
    ordinal: round.ordinal,
    hostId: people.find(({ seat }) => seat === info.hostSeat)?.personId ?? null,
    at: now,
  })
  await end(core, held, ended, { kind: 'winner', number, by, decisionId, proof, hard })
  const { name, category } = content.winner
  const decision: DecisionSummary = {
    id: decisionId,
    roomId: round.roomId,
    ordinal: round.ordinal,
    number,
    name,
    category,
    at: now,
  }
  await core.rooms.appendEvent(tx, round.roomId, { type: 'decision', decision })
  await core.rooms.touch(tx, round.roomId)
}

async function draw({ tx, round }: Held, numbers: number[]): Promise<DrawProof> {
  const seed = await findSeed(tx, round.id)
  const { firstRoundId, seedHash, openedAt } = round
  return {
    seedHash,
    seed,
    firstRoundId,
    numbers,
    picked: pickDrawn(seed, firstRoundId, numbers),
    sealedAt: openedAt,
  }
}

/** Per seat what was chosen in the first round, and in the run-off if there was one. */
interface Votes {
  ticked: ReadonlySet<number>
  chose: ReadonlyMap<number, readonly number[]>
  settled: ReadonlyMap<number, readonly number[]>
}

async function votesOf({ tx, round }: Held, { ballots, standing }: Ended): Promise<Votes> {
  const last = bySeat(choicesBySeat(ballots, standing))
  if (round.kind === 'first')
    return {
      ticked: new Set(tickedSeats(false, ballots, standing)),
      chose: last,
      settled: new Map(),
    }
  const first = (await findRound(tx, round.firstRoundId))?.final
  return { ticked: new Set(first?.ticked), chose: bySeat(first?.chosen ?? []), settled: last }
}

function bySeat(choices: readonly (readonly [number, readonly number[]])[]): Map<number, number[]> {
  const chosen = new Map<number, number[]>()
  for (const [number, seats] of choices)
    for (const seat of seats) chosen.set(seat, [...(chosen.get(seat) ?? []), number])
  return chosen
}

interface Won {
  number: number
  hard: number[]
  proof: DrawProof | null
  info: RoomInfo
}

async function contentOf(
  core: Core,
  { tx, round }: Held,
  { chose }: Votes,
  { number, hard, proof, info }: Won,
): Promise<DecisionContent> {
  const candidates = await core.rooms.candidatesIn(tx, round.roomId)
  const place = candidates.find((each) => each.number === number)
  if (!place) throw new Error('The winner is no candidate')
  const { placeId, name, category, address, lat, lng, price, menu } = place
  const chosen = [...chose.values()].flat()
  const members = info.demo ? await core.rooms.membersIn(tx, round.roomId) : []
  return {
    demo: info.demo,
    simulated: members.filter(({ simulated }) => simulated).map(({ seat }) => seat),
    roomName: info.name,
    roomCreatedAt: info.createdAt,
    zone: info.zone,
    locale: info.locale,
    when: info.when,
    meeting: info.meeting,
    winner: { number, placeId, name, category, address, lat, lng, price, menu },
    runoff: round.kind === 'runoff',
    tied: round.tied,
    candidates: candidates
      .filter((each) => each.withdrawnAt === null)
      .map((each) => ({
        number: each.number,
        name: each.name,
        category: each.category,
        choices: chosen.filter((one) => one === each.number).length,
        hard: hard.includes(each.number),
      })),
    proof,
  }
}

/** Everybody at the table: who is in the room, and who left but has a part in the vote. */
async function peopleOf(
  core: Core,
  { tx, round }: Held,
  { ticked, chose, settled }: Votes,
): Promise<DecisionPerson[]> {
  const members = await core.rooms.membersIn(tx, round.roomId)
  const inside = await core.rooms.insideIn(
    tx,
    round.roomId,
    members.map(({ personId }) => personId),
  )
  const atTable = members.filter(
    ({ personId, seat }) => inside.has(personId) || ticked.has(seat) || settled.has(seat),
  )
  return atTable.map(({ seat, personId, name, portrait }) => ({
    seat,
    personId,
    portrait,
    name: name === '' ? null : name,
    ticked: ticked.has(seat),
    chose: [...(chose.get(seat) ?? [])],
    settled: settled.get(seat)?.[0] ?? null,
  }))
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** 22 characters of base62: 131 random bits, not made from anything. */
function newDecisionId(): string {
  return Array.from({ length: 22 }, () => BASE62[randomInt(62)]).join('')
}
