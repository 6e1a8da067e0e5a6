import { createMemo, For, Show } from 'solid-js'
import { dishOf } from '#shared/dishes.ts'
import { colourOfSeat } from '#shared/rooms.code.ts'
import type { DecisionView } from '#shared/votes.ts'
import { formatNames } from '#client/lib/i18n/format.ts'
import { t } from '#client/lib/i18n/i18n.ts'
import { LeadChip, NumberedDish } from '#client/ui/dish.tsx'
import { ShieldCheck } from '#client/ui/icons.ts'
import { Seats } from '#client/ui/seats.tsx'
import type { Seated } from '#client/ui/seats.tsx'

type Candidate = DecisionView['candidates'][number]
type Sitting = DecisionView['people'][number]

const SEAT_PX = 20
/** Names stand under the place up to here; beyond, the faces and readers' words are enough. */
const NAMES_MOST = 6

const nameOf = (person: Sitting): string => person.name ?? t('common.someoneWhoLeft')
const seatedOf = (person: Sitting): Seated => ({
  id: String(person.seat),
  name: nameOf(person),
  portrait: person.portrait,
  colour: colourOfSeat(person.seat),
})

/**
 * Who picked what, in the order in which places were put forward. Members see people; visitors see how many, and at the
 * decided place the drawn faces of who chose it.
 */
export function Picks(props: { decision: DecisionView }) {
  const fine = createMemo(() =>
    props.decision.people.filter(({ ticked, chose }) => ticked && chose?.length === 0),
  )
  return (
    <section class="dec-picks">
      <h2>{t('decision.whoPicked')}</h2>
      <ul>
        <For each={props.decision.candidates}>
          {(candidate) => <Pick decision={props.decision} candidate={candidate} />}
        </For>
        <Show when={fine().length > 0}>
          <li>
            <span class="dec-pick">
              <b>{t('decision.fine')}</b>
              <Names of={fine()} />
            </span>
            <PickSeats of={fine()} decision={props.decision} />
          </li>
        </Show>
      </ul>
      <p class="dec-fine">
        <ShieldCheck size={16} />
        <span>
          <Show when={props.decision.candidates.some(({ hard }) => hard)}>
            {t('decision.hardPrivate')}{' '}
          </Show>
          <Show when={!props.decision.member}>{t('decision.onlyCounts')}</Show>
        </span>
      </p>
    </section>
  )
}

function Pick(props: { decision: DecisionView; candidate: Candidate }) {
  const won = (): boolean => props.candidate.number === props.decision.winner.number
  /** Null where it isn't told: visitors know faces at the decided place alone. */
  const people = createMemo((): Sitting[] | null => {
    const { people: all, member } = props.decision
    if (member) return all.filter(({ chose }) => chose?.includes(props.candidate.number))
    return won() ? all.filter(({ choseWinner }) => choseWinner) : null
  })
  return (
    <li>
      <NumberedDish
        number={props.candidate.number}
        name={dishOf({ ...props.candidate, menu: won() ? props.decision.winner.menu : null })}
        size={44}
        lead={won()}
        flat
      />
      <span class="dec-pick">
        <b>
          <span>{props.candidate.name}</span>
          <Show when={won()}>
            <LeadChip>{t('decision.decidedChip')}</LeadChip>
          </Show>
        </b>
        <Show when={props.candidate.hard}>
          <small>{t('decision.hardHere')}</small>
        </Show>
        <Show when={props.decision.member}>
          <Names of={people() ?? []} />
        </Show>
      </span>
      <Show when={people()} fallback={<Count of={props.candidate.choices} />}>
        {(known) => <PickSeats of={known()} decision={props.decision} />}
      </Show>
    </li>
  )
}

function Count(props: { of: number }) {
  return (
    <span class="dec-count">
      {props.of === 0 ? t('decision.pickedNone') : t('common.people', { count: props.of })}
    </span>
  )
}

function Names(props: { of: readonly Sitting[] }) {
  return (
    <Show when={props.of.length > 0 && props.of.length <= NAMES_MOST}>
      <small aria-hidden="true">{formatNames(props.of.map(nameOf))}</small>
    </Show>
  )
}

function PickSeats(props: { of: readonly Sitting[]; decision: DecisionView }) {
  const label = (): string => {
    if (props.of.length === 0) return t('decision.pickedNone')
    if (!props.decision.member) return t('decision.pickedCount', { count: props.of.length })
    return t('decision.pickedBy', { names: formatNames(props.of.map(nameOf)) })
  }
  return (
    <Seats
      of={props.of.map(seatedOf)}
      places={props.decision.voters}
      me={props.decision.mySeat === null ? undefined : String(props.decision.mySeat)}
      label={label()}
      size={SEAT_PX}
    />
  )
}
