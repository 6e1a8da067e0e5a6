import './chat.css'
import { createEffect, createMemo, createSignal, For, on, onCleanup, onMount, Show } from 'solid-js'
import type { JSX } from 'solid-js'
import type { Message } from '#shared/chat.ts'
import { limits } from '#shared/limits.ts'
import { t } from '../../../lib/i18n/i18n.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { ChevronDown, Minus, X } from '../../../ui/icons.ts'
import { Portrait } from '../../../ui/portrait.tsx'
import type { Sitter } from '../../../ui/portrait.tsx'
import { SkeletonRows } from '../../../ui/states.tsx'
import type { Chat } from '../state.ts'
import { Composer } from './composer.tsx'
import { MessageLine, PendingLine } from './message.tsx'

/** A line that nobody wrote, such as "도윤이 2 동일루를 올렸어요", at its time among the messages. */
export interface ChatNote {
  id: string
  /** ms */
  at: number
  node: () => JSX.Element
}

export interface ChatPanelProps {
  chat: Chat
  /** phone: a sheet from 132 px; desk: 348 × 576 at the lower right. */
  shape: 'phone' | 'desk'
  /** Own person id. */
  me: string
  /** How a person is drawn; null for who is not in the room's list. */
  personOf: (personId: string) => Sitter | null
  /** What numbers mean: number → name. */
  names: ReadonlyMap<number, string>
  onShow: (number: number) => void
  onClose: () => void
  notes?: readonly ChatNote[]
  /** What must be seen though the chat lies over it. */
  notice?: JSX.Element
  /** Words instead of the composer, when nothing may be written. */
  readOnly?: string
  maxChars?: number
}

/** A quiet colour for who is no longer in the room. */
const SOMEONE_WHO_LEFT = 11
const NEAR_END_PX = 48
const NEAR_START_PX = 120

/** The messages and notes themselves, so that what is on the page stays when something is added. */
type Line = Message | ChatNote
const isMessage = (line: Line): line is Message => 'seq' in line

