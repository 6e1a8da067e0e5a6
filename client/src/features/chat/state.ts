import { createMemo, createSignal, untrack } from 'solid-js'
import type { Accessor } from 'solid-js'
import type { ChannelEvent, Message } from '#shared/chat.ts'
import { serverNow } from '../../lib/clock.ts'
import { keep, readKept } from '../../lib/storage.ts'
import { isPassing } from '../../lib/trpc.ts'
import type { ChatWire } from './api.ts'
import { makeOutbox, type Pending } from './state.outbox.ts'
import { makeShelf } from './state.shelf.ts'

export interface ChatOptions {
  channelId: string
  /** Person id, for own messages and unread ones. */
  me: Accessor<{ personId: string; name: string; portrait: string | null }>
  wire: ChatWire
  /** Own unsent messages wait on this device under keys that begin so. Whose channel it is, forgets them when one leaves. */
  keepUnder: string
  /** Ends everything. */
  signal: AbortSignal
  /** A message of somebody else has just come. */
  onMessage?: (message: Message) => void
}

export interface Chat {
  /** In order of their numbers, each once. */
  messages: Accessor<readonly Message[]>
  /** Mine without a number yet, in the order written; shown below all others. */
  pending: Accessor<readonly Pending[]>
  phase: Accessor<'loading' | 'ready' | 'broken'>
  more: Accessor<boolean>
  typing: Accessor<readonly string[]>
  unread: Accessor<number>
  /** Number of the first message that was unread when the panel was opened; null: none. */
  divider: Accessor<number | null>
  send(body: string): void
  retry(clientId: string): void
  discard(clientId: string): void
  loadOlder(): Promise<void>
  /** Reads everything again after `broken`. */
  reload(): void
  /** Said on each keystroke; the others hear it at most every 3 s. */
  sayTyping(on: boolean): void
  /** The panel was opened or closed: sets the divider. */
  setOpen(open: boolean): void
  /** The newest message is in view. */
  markRead(): void
}

const TYPING_EVERY_MS = 3_000
const AGAIN_MS = 1_500
const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value)

/** One channel in this tab: kept current, resumed without loss, own messages shown at once. */
export function makeChat(options: ChatOptions): Chat {
  const { channelId, wire, signal, me } = options
  const readKey = `bapmap.chat.read.${channelId}`
  const [messages, setMessages] = createSignal<readonly Message[]>([])
  const [phase, setPhase] = createSignal<'loading' | 'ready' | 'broken'>('loading')
  const [more, setMore] = createSignal(false)
  const [typing, setTyping] = createSignal<readonly string[]>([])
  const [divider, setDivider] = createSignal<number | null>(null)
  const [readTo, setReadTo] = createSignal(readKept(readKey, isNumber) ?? -1)
  let stop: (() => void) | undefined
  let generation = 0

  const outbox = makeOutbox(
    {
      send: (clientId, body) => wire.send(channelId, clientId, body),
      onStored: ({ clientId, body }, { seq, at }) => {
        const { personId, name, portrait } = me()
        add([
          {
            channelId,
            seq,
            clientId,
            authorId: personId,
            authorName: name,
            authorPortrait: portrait ?? '',
            body,
            at,
          },
        ])
      },
      now: serverNow,
      shelf: makeShelf(`${options.keepUnder}outbox.${untrack(me).personId}.`, serverNow()),
    },
    signal,
  )
  const lastSeq = (): number => messages().at(-1)?.seq ?? 0
  /** What the server stored replaces what was shown before: it may have cleaned it. */
  const add = (more: readonly Message[]): void => {
    const bySeq = new Map(messages().map((message) => [message.seq, message]))
    for (const message of more) {
      // The same object as before where nothing changed: what is on the page then stays untouched, and is not read out again.
      if (bySeq.get(message.seq)?.body !== message.body) bySeq.set(message.seq, message)
    }
    setMessages([...bySeq.values()].sort((a, b) => a.seq - b.seq))
    for (const message of more)
      if (message.authorId === me().personId) outbox.drop(message.clientId)
  }
  const read = async (): Promise<void> => {
    const mine = ++generation
    stop?.()
    stop = undefined
    try {
      const page = await wire.history(channelId)
      if (mine !== generation || signal.aborted) return
      setMessages([])
      add(page.messages)
      setMore(page.more)
      if (readTo() < 0) markRead()
      setPhase('ready')
      // After the history, which may hold what was stored while its answer got lost.
      outbox.flush()
      stop = wire.listen(channelId, `${page.epoch}:${lastSeq()}`, hear, (error) => end(mine, error))
    } catch (error) {
      end(mine, error)
    }
  }
  /** What passes is tried again; a refusal is final until somebody asks. */
  const end = (mine: number, error: unknown): void => {
    if (mine !== generation || signal.aborted) return
    if (error === null || isPassing(error))
      window.setTimeout(() => mine === generation && void read(), AGAIN_MS)
    else setPhase('broken')
  }
  const hear = (event: ChannelEvent): void => {
    if (event.type === 'typing') return void setTyping(event.personIds)
    if (event.type === 'reset') return void read()
    add([event.message])
    if (event.message.authorId !== me().personId) options.onMessage?.(event.message)
  }
  const markRead = (): void => {
    if (lastSeq() <= readTo() && readTo() >= 0) return
    setReadTo(lastSeq())
    keep(readKey, lastSeq())
  }
  const isUnread = (message: Message): boolean =>
    message.seq > readTo() && message.authorId !== me().personId
  const unread = createMemo(() => {
    if (readTo() < 0) return 0
    const before = (messages()[0]?.seq ?? 1) - 1 - readTo()
    return messages().filter(isUnread).length + (more() ? Math.max(0, before) : 0)
  })
  let typingSaidAt = 0
  const sayTyping = (on: boolean): void => {
    if (on ? serverNow() - typingSaidAt < TYPING_EVERY_MS : typingSaidAt === 0) return
    typingSaidAt = on ? serverNow() : 0
    // Nobody needs to know when it is lost.
    wire.typing(channelId, on).catch(() => undefined)
  }
  signal.addEventListener('abort', () => stop?.())
  untrack(() => void read())
  return {
    messages,
    pending: outbox.pending,
    phase,
    more,
    typing,
    unread,
    divider,
    send: (body) => {
      typingSaidAt = 0
      outbox.add(body)
    },
    retry: outbox.retry,
    discard: outbox.drop,
    loadOlder: async () => {
      const first = messages()[0]?.seq
      if (!more() || first === undefined) return
      const mine = generation
      const page = await wire.history(channelId, first)
      if (mine !== generation || messages()[0]?.seq !== first) return
      add(page.messages)
      setMore(page.more)
    },
    reload: () => {
      setPhase('loading')
      void read()
    },
    sayTyping,
    setOpen: (open) => void setDivider(open ? (messages().find(isUnread)?.seq ?? null) : null),
    markRead,
  }
}
