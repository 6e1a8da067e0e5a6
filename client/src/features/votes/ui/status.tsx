import { createEffect, createMemo, createSignal, on, onCleanup, Show } from 'solid-js'
import type { RoundView } from '#shared/votes.ts'
import { t } from '#client/lib/i18n/i18n.ts'
import { Button } from '#client/ui/button.tsx'
import { Lock } from '#client/ui/icons.ts'
import { Portrait } from '#client/ui/portrait.tsx'
import type { Sitter } from '#client/ui/portrait.tsx'
import { SrOnly } from '#client/ui/vote.tsx'

export interface StatusProps {
  round: RoundView
  /** Whom the header counts, and who of them has no tick yet. */
  counted: number
  waitingFor: readonly Sitter[]
  /** The same in words, to the reader. */
  waitingWho: string
}

/** Who has voted and who is waited for: never only a number. */
export function VoteStatus(props: StatusProps) {
  const done = (): number => props.round.ticked.length
  return (
    <>
      <h1>{t('votes.chosenOf', { done: done(), total: Math.max(props.counted, done()) })}</h1>
      <p aria-live="polite">
        <Show
          when={!props.round.hidden}
          fallback={
            <>
              <Lock size={15} aria-hidden="true" />
              {t('votes.hiddenNote')}
            </>
          }
        >
          <WaitingLine first={props.waitingFor[0]} who={props.waitingWho} />
        </Show>
      </p>
    </>
  )
}

function WaitingLine(props: { first: Sitter | undefined; who: string }) {
  return (
    <Show when={props.first} fallback={t('rooms.everyoneDone')}>
      {(person) => (
        <>
          <Portrait of={person()} size={18} dim />
          <span>{t('rooms.waitingFor', { name: props.who })}</span>
        </>
      )}
    </Show>
  )
}

const SAY_EVERY_MS = 5_000

/** The tally in one sentence, at most each 5 s, and never while it is hidden. */
export function TallySpoken(props: { round: RoundView }) {
  const sentence = createMemo(() =>
    (props.round.chosen ?? [])
      .map(([number, seats]) => t('votes.tally', { number, count: seats.length }))
      .join(', '),
  )
  const [said, setSaid] = createSignal('')
  let timer: number | undefined
  createEffect(
    on(
      sentence,
      () => {
        timer ??= window.setTimeout(() => {
          timer = undefined
          setSaid(sentence())
        }, SAY_EVERY_MS)
      },
      { defer: true },
    ),
  )
  onCleanup(() => window.clearTimeout(timer))
  return <SrOnly live="polite">{said()}</SrOnly>
}

export interface ClosingProps {
  round: RoundView
  /** The server's clock, ms. */
  now: number
  host: boolean
  waitUsed: boolean
  onTakeBack: () => void
  onWait: () => void
}

/** The last ten seconds: choices still count, the host may take it back, anyone may ask to wait once. */
export function ClosingLine(props: ClosingProps) {
  const seconds = (): number => Math.max(0, Math.ceil((props.round.deadlineAt - props.now) / 1_000))
  return (
    <div class="vote-closing" role="status" data-testid="closing">
      <b class="tn" aria-live="off">
        {t('votes.closing', { seconds: seconds() })}
      </b>
      <Show when={props.round.closing?.by === 'host' && props.host}>
        <Button onClick={() => props.onTakeBack()}>{t('votes.takeBack')}</Button>
      </Show>
      <Show when={props.round.closing?.by === 'quorum' && !props.waitUsed}>
        <Button onClick={() => props.onWait()}>{t('votes.wait')}</Button>
      </Show>
    </div>
  )
}

/** "Anything is fine": a tick without a choice; a choice takes it off. */
export function FineButton(props: { fine: boolean; kept: boolean; onToggle: () => void }) {
  return (
    <Button
      look={props.fine ? 'chosen' : 'line'}
      size={36}
      aria-pressed={props.fine}
      onClick={() => props.onToggle()}
    >
      {t('votes.anythingFine')}
      <Show when={props.kept}>
        <small class="ms-1.5 font-reg">{t('votes.willBeSent')}</small>
      </Show>
    </Button>
  )
}
