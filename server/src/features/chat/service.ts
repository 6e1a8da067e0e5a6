import { AppError } from '#shared/errors.ts'
import { cleanMessage } from '#shared/chat.text.ts'
import type { ChannelEvent, History, Message, SendResult } from '#shared/chat.ts'
import type { PersonId } from '#shared/users.ts'
import type { Bus } from '#server/platform/bus.ts'
import type { Clock } from '#server/platform/clock.ts'
import type { Db, Tx } from '#server/platform/db.ts'
import type { Log } from '#server/platform/log.ts'
import type { LimitRule, RateLimit } from '#server/platform/rateLimit.ts'
import { type Feed, makeChatHub } from './live.ts'
import {
  appendMessages,
  deleteChannel,
  eraseAuthor,
  findAfter,
  findBefore,
  findByAuthor,
  findByClientIds,
  findChannel,
  findChannels,
  insertChannel,
  lockChannel,
  moveAuthor,
  type NewMessage,
  type StoredMessage,
} from './repo.ts'
import { makeSending } from './service.sending.ts'

/** What a channel's owner says of a person: name and portrait are what the messages will carry. */
export interface ChannelAccess {
  write: boolean
  name: string
  portrait: string
}

/** Given by whoever opens channels of a kind; wired in `app.ts`. */
export interface ChannelRule {
  /** Throws an AppError for who may not read. */
  access(channelId: string, personId: PersonId): Promise<ChannelAccess>
  /** The refusal for who may read but not write. */
  readOnly(): AppError
  /** A message was stored. After commit, at most once a batch; must not throw. */
  active?(channelId: string): void
}

export interface ChatDeps {
  db: Db
  bus: Bus
  clock: Clock
  log: Log
  rateLimit: RateLimit
  messageChars: number
  /** Messages a person may send; default 20 in 10 s over all channels. */
  sendRule?: LimitRule
}

/** One event with the id to resume from. */
export interface Delivery {
  id: string
  event: ChannelEvent
}

export interface Chat {
  /** Whoever opens channels of this kind says who may read and write. Once per kind, before the first call. */
  setAccess(kind: string, rule: ChannelRule): void
  /** Makes an empty channel in the caller's transaction; the answer is its id. */
  openChannel(tx: Tx, kind: string, id?: string): Promise<string>
  /** Removes a channel and all its messages. */
  deleteChannel(tx: Tx, channelId: string): Promise<void>
  /**
   * Stores a message and answers, after commit, with its number; a repeated client id of the same person gets the first one's.
   * Throws message_empty, message_too_long, slow_down, not_found, and what the channel's rule throws.
   */
  send(
    personId: PersonId,
    input: { channelId: string; clientId: string; body: string },
  ): Promise<SendResult>
  /** A page below `before`, oldest first. */
  history(
    personId: PersonId,
    input: { channelId: string; before?: number | undefined; limit: number },
  ): Promise<History>
  /** Tells the others; nothing is kept. */
  sayTyping(personId: PersonId, input: { channelId: string; typing: boolean }): Promise<void>
  /**
   * Everything after `lastEventId` (absent: from now), in order, once; ends with `signal`, throws when access ends.
   * Access is checked at the start, when doubted, and every 10 s.
   */
  follow(
    personId: PersonId,
    input: { channelId: string; lastEventId?: string | null | undefined },
    signal: AbortSignal,
    requireSession?: () => Promise<void>,
  ): AsyncGenerator<Delivery, void>
  /** Someone's access may have ended: their subscriptions on every server ask the rule again at once. */
  recheckAccess(channelId: string, personId: PersonId): void
  moveOwner(tx: Tx, from: PersonId, to: PersonId): Promise<void>
  exportFor(personId: PersonId): Promise<{ messages: Message[] }>
  erase(tx: Tx, personId: PersonId): Promise<void>
  /** Waits for what is being stored, then lets go of Redis and timers. */
  close(): Promise<void>
}

const SEND_RULE: LimitRule = { name: 'chat.send', points: 20, perSeconds: 10 }
/** A client says it every 3 s while typing, and once at the end. */
const TYPING_RULE: LimitRule = { name: 'chat.typing', points: 20, perSeconds: 10 }
/** Who missed more than this reads the newest page instead of all of it. */
const RESUME_MAX = 500
const PAGE = 100
const ACCESS_EVERY_MS = 10_000
/** Kinds never change; this only bounds memory. */
const KINDS_MAX = 20_000