/** The chat. Mounted while it is open; the state lives on without it. */
export function ChatPanel(props: ChatPanelProps) {
  let list: HTMLDivElement | undefined
  let input: HTMLInputElement | undefined
  const [atEnd, setAtEnd] = createSignal(true)
  const [fresh, setFresh] = createSignal(false)
  const chat = () => props.chat
  const toEnd = (): void => {
    list?.scrollTo({ top: list.scrollHeight })
    setFresh(false)
    chat().markRead()
  }
  const lines = createMemo((): Line[] => {
    const messages = chat().messages()
    const first = messages[0]?.at ?? 0
    const notes = (props.notes ?? []).filter((note) => !chat().more() || note.at >= first)
    const all: Line[] = [...messages]
    // Messages keep the order of their numbers even where clocks disagree; a note goes before the first later message.
    for (const note of notes) {
      const at = all.findIndex((line) => isMessage(line) && line.at > note.at)
      all.splice(at < 0 ? all.length : at, 0, note)
    }
    return all
  })
  const scrolled = (): void => {
    if (!list) return
    setAtEnd(list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END_PX)
    if (atEnd() && document.visibilityState === 'visible') {
      setFresh(false)
      chat().markRead()
    }
    if (list.scrollTop < NEAR_START_PX) void loadOlder()
  }
  let loading = false
  const loadOlder = async (): Promise<void> => {
    if (loading || !list || !chat().more()) return
    loading = true
    const fromEnd = list.scrollHeight - list.scrollTop
    try {
      await chat().loadOlder()
    } catch {
      // The button above the messages stays: a tap tries again.
    }
    // What was read stays where it was under the eye.
    queueMicrotask(() => {
      if (list) list.scrollTop = list.scrollHeight - fromEnd
      loading = false
    })
  }
  onMount(() => {
    chat().setOpen(true)
    queueMicrotask(() => {
      const divider = list?.querySelector('.chat-divider')
      if (divider) divider.scrollIntoView({ block: 'center' })
      else toEnd()
      scrolled()
    })
    if (props.shape === 'desk') input?.focus({ preventScroll: true })
  })
  onCleanup(() => {
    chat().sayTyping(false)
    chat().setOpen(false)
  })
  createEffect(
    on(
      () => [chat().messages().at(-1)?.seq, chat().pending().length] as const,
      ([, pending], before) => {
        if (!before) return
        if (atEnd() || pending > before[1]) queueMicrotask(toEnd)
        else setFresh(true)
      },
    ),
  )
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape from any control within closes the layer
    <section
      class="chat"
      data-shape={props.shape}
      aria-label={t('chat.title')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.isComposing) return
        event.stopPropagation()
        event.preventDefault()
        props.onClose()
      }}
    >
      <header>
        <Show when={props.shape === 'phone'}>
          <button
            type="button"
            class="chat-grab"
            aria-label={t('chat.hide')}
            onClick={() => props.onClose()}
          />
        </Show>
        <h2>{t('chat.title')}</h2>
        <IconButton label={t('chat.hide')} onClick={() => props.onClose()}>
          <Show when={props.shape === 'phone'} fallback={<Minus size={22} />}>
            <X size={22} />
          </Show>
        </IconButton>
      </header>
      {props.notice}
      {/* eslint-disable jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <div
        ref={(element) => (list = element)}
        class="chat-log"
        role="log"
        aria-label={t('chat.log')}
        aria-live={chat().phase() === 'ready' ? 'polite' : 'off'}
        tabindex="0"
        onScroll={scrolled}
      >
        {/* eslint-enable jsx-a11y/no-noninteractive-tabindex */}
        <Show when={chat().more()}>
          <div class="chat-more">
            <Button look="txt" size={36} onClick={() => void loadOlder()}>
              {t('chat.older')}
            </Button>
          </div>
        </Show>
        <Show when={chat().phase() === 'loading' && chat().messages().length === 0}>
          <div>
            <SkeletonRows rows={3} label={t('common.loading')} />
          </div>
        </Show>
        <Show when={chat().phase() === 'broken'}>
          <div class="chat-empty" role="alert">
            <p>{t('chat.broken')}</p>
            <Button onClick={() => chat().reload()}>{t('common.retryLong')}</Button>
          </div>
        </Show>
        <Show
          when={chat().phase() === 'ready' && lines().length === 0 && chat().pending().length === 0}
        >
          <div class="chat-empty">
            <p>{t('chat.empty')}</p>
            <Show when={props.names.has(2)}>
              <p>{t('chat.emptyHint')}</p>
            </Show>
          </div>
        </Show>
        <For each={lines()}>
          {(line) =>
            isMessage(line) ? (
              <>
                <Show when={line.seq === chat().divider()}>
                  <div class="chat-divider">
                    <span>{t('chat.unreadFrom')}</span>
                  </div>
                </Show>
                <MessageLine
                  message={line}
                  mine={line.authorId === props.me}
                  colour={props.personOf(line.authorId)?.colour ?? SOMEONE_WHO_LEFT}
                  simulated={props.personOf(line.authorId)?.simulated}
                  names={props.names}
                  onShow={(number) => props.onShow(number)}
                />
              </>
            ) : (
              <div class="chat-note">{line.node()}</div>
            )
          }
        </For>
        <For each={chat().pending()}>
          {(pending) => (
            <PendingLine
              pending={pending}
              names={props.names}
              onShow={(number) => props.onShow(number)}
              onRetry={() => chat().retry(pending.clientId)}
              onDiscard={() => chat().discard(pending.clientId)}
            />
          )}
        </For>
      </div>
      <Show when={!atEnd()}>
        <Button class="chat-jump" size={36} icon={<ChevronDown size={18} />} onClick={toEnd}>
          {fresh() ? t('chat.newBelow') : t('chat.toNewest')}
        </Button>
      </Show>
      <TypingLine
        people={chat()
          .typing()
          .flatMap((id) => props.personOf(id) ?? [])}
      />
      <Show
        when={props.readOnly === undefined}
        fallback={<p class="chat-readonly">{props.readOnly}</p>}
      >
        <Composer
          ref={(element) => (input = element)}
          names={props.names}
          max={props.maxChars ?? limits.MESSAGE_CHARS}
          onSend={(body) => chat().send(body)}
          onTyping={(on) => chat().sayTyping(on)}
        />
      </Show>
    </section>
  )
}

function TypingLine(props: { people: readonly Sitter[] }) {
  const words = (): string => {
    const [first, ...others] = props.people
    if (!first) return ''
    return others.length === 0
      ? t('chat.typingOne', { name: first.name })
      : t('chat.typingMany', { count: props.people.length })
  }
  return (
    <p class="chat-typing" aria-live="polite">
      <Show when={props.people[0]}>
        {(first) => (
          <>
            <Portrait of={first()} size={18} />
            {words()}
            <span class="chat-dots" aria-hidden="true">
              <i />
              <i />
              <i />
            </span>
          </>
        )}
      </Show>
    </p>
  )
}
