import { AppError } from '#shared/errors.ts'
import type { SendResult } from '#shared/chat.ts'
import type { NewMessage, StoredMessage } from './repo.ts'

export interface SendingDeps {
  /** Stores what is new of these, in order and in one transaction, and answers for all of them. */
  store(channelId: string, messages: readonly NewMessage[]): Promise<StoredMessage[]>
  /** After commit. */
  stored(channelId: string): void
  now(): number
}

export interface Sending {
  /** Resolves after commit. Throws AppError slow_down when too many wait. */
  send(channelId: string, message: NewMessage): Promise<SendResult>
  /** Resolves when nothing waits any more. */
  drained(): Promise<void>
}

interface Waiting {
  message: NewMessage
  answer: Promise<SendResult>
  resolve(result: SendResult): void
  reject(error: unknown): void
}

/** One transaction holds the channel's row for about as long for 100 messages as for one. */
const BATCH_MAX = 100
/** Memory stays flat when messages come faster than they are stored: senders past this are told to wait. */
const WAITING_MAX = 2_000
const RETRY_AFTER_MS = 1_000

const keyOf = (message: { authorId: string; clientId: string }): string =>
  `${message.authorId} ${message.clientId}`

/** Messages of one channel that arrive while a transaction runs leave together in the next one. A lone message leaves at once. */
export function makeSending({ store, stored, now }: SendingDeps): Sending {
  const queues = new Map<string, Map<string, Waiting>>()
  const flushing = new Set<Promise<void>>()

  const flushOnce = async (channelId: string, queue: Map<string, Waiting>): Promise<void> => {
    const batch = [...queue.values()].slice(0, BATCH_MAX)
    try {
      const rows = await store(
        channelId,
        batch.map((waiting) => waiting.message),
      )
      const byKey = new Map(rows.map((row) => [keyOf(row), row]))
      for (const { message, resolve, reject } of batch) {
        const row = byKey.get(keyOf(message))
        if (row) resolve({ seq: row.seq, at: row.at.getTime() })
        else reject(new Error('A stored message is missing in the answer'))
      }
      stored(channelId)
    } catch (error) {
      for (const { reject } of batch) reject(error)
    } finally {
      for (const { message } of batch) queue.delete(keyOf(message))
    }
  }
  const flush = async (channelId: string, queue: Map<string, Waiting>): Promise<void> => {
    while (queue.size > 0) await flushOnce(channelId, queue)
    queues.delete(channelId)
  }
  return {
    send: (channelId, message) => {
      const queue = queues.get(channelId)
      const twin = queue?.get(keyOf(message))
      if (twin) return twin.answer
      if (queue && queue.size >= WAITING_MAX) {
        return Promise.reject(new AppError('slow_down', { retryAt: now() + RETRY_AFTER_MS }))
      }
      const waiting = waitFor(message)
      if (queue) {
        queue.set(keyOf(message), waiting)
        return waiting.answer
      }
      const fresh = new Map([[keyOf(message), waiting]])
      queues.set(channelId, fresh)
      const run = flush(channelId, fresh).finally(() => flushing.delete(run))
      flushing.add(run)
      return waiting.answer
    },
    drained: async () => {
      while (flushing.size > 0) await Promise.all(flushing)
    },
  }
}

function waitFor(message: NewMessage): Waiting {
  let settle: Pick<Waiting, 'resolve' | 'reject'> | undefined
  const answer = new Promise<SendResult>((resolve, reject) => {
    settle = { resolve, reject }
  })
  if (!settle) throw new Error('A promise runs its executor at once')
  return { message, answer, ...settle }
}
