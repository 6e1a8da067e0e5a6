import './votes.css'
import { For, Show } from 'solid-js'
import { dishOf } from '#shared/dishes.ts'
import type { Candidate } from '#shared/rooms.ts'
import type { RoundView } from '#shared/votes.ts'
import { formatPrice } from '#client/lib/i18n/format.ts'
import { t } from '#client/lib/i18n/i18n.ts'
import { Button } from '#client/ui/button.tsx'
import { NumberedDish } from '#client/ui/dish.tsx'
import { Check } from '#client/ui/icons.ts'
import { createMedia } from '#client/ui/media.ts'
import type { Seated } from '#client/ui/seats.tsx'
import { RowSeats } from './row.tsx'

export interface RunoffProps {
  round: RoundView
  /** The tied, ascending. */
  candidates: readonly Candidate[]
  person(seat: number): Seated
  places: number
  me: string
  isChosen(number: number): boolean
  /** My tap on it waits for the network. */
  isKept(number: number): boolean
  writable: boolean
  /** Walking time and the like, beside the price. */
  about?: (candidate: Candidate) => string
  onChoose: (number: number) => void
}

const LOW_WINDOW = '(max-height: 780px)'
const PLATE_PX = 96
const PLATE_LOW_PX = 72
const SEAT_PX = 22
const SEAT_LOW_PX = 18

/** A tie: one choice each. Two stand side by side; more are rows, a radio group. */
export function Runoff(props: RunoffProps) {
  return (
    <Show when={props.candidates.length === 2} fallback={<RunoffRows {...props} />}>
      <div class="duel" role="group" aria-label={t('votes.runoffHint')}>
        <For each={props.candidates}>
          {(candidate) => <Plate candidate={candidate} runoff={props} />}
        </For>
      </div>
    </Show>
  )
}

function seatsOf(props: RunoffProps, number: number): Seated[] {
  return (props.round.chosen?.find(([n]) => n === number)?.[1] ?? []).map((seat) =>
    props.person(seat),
  )
}
/** Who chose it, or that my tap waits for the network. */
function SeatsLine(props: { runoff: RunoffProps; number: number }) {
  const low = createMedia(LOW_WINDOW)
  const kept = (): boolean => props.runoff.isKept(props.number)
  return (
    <Show when={kept() || props.runoff.round.chosen}>
      <RowSeats
        kept={kept()}
        passed={false}
        of={seatsOf(props.runoff, props.number)}
        places={props.runoff.places}
        size={low() ? SEAT_LOW_PX : SEAT_PX}
        me={props.runoff.me}
      />
    </Show>
  )
}
function aboutLine(props: RunoffProps, candidate: Candidate): string {
  return [
    candidate.price === null ? '' : formatPrice(candidate.price),
    props.about?.(candidate) ?? '',
  ]
    .filter((part) => part !== '')
    .join(' · ')
}

function Plate(props: { candidate: Candidate; runoff: RunoffProps }) {
  const low = createMedia(LOW_WINDOW)
  const chosen = (): boolean => props.runoff.isChosen(props.candidate.number)
  const says = (): string => (chosen() ? t('votes.chosen') : t('votes.runoffPick'))
  return (
    <article data-mine={chosen() ? '' : undefined}>
      <NumberedDish
        number={props.candidate.number}
        name={dishOf(props.candidate)}
        size={low() ? PLATE_LOW_PX : PLATE_PX}
        at="bottom"
        flat
      />
      <h2>{props.candidate.name}</h2>
      <p class="tn">{aboutLine(props.runoff, props.candidate)}</p>
      <SeatsLine runoff={props.runoff} number={props.candidate.number} />
      <Show when={props.runoff.writable}>
        <Button
          look={chosen() ? 'pri' : 'line'}
          aria-pressed={chosen()}
          aria-label={`${t('votes.choose', {
            number: props.candidate.number,
            name: props.candidate.name,
          })}, ${says()}`}
          icon={chosen() ? <Check size={20} stroke-width={2.4} /> : undefined}
          onClick={() => props.runoff.onChoose(props.candidate.number)}
        >
          {says()}
        </Button>
      </Show>
    </article>
  )
}

function RunoffRows(props: RunoffProps) {
  return (
    <div class="room-list" role="radiogroup" aria-label={t('votes.runoffHint')}>
      <For each={props.candidates}>
        {(candidate) => (
          <label class="cand" data-mine={props.isChosen(candidate.number) ? '' : undefined}>
            <NumberedDish number={candidate.number} name={dishOf(candidate)} size={60} flat />
            <span class="min-w-0 flex-1">
              <span class="cand-title">
                <b>{candidate.name}</b>
              </span>
              <span class="tn block text-13 text-ink-2">{aboutLine(props, candidate)}</span>
              <span class="cand-who">
                <SeatsLine runoff={props} number={candidate.number} />
              </span>
            </span>
            <input
              type="radio"
              class="vote-radio"
              name={props.round.id}
              checked={props.isChosen(candidate.number)}
              disabled={!props.writable}
              aria-label={t('votes.choose', { number: candidate.number, name: candidate.name })}
              onChange={() => props.onChoose(candidate.number)}
            />
          </label>
        )}
      </For>
    </div>
  )
}
