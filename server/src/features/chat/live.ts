import type { Bus, Unsubscribe } from '#server/platform/bus.ts'
import type { Message } from '#shared/chat.ts'
import type { PersonId } from '#shared/users.ts'

/** Where the hub reads the truth. */
export interface ChatSource {
  heads(ids: readonly string[]): Promise<{ id: string; epoch: string; lastSeq: number }[]>
  after(channelId: string, seq: number, limit: number): Promise<Message[]>
}

/** One reader's place at a channel. All readers of a process share what was read. */
export interface Feed {
  /** Grows with every change of anything below. */
  version(): number
  /** Null: the channel is gone. */
  head(): { epoch: string; lastSeq: number } | null
  /** Messages after a number, oldest first; without a query when they are recent. */
  after(seq: number, limit: number): Promise<Message[]>
  typing(): PersonId[]
  /** How often this person's access was called into question. */
  doubts(personId: PersonId): number
  /** Resolves when `version()` is no longer `version`, after `maxMs`, or on abort. */
  change(version: number, maxMs: number, signal: AbortSignal): Promise<void>
  leave(): void
}

export interface ChatHub {
  join(channelId: string): Promise<Feed>
  /** Tells every server that a message was stored. Lost: the poll finds it. */
  wake(channelId: string): void
  sayTyping(channelId: string, personId: PersonId, on: boolean): void
  /** Makes every server check this person's access again at once. */
  doubt(channelId: string, personId: PersonId): void
  close(): void
}

type Word = { k: 'm' } | { k: 't'; p: PersonId; on: boolean } | { k: 'a'; p: PersonId }

interface Channel {
  id: string
  epoch: string
  lastSeq: number
  gone: boolean
  version: number
  readers: number
  /** The newest messages without gaps, the last one numbered `lastSeq`; may be empty. */
  recent: Message[]
  typing: Map<PersonId, number>
  doubts: Map<PersonId, number>
  waiting: Set<() => void>
  ready: Promise<void>
  reading: Promise<void> | null
  readAgain: boolean
  unhear: Promise<Unsubscribe>
}

export interface HubDeps {
  bus: Bus
  source: ChatSource
  now(): number
  warn(error: unknown): void
}

/** A server killed between commit and publish leaves its readers stale for this long at most (rules.md, "Truth and order"). */
const POLL_MS = 2_000
/** A typist who falls silent without a word is shown this much longer. */
const TYPING_MS = 6_000
const RECENT_MAX = 200
const READ_MAX = 200
/** Without Redis the poll alone must do; a reader does not wait for its return. */
const HEAR_WAIT_MS = 1_000

const topic = (channelId: string): string => `chat:${channelId}`

/**
 * One per process: follows every channel that has readers. Redis only wakes it, Postgres says what happened, and a poll
 * every 2 s finds what no wake-up told.
 */
