import { Match, Show, Switch } from 'solid-js'
import type { Stance } from '#shared/votes.ts'
import { t } from '#client/lib/i18n/i18n.ts'
import { EyeOff, Hourglass } from '#client/ui/icons.ts'
import { Seats } from '#client/ui/seats.tsx'
import type { Seated } from '#client/ui/seats.tsx'
import { PassButton, VoteButton } from '#client/ui/vote.tsx'
import { sayChose } from '../state.waiting.ts'

/** More than this many fit one line of a phone only when drawn smaller. */
const MANY = 6
const SMALL_SEAT_PX = 18

/** That my tap waits for the network; on one I passed, that only I see it; else who chose this one. */
export function RowSeats(props: {
  kept: boolean
  passed: boolean
  of: readonly Seated[]
  places: number
  me: string
  /** px; by the number of people unless given. */
  size?: number
}) {
  return (
    <Switch>
      <Match when={props.kept}>
        <span class="seal" role="status">
          <Hourglass size={15} aria-hidden="true" />
          {t('votes.willBeSent')}
        </span>
      </Match>
      <Match when={props.passed}>
        <span class="seal">
          <EyeOff size={15} aria-hidden="true" />
          {t('votes.passOnlyYou')}
        </span>
      </Match>
      <Match when={true}>
        <Seats
          of={props.of}
          places={props.places}
          size={props.size ?? (props.places > MANY ? SMALL_SEAT_PX : undefined)}
          me={props.me}
          label={
            props.of.length > 0
              ? sayChose(props.of.map(({ id, name }) => ({ name, mine: id === props.me })))
              : t('votes.seatsNone')
          }
        />
      </Match>
    </Switch>
  )
}

export interface RowActsProps {
  number: number
  name: string
  stance: Stance
  /** Sent once the network is back. */
  kept: boolean
  /** With so few people a pass gives itself away: said before it is given. */
  guessable: boolean
  refusals: number
  /** False in a run-off. */
  passable: boolean
  onAct: (kind: 'choose' | 'unchoose' | 'pass' | 'unpass') => void
}

/** The same that the buttons say to readers, for everybody to see before a pass is given. */
export function PassNote() {
  return <p class="pass-note">{t('votes.passGuess')}</p>
}

/** The two things to do with a candidate: sit down at it, or quietly pass. */
export function RowActs(props: RowActsProps) {
  const passed = (): boolean => props.stance === 'passed'
  const chosen = (): boolean => props.stance === 'chosen'
  const passLabel = (): string => {
    const says = passed()
      ? t('votes.unpassOn', { number: props.number, name: props.name })
      : t('votes.passOn', { number: props.number, name: props.name })
    return props.guessable && !passed() ? `${says}. ${t('votes.passGuess')}` : says
  }
  return (
    <>
      <Show when={props.passable && !chosen()}>
        <PassButton
          label={passLabel()}
          passed={passed()}
          onToggle={() => props.onAct(passed() ? 'unpass' : 'pass')}
        >
          {passed() ? t('votes.unpass') : t('votes.pass')}
        </PassButton>
      </Show>
      <VoteButton
        label={t('votes.choose', { number: props.number, name: props.name })}
        chosen={chosen()}
        waiting={props.kept}
        refusals={props.refusals}
        onToggle={() => props.onAct(chosen() ? 'unchoose' : 'choose')}
      />
    </>
  )
}
