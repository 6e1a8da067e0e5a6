import { createMemo, For, Match, Show, Switch } from 'solid-js'
import type { Message } from '#shared/chat.ts'
import { splitMessage } from '#shared/chat.split.ts'
import { formatTime } from '../../../lib/i18n/format.ts'
import { t, tError } from '../../../lib/i18n/i18n.ts'
import { Button } from '../../../ui/button.tsx'
import { ChatToken } from '../../../ui/dish.tsx'
import { Portrait, PracticeMark } from '../../../ui/portrait.tsx'
import type { Pending } from '../state.outbox.ts'

/** A text with its links and numbers. Nothing of it is ever read as markup. */
export function MessageBody(props: {
  body: string
  names: ReadonlyMap<number, string>
  onShow: (number: number) => void
}) {
  const pieces = createMemo(() => splitMessage(props.body, new Set(props.names.keys())))
  return (
    <For each={pieces()}>
      {(piece) => (
        <Switch fallback={piece.kind === 'text' ? piece.text : ''}>
          <Match when={piece.kind === 'link' ? piece : null}>
            {(link) => (
              <a href={link().href} target="_blank" rel="noopener nofollow noreferrer">
                {link().href.replace(/^https?:\/\//, '')}
              </a>
            )}
          </Match>
          <Match when={piece.kind === 'candidate' ? piece : null}>
            {(token) => (
              <ChatToken
                number={token().number}
                name={props.names.get(token().number) ?? ''}
                onClick={() => props.onShow(token().number)}
              />
            )}
          </Match>
        </Switch>
      )}
    </For>
  )
}

export interface MessageLineProps {
  message: Message
  mine: boolean
  /** 1 to 20; of the author's seat. */
  colour: number
  /** Its author is simulated. */
  simulated?: boolean
  names: ReadonlyMap<number, string>
  onShow: (number: number) => void
}

/** Own messages stand right in a bubble without a portrait, others plain with one. */
export function MessageLine(props: MessageLineProps) {
  const name = () => props.message.authorName || t('common.someoneWhoLeft')
  const body = () => (
    <Show when={props.message.body !== ''} fallback={<i class="chat-erased">{t('chat.erased')}</i>}>
      <MessageBody
        body={props.message.body}
        names={props.names}
        onShow={(number) => props.onShow(number)}
      />
    </Show>
  )
  const time = () => (
    <time datetime={new Date(props.message.at).toISOString()}>{formatTime(props.message.at)}</time>
  )
  return (
    <Show
      when={props.mine}
      fallback={
        <div class="chat-line">
          <Portrait
            of={{
              name: name(),
              portrait: props.message.authorPortrait,
              colour: props.colour,
              gone: !props.message.authorName,
            }}
            size={32}
          />
          <div>
            <p class="chat-who">
              <b>{name()}</b>
              <Show when={props.simulated}>
                <PracticeMark />
              </Show>
              {time()}
            </p>
            <p class="chat-text">{body()}</p>
          </div>
        </div>
      }
    >
      <div class="chat-line" data-mine="">
        <span class="sr">{t('common.me')}</span>
        <p class="chat-text on-well">{body()}</p>
        {time()}
      </div>
    </Show>
  )
}

export interface PendingLineProps {
  pending: Pending
  names: ReadonlyMap<number, string>
  onShow: (number: number) => void
  onRetry: () => void
  onDiscard: () => void
}

/** A message of mine on its way, or refused with the reason and one way on. */
export function PendingLine(props: PendingLineProps) {
  const why = (): string => {
    const { failure } = props.pending
    return failure ? t('chat.failedBecause', { reason: tError(failure) }) : t('chat.keptTooLong')
  }
  return (
    <div class="chat-line" data-mine="" data-state={props.pending.state}>
      <p class="chat-text on-well">
        <MessageBody
          body={props.pending.body}
          names={props.names}
          onShow={(number) => props.onShow(number)}
        />
      </p>
      <Show
        when={props.pending.state === 'failed'}
        fallback={
          <small>
            {props.pending.state === 'waiting' ? t('chat.waitingToSend') : t('chat.sendingNow')}
          </small>
        }
      >
        <span class="chat-failed" role="alert">
          {why()}
        </span>
        <span class="chat-acts">
          <Button look="txt" size={36} onClick={() => props.onRetry()}>
            {props.pending.failure ? t('common.retry') : t('chat.send')}
          </Button>
          <Button look="txt" size={36} onClick={() => props.onDiscard()}>
            {t('chat.discard')}
          </Button>
        </span>
      </Show>
    </div>
  )
}