export function makeChatHub({ bus, source, now, warn }: HubDeps): ChatHub {
  const channels = new Map<string, Channel>()

  const changed = (channel: Channel): void => {
    channel.version++
    const waiting = [...channel.waiting]
    channel.waiting.clear()
    for (const resolve of waiting) resolve()
  }
  const catchUp = async (channel: Channel): Promise<void> => {
    for (;;) {
      const rows = await source.after(channel.id, channel.lastSeq, READ_MAX)
      const last = rows.at(-1)
      if (!last) return
      channel.lastSeq = last.seq
      channel.recent = [...channel.recent, ...rows].slice(-RECENT_MAX)
      for (const row of rows) channel.typing.delete(row.authorId)
      changed(channel)
      if (rows.length < READ_MAX) return
    }
  }
  /** One read of a channel at a time; a wake-up during it causes exactly one more. */
  const read = (channel: Channel): Promise<void> => {
    if (channel.reading) {
      channel.readAgain = true
      return channel.reading
    }
    channel.reading = (async () => {
      do {
        channel.readAgain = false
        await catchUp(channel)
      } while (channel.readAgain)
    })().finally(() => {
      channel.reading = null
    })
    return channel.reading
  }
  const readLater = (channel: Channel): void => {
    read(channel).catch(warn)
  }

  const compare = (
    channel: Channel,
    head: { epoch: string; lastSeq: number } | undefined,
  ): void => {
    if (!head || head.epoch !== channel.epoch) {
      channel.gone = !head
      channel.recent = []
      channel.epoch = head?.epoch ?? ''
      channel.lastSeq = head?.lastSeq ?? 0
      changed(channel)
    } else if (head.lastSeq > channel.lastSeq) readLater(channel)
  }
  const hear = (channel: Channel, word: Word): void => {
    if (word.k === 'm') return readLater(channel)
    if (word.k === 'a') channel.doubts.set(word.p, (channel.doubts.get(word.p) ?? 0) + 1)
    else if (word.on) channel.typing.set(word.p, now() + TYPING_MS)
    else if (!channel.typing.delete(word.p)) return
    changed(channel)
  }
  const silence = (channel: Channel): void => {
    const before = channel.typing.size
    for (const [person, until] of channel.typing) if (until <= now()) channel.typing.delete(person)
    if (channel.typing.size !== before) changed(channel)
  }
  const poll = async (): Promise<void> => {
    const all = [...channels.values()]
    if (all.length === 0) return
    all.forEach(silence)
    const heads = new Map((await source.heads(all.map((c) => c.id))).map((head) => [head.id, head]))
    for (const channel of all) if (channel.epoch !== '') compare(channel, heads.get(channel.id))
  }
  let polling = false
  const pollOnce = (): void => {
    if (polling) return
    polling = true
    void poll()
      .catch(warn)
      .finally(() => (polling = false))
  }
  const timer = setInterval(pollOnce, POLL_MS)
  timer.unref()
  const unlisten = bus.onReconnect(pollOnce)

  const open = (id: string): Channel => {
    const unhear = bus.subscribe<Word>(topic(id), (word) => {
      const channel = channels.get(id)
      if (channel) hear(channel, word)
    })
    unhear.catch(warn)
    const channel: Channel = {
      id,
      epoch: '',
      lastSeq: 0,
      gone: false,
      version: 0,
      readers: 0,
      recent: [],
      typing: new Map(),
      doubts: new Map(),
      waiting: new Set(),
      ready: Promise.resolve(),
      reading: null,
      readAgain: false,
      unhear,
    }
    // Subscribed first, read second: what is stored in between is told, not lost.
    channel.ready = Promise.race([unhear, delay(HEAR_WAIT_MS)]).then(async () => {
      compare(channel, (await source.heads([id]))[0])
    })
    channels.set(id, channel)
    return channel
  }
  const leave = (channel: Channel): void => {
    channel.readers--
    if (channel.readers > 0) return
    if (channels.get(channel.id) === channel) channels.delete(channel.id)
    void channel.unhear.then((stop) => stop()).catch(warn)
  }
  const say = (channelId: string, word: Word): void => {
    const here = channels.get(channelId)
    if (here && word.k !== 't') hear(here, word)
    void bus.publish(topic(channelId), word).catch(warn)
  }
  return {
    join: async (channelId) => {
      const channel = channels.get(channelId) ?? open(channelId)
      channel.readers++
      try {
        await channel.ready
      } catch (error) {
        leave(channel)
        channels.delete(channelId)
        throw error
      }
      return makeFeed(channel, source, () => leave(channel))
    },
    wake: (channelId) => say(channelId, { k: 'm' }),
    sayTyping: (channelId, personId, on) => say(channelId, { k: 't', p: personId, on }),
    doubt: (channelId, personId) => say(channelId, { k: 'a', p: personId }),
    close: () => {
      clearInterval(timer)
      unlisten()
      for (const channel of channels.values()) changed(channel)
    },
  }
}

function makeFeed(channel: Channel, source: ChatSource, onLeave: () => void): Feed {
  let left = false
  return {
    version: () => channel.version,
    head: () => (channel.gone ? null : { epoch: channel.epoch, lastSeq: channel.lastSeq }),
    after: async (seq, limit) => {
      if (seq >= channel.lastSeq) return []
      const first = channel.recent[0]
      if (!first || first.seq > seq + 1) return source.after(channel.id, seq, limit)
      return channel.recent.slice(seq + 1 - first.seq, seq + 1 - first.seq + limit)
    },
    typing: () => [...channel.typing.keys()],
    doubts: (personId) => channel.doubts.get(personId) ?? 0,
    change: (version, maxMs, signal) => {
      if (channel.version !== version || signal.aborted) return Promise.resolve()
      return new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(timer)
          signal.removeEventListener('abort', done)
          channel.waiting.delete(done)
          resolve()
        }
        const timer = setTimeout(done, maxMs)
        signal.addEventListener('abort', done)
        channel.waiting.add(done)
      })
    },
    leave: () => {
      if (!left) onLeave()
      left = true
    },
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref())
}