/** The chat of rooms and, later, streams. It knows channels and their rules, never what they belong to. */
export function makeChat(deps: ChatDeps): Chat {
  const { db, bus, clock, log, rateLimit, messageChars, sendRule = SEND_RULE } = deps
  const rules = new Map<string, ChannelRule>()
  const kinds = new Map<string, string>()
  const hub = makeChatHub({
    bus,
    source: {
      heads: (ids) => findChannels(db, ids),
      after: (channelId, seq, limit) => findAfter(db, channelId, seq, limit),
    },
    now: () => clock.now(),
    warn: (error) =>
      log.warn({ err: error }, 'chat could not tell or read; the next turn tries again'),
  })
  const ruleOf = async (channelId: string): Promise<ChannelRule> => {
    const kind = kinds.get(channelId) ?? (await findChannel(db, channelId))?.kind
    const rule = kind === undefined ? undefined : rules.get(kind)
    if (kind === undefined || !rule) throw new AppError('not_found')
    if (kinds.size >= KINDS_MAX) kinds.clear()
    kinds.set(channelId, kind)
    return rule
  }
  const requireRead = async (channelId: string, personId: PersonId): Promise<void> => {
    await (await ruleOf(channelId)).access(channelId, personId)
  }
  const requireWrite = async (channelId: string, personId: PersonId): Promise<ChannelAccess> => {
    const rule = await ruleOf(channelId)
    const access = await rule.access(channelId, personId)
    if (!access.write) throw rule.readOnly()
    return access
  }
  const sending = makeSending({
    store: (channelId, messages) => store(db, channelId, messages),
    stored: (channelId) => {
      hub.wake(channelId)
      const kind = kinds.get(channelId)
      if (kind !== undefined) rules.get(kind)?.active?.(channelId)
    },
    now: () => clock.now(),
  })
  return {
    setAccess: (kind, rule) => {
      rules.set(kind, rule)
    },
    openChannel: async (tx, kind, id = crypto.randomUUID()) => {
      await insertChannel(tx, id, kind)
      return id
    },
    deleteChannel: (tx, channelId) => deleteChannel(tx, channelId),
    send: async (personId, { channelId, clientId, body }) => {
      // Before the access check, because it is what keeps a flood away from the database.
      await rateLimit.limit(personId, sendRule)
      const { name, portrait } = await requireWrite(channelId, personId)
      const cleaned = cleanMessage(body, messageChars)
      return sending.send(channelId, {
        clientId,
        authorId: personId,
        authorName: name,
        authorPortrait: portrait,
        body: cleaned,
      })
    },
    history: async (personId, { channelId, before, limit }) => {
      await requireRead(channelId, personId)
      // The epoch is read first: should it change in between, the reader resumes from the old one and is told to read again.
      const head = await findChannel(db, channelId)
      if (!head) throw new AppError('not_found')
      const rows = await findBefore(db, channelId, before ?? null, limit + 1)
      const page = rows.slice(0, limit).reverse()
      return { epoch: head.epoch, messages: page, more: rows.length > limit }
    },
    sayTyping: async (personId, { channelId, typing }) => {
      await rateLimit.limit(personId, TYPING_RULE)
      await requireWrite(channelId, personId)
      hub.sayTyping(channelId, personId, typing)
    },
    follow: async function* (personId, { channelId, lastEventId }, signal, requireSession) {
      await requireRead(channelId, personId)
      const feed = await hub.join(channelId)
      try {
        const requireAccess = async (): Promise<void> => {
          await requireSession?.()
          await requireRead(channelId, personId)
        }
        yield* deliver(feed, personId, lastEventId, signal, requireAccess)
      } finally {
        feed.leave()
      }
    },
    recheckAccess: (channelId, personId) => hub.doubt(channelId, personId),
    moveOwner: (tx, from, to) => moveAuthor(tx, from, to),
    exportFor: async (personId) => ({ messages: await findByAuthor(db, personId) }),
    erase: async (tx, personId) => {
      await eraseAuthor(tx, personId)
    },
    close: async () => {
      await sending.drained()
      hub.close()
    },
  }
}

async function store(
  db: Db,
  channelId: string,
  messages: readonly NewMessage[],
): Promise<StoredMessage[]> {
  return db.transaction().execute(async (tx) => {
    if (!(await lockChannel(tx, channelId))) throw new AppError('not_found')
    const known = await findByClientIds(tx, channelId, messages)
    const keys = new Set(known.map((row) => `${row.authorId} ${row.clientId}`))
    const fresh = messages.filter((message) => !keys.has(`${message.authorId} ${message.clientId}`))
    if (fresh.length === 0) return known
    return [...known, ...(await appendMessages(tx, channelId, fresh))]
  })
}

/** Where a reader stands: the epoch and the last number seen. Null for an id that is none. */
function readEventId(id: string | null | undefined): { epoch: string; seq: number } | null {
  const match = /^([0-9a-f-]{36}):(\d{1,15})$/.exec(id ?? '')
  return match ? { epoch: match[1] ?? '', seq: Number(match[2]) } : null
}

async function* deliver(
  feed: Feed,
  personId: PersonId,
  lastEventId: string | null | undefined,
  signal: AbortSignal,
  requireAccess: () => Promise<void>,
): AsyncGenerator<Delivery, void> {
  const first = feed.head()
  if (!first) throw new AppError('not_found')
  const asked = readEventId(lastEventId)
  const resumable =
    asked !== null &&
    asked.epoch === first.epoch &&
    asked.seq <= first.lastSeq &&
    first.lastSeq - asked.seq <= RESUME_MAX
  let epoch = first.epoch
  let seq = resumable ? asked.seq : first.lastSeq
  const delivery = (event: ChannelEvent): Delivery => ({ id: `${epoch}:${seq}`, event })
  if (lastEventId && !resumable) yield delivery({ type: 'reset', epoch, lastSeq: seq })
  let doubts = feed.doubts(personId)
  let typing = ''
  // Asked anew at once: a removal before anybody listened for doubts was told to nobody here.
  let accessUntil = performance.now()
  while (!signal.aborted) {
    const version = feed.version()
    if (feed.doubts(personId) !== doubts || performance.now() >= accessUntil) {
      doubts = feed.doubts(personId)
      await requireAccess()
      accessUntil = performance.now() + ACCESS_EVERY_MS
    }
    const head = feed.head()
    if (!head) throw new AppError('not_found')
    if (head.epoch !== epoch) {
      epoch = head.epoch
      seq = head.lastSeq
      yield delivery({ type: 'reset', epoch, lastSeq: seq })
    }
    const page = await feed.after(seq, PAGE)
    for (const message of page) {
      seq = message.seq
      yield delivery({ type: 'message', message })
    }
    const others = feed.typing().filter((id) => id !== personId)
    if (others.join() !== typing) {
      typing = others.join()
      yield delivery({ type: 'typing', personIds: others })
    }
    if (page.length === 0) {
      await feed.change(version, Math.max(0, accessUntil - performance.now()), signal)
    }
  }
}
