import { createSignal, For, Show } from 'solid-js'
import { messageLength } from '#shared/chat.text.ts'
import { t } from '../../../lib/i18n/i18n.ts'
import { IconButton } from '../../../ui/button.tsx'
import { ChatToken } from '../../../ui/dish.tsx'
import { ArrowUp } from '../../../ui/icons.ts'
import { draftBody, emptyDraft, isSendKey, takeBack, typeInto } from '../state.draft.ts'
import type { Draft } from '../state.draft.ts'

export interface ComposerProps {
  /** Names by number, of what numbers mean here. */
  names: ReadonlyMap<number, string>
  max: number
  onSend: (body: string) => void
  onTyping: (on: boolean) => void
  ref?: (input: HTMLInputElement) => void
}

/** Letters of a name that the empty field shows whole. */
const EXAMPLE_MOST = 7

/** One line to write in. Numbers become tokens; the input itself stays plain text, so that every keyboard and composition works. */
export function Composer(props: ComposerProps) {
  const [draft, setDraft] = createSignal<Draft>(emptyDraft)
  const over = () => messageLength(draftBody(draft())) - props.max
  const empty = () => draftBody(draft()) === ''
  const numbers = () => new Set(props.names.keys())
  const change = (next: Draft): void => {
    setDraft(next)
    props.onTyping(draftBody(next) !== '')
  }
  const send = (): void => {
    if (empty() || over() > 0) return
    props.onSend(draftBody(draft()))
    setDraft(emptyDraft)
  }
  const keys = (event: KeyboardEvent & { currentTarget: HTMLInputElement }): void => {
    if (isSendKey(event)) {
      event.preventDefault()
      return send()
    }
    const { selectionStart, selectionEnd } = event.currentTarget
    const atStart = selectionStart === 0 && selectionEnd === 0
    if (event.key !== 'Backspace' || event.isComposing || !atStart || draft().pieces.length === 0)
      return
    event.preventDefault()
    const input = event.currentTarget
    const end = draft().tail.length
    change(takeBack(draft()))
    const caret = draft().tail.length - end
    queueMicrotask(() => input.setSelectionRange(caret, caret))
  }
  const example = () => {
    const short = [...props.names].filter(([, name]) => name.length <= EXAMPLE_MOST)
    return short.find(([number]) => number > 1) ?? short[0]
  }
  const placeholder = (): string => {
    if (draft().pieces.length > 0) return ''
    const named = example()
    return named
      ? t('chat.placeholderToken', { number: named[0], name: named[1] })
      : t('chat.placeholder')
  }
  return (
    <form
      class="chat-compose"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <div class="chat-in on-well">
        <For each={draft().pieces}>
          {(piece) => (
            <Show
              when={piece.kind === 'token' ? piece : null}
              fallback={<span class="chat-frozen">{piece.text}</span>}
            >
              {(token) => (
                <ChatToken number={token().number} name={props.names.get(token().number) ?? ''} />
              )}
            </Show>
          )}
        </For>
        <input
          ref={(input) => props.ref?.(input)}
          type="text"
          enterkeyhint="send"
          autocomplete="off"
          aria-label={t('chat.placeholder')}
          aria-describedby="chat-note"
          placeholder={placeholder()}
          value={draft().tail}
          onInput={(event) => {
            const tail = event.currentTarget.value
            change(event.isComposing ? { ...draft(), tail } : typeInto(draft(), tail, numbers()))
            // The signal may hold less than the field shows: what became a token leaves it.
            if (event.currentTarget.value !== draft().tail) event.currentTarget.value = draft().tail
          }}
          onKeyDown={keys}
          onBlur={() => props.onTyping(false)}
        />
      </div>
      <IconButton
        type="submit"
        look="pri"
        size={44}
        label={t('chat.send')}
        aria-disabled={empty() || over() > 0}
      >
        <ArrowUp size={22} />
      </IconButton>
      <p id="chat-note" class="chat-over" role="status">
        {over() > 0 ? t('chat.tooLong', { over: over() }) : ''}
      </p>
    </form>
  )
}
