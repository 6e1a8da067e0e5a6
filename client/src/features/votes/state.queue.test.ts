import { describe, expect, test, vi } from 'vitest'
import type { Act, ActResult, MyVote } from '#shared/votes.ts'
import { applyAct, emptyVote, leadersOf, stanceIn, withMine } from './state.acts.ts'
import { makeActQueue } from './state.queue.ts'
import type { Intent } from './state.queue.ts'

const offline = new Error('offline')
const choose = (number: number): Act => ({ kind: 'choose', number })
const unchoose = (number: number): Act => ({ kind: 'unchoose', number })
const settleAll = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5))

/** A server that remembers keys, as the real one does: the same key returns the first answer. */
function makeServer() {
  const answers = new Map<string, ActResult>()
  const log: { key: string; act: Act; lastOwn?: number }[] = []
  let mine: MyVote = emptyVote('r')
  return {
    log,
    reachable: true,
    /** The act happens, but the answer is lost. */
    loseAnswer: false,
    mine: () => mine,
    async act(input: { key: string; act: Act; lastOwn?: number }): Promise<ActResult> {
      log.push(input)
      if (!this.reachable && !this.loseAnswer) throw offline
      let answer = answers.get(input.key)
      if (!answer) {
        const target = 'number' in input.act ? input.act.number : 0
        const known = mine.stances.find(({ number }) => number === target)?.own ?? 0
        if (input.lastOwn !== undefined && known > input.lastOwn)
          throw new Error('changed_elsewhere')
        const own = mine.own + 1
        mine = { ...applyAct(mine, input.act, false), own }
        mine = {
          ...mine,
          stances: mine.stances.map((stance) =>
            stance.number === target ? { ...stance, own } : stance,
          ),
        }
        answer = { own, version: own, mine }
        answers.set(input.key, answer)
      }
      if (this.loseAnswer) throw offline
      return answer
    },
  }
}

function openQueue(server: ReturnType<typeof makeServer>) {
  let mine = emptyVote('r')
  let keys = 0
  const refused: [Act, unknown][] = []
  let kept: readonly Intent[] = []
  const queue = makeActQueue({
    roundId: 'r',
    send: (input) => server.act(input),
    isPassing: (error) => error === offline,
    mine: () => mine,
    settled: (result) => void (mine = result.mine),
    refused: (act, error) => void refused.push([act, error]),
    newKey: () => `k${++keys}`,
    readKept: () => [],
    keep: (intents) => void (kept = intents),
  })
  return { queue, refused, mine: () => mine, kept: () => kept }
}

describe('acts while connected', () => {
  test('are sent in the order in which they were meant, one at a time', async () => {
    const server = makeServer()
    const { queue, mine } = openQueue(server)
    queue.want(choose(1))
    queue.want({ kind: 'fine' })
    queue.want(choose(2))
    await settleAll()
    expect(server.log.map(({ act }) => act.kind)).toEqual(['choose', 'fine', 'choose'])
    expect(server.log.every(({ lastOwn }) => lastOwn === undefined)).toBe(true)
    expect([stanceIn(mine(), 1), stanceIn(mine(), 2)]).toEqual(['none', 'chosen'])
  })
})

describe('acts while offline', () => {
  test('keep the last intent of each candidate, with the last own number known', async () => {
    const server = makeServer()
    const { queue, kept, mine } = openQueue(server)
    queue.want(choose(2))
    await settleAll()
    server.reachable = false
    queue.want(choose(1))
    await settleAll()
    queue.want(unchoose(2))
    queue.want(choose(2))
    queue.want(unchoose(2))
    await settleAll()
    expect(kept().map(({ act }) => act)).toEqual([choose(1), unchoose(2)])
    expect(kept().map(({ lastOwn }) => lastOwn)).toEqual([0, 1])
    server.reachable = true
    queue.flush()
    await settleAll()
    expect(queue.intents()).toEqual([])
    expect([stanceIn(mine(), 1), stanceIn(mine(), 2)]).toEqual(['chosen', 'none'])
    queue.end()
  })
  test('an act whose answer was lost is asked about by its key before a newer one follows', async () => {
    const server = makeServer()
    const { queue, refused, mine } = openQueue(server)
    server.loseAnswer = true
    queue.want(choose(1))
    await settleAll()
    server.reachable = false
    server.loseAnswer = false
    queue.want(unchoose(1))
    await settleAll()
    server.reachable = true
    queue.flush()
    await settleAll()
    expect(refused).toEqual([])
    expect(stanceIn(mine(), 1)).toBe('none')
    expect(stanceIn(server.mine(), 1)).toBe('none')
    expect(server.mine().own).toBe(2)
    queue.end()
  })
  test('what was changed on another device meanwhile is refused and rolled back', async () => {
    const server = makeServer()
    const { queue, refused } = openQueue(server)
    server.reachable = false
    queue.want(choose(1))
    await settleAll()
    server.reachable = true
    await server.act({ key: 'other-device', act: unchoose(1) })
    queue.flush()
    await settleAll()
    expect(refused.map(([act]) => act)).toEqual([choose(1)])
    expect(queue.intents()).toEqual([])
    queue.end()
  })
  test('are tried again without being asked', async () => {
    vi.useFakeTimers()
    try {
      const server = makeServer()
      const { queue } = openQueue(server)
      server.reachable = false
      queue.want(choose(1))
      await vi.advanceTimersByTimeAsync(10)
      server.reachable = true
      await vi.advanceTimersByTimeAsync(2_100)
      expect(queue.intents()).toEqual([])
      queue.end()
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('a tap seen at once', () => {
  const round = { id: 'r', state: 'open', ticked: [2], fine: [], chosen: [[1, [2]]] } as never
  test('my seat sits down and I have a tick', () => {
    const seen = withMine(round, applyAct(emptyVote('r'), choose(3), false), 5)
    expect(seen.chosen).toEqual([
      [1, [2]],
      [3, [5]],
    ])
    expect(seen.ticked).toEqual([2, 5])
    expect(leadersOf(seen, new Set([1, 3]))).toEqual([1, 3])
    expect(leadersOf(seen, new Set([3]))).toEqual([3])
  })
  test('a pass shows nothing to anyone', () => {
    const seen = withMine(round, applyAct(emptyVote('r'), { kind: 'pass', number: 1 }, false), 5)
    expect(seen.chosen).toEqual([[1, [2]]])
    expect(seen.ticked).toEqual([2])
  })
  test('a choice in a run-off takes the other one back', () => {
    const first = applyAct(emptyVote('r'), choose(1), true)
    expect(
      applyAct(first, choose(2), true)
        .stances.filter(({ stance }) => stance === 'chosen')
        .map(({ number }) => number),
    ).toEqual([2])
  })
})
