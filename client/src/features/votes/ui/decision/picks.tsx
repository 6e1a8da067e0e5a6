import { createMemo, For, Show } from 'solid-js'
import { dishOf } from '#shared/dishes.ts'
import { colourOfSeat } from '#shared/rooms.code.ts'
import type { DecisionView } from '#shared/votes.ts'
import { t } from '#client/lib/i18n/i18n.ts'
import { LeadChip, NumberedDish } from '#client/ui/dish.tsx'
import { ShieldCheck } from '#client/ui/icons.ts'
import { Seats } from '#client/ui/seats.tsx'
import type { Seated } from '#client/ui/seats.tsx'
import { sayChose, sayNames } from '../../state.waiting.ts'
import type { Told } from '../../state.waiting.ts'

type Candidate = DecisionView['candidates'][number]
type Sitting = DecisionView['people'][number]

const SEAT_PX = 20
/** Names stand under the place up to here; beyond, the faces and readers' words are enough. */
const NAMES_MOST = 6

const nameOf = ({ name, simulated }: Sitting): string =>
  simulated ? `${name} (${t('common.practice')})` : (name ?? t('common.someoneWhoLeft'))
const seatedOf = (person: Sitting): Seated => ({
  id: String(person.seat),
  name: nameOf(person),
  portrait: person.portrait,
  colour: colourOfSeat(person.seat),
  gone: person.name === null && person.portrait === null,
})

const toldOf =
  ({ mySeat }: DecisionView) =>
  (person: Sitting): Told => ({ name: nameOf(person), mine: person.seat === mySeat })

/**
 * Who picked what, in the order in which places were put forward: at first, and then in the run-off. Members see people; visitors see
 * how many, and at the decided place the drawn faces of who decided for it.
 */
export function Picks(props: { decision: DecisionView }) {
  const fine = createMemo(() =>
    props.decision.people.filter(({ ticked, chose }) => ticked && chose?.length === 0),
  )
  return (
    <section class="dec-picks">
      <h2>{t('decision.whoPicked')}</h2>
      <Show when={props.decision.runoffChoices}>
        <h3>{t('decision.atFirst')}</h3>
      </Show>
      <ul>
        <For each={props.decision.candidates}>
          {(candidate) => (
            <Pick
              decision={props.decision}
              candidate={candidate}
              choices={candidate.choices}
              last={!props.decision.runoffChoices}
              chose={({ chose }) => chose?.includes(candidate.number) ?? false}
            />
          )}
        </For>
        <Show when={props.decision.fine > 0}>
          <li>
            <span class="dec-pick">
              <b>{t('decision.fine')}</b>
              <Names of={fine()} decision={props.decision} />
            </span>
            <Show when={props.decision.member} fallback={<Count of={props.decision.fine} />}>
              <PickSeats of={fine()} decision={props.decision} />
            </Show>
          </li>
        </Show>
      </ul>
      <Show when={props.decision.runoffChoices}>
        {(settled) => (
          <>
            <h3>{t('decision.inRunoff')}</h3>
            <ul>
              <For each={settled()}>
                {([number, choices]) => (
                  <Show when={props.decision.candidates.find((one) => one.number === number)}>
                    {(candidate) => (
                      <Pick
                        decision={props.decision}
                        candidate={candidate()}
                        choices={choices}
                        last
                        chose={(person) => person.settled === number}
                      />
                    )}
                  </Show>
                )}
              </For>
            </ul>
          </>
        )}
      </Show>
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

interface PickProps {
  decision: DecisionView
  candidate: Candidate
  /** How many chose it in the round that is told. */
  choices: number
  /** That round decided. */
  last: boolean
  chose: (person: Sitting) => boolean
}

function Pick(props: PickProps) {
  const won = (): boolean => props.last && props.candidate.number === props.decision.winner.number
  /** Null where it isn't told: visitors know faces at the decided place alone. */
  const people = createMemo((): Sitting[] | null => {
    const { people: all, member } = props.decision
    if (member) return all.filter((person) => props.chose(person))
    return won() ? all.filter(({ choseWinner }) => choseWinner) : null
  })
  return (
    <li>
      <NumberedDish
        number={props.candidate.number}
        name={dishOf({ ...props.candidate, menu: menuOf(props) })}
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
          <Names of={people() ?? []} decision={props.decision} />
        </Show>
      </span>
      <Show when={people()} fallback={<Count of={props.choices} />}>
        {(known) => <PickSeats of={known()} decision={props.decision} />}
      </Show>
    </li>
  )
}

/** What is drawn on the plate: the winner's dish is the one of its menu in either round. */
const menuOf = ({ decision: { winner }, candidate }: PickProps): string | null =>
  candidate.number === winner.number ? winner.menu : null

function Count(props: { of: number }) {
  return (
    <span class="dec-count">
      {props.of === 0 ? t('decision.pickedNone') : t('common.people', { count: props.of })}
    </span>
  )
}

function Names(props: { of: readonly Sitting[]; decision: DecisionView }) {
  return (
    <Show when={props.of.length > 0 && props.of.length <= NAMES_MOST}>
      <small aria-hidden="true">{sayNames(props.of.map(toldOf(props.decision)))}</small>
    </Show>
  )
}

function PickSeats(props: { of: readonly Sitting[]; decision: DecisionView }) {
  const label = (): string => {
    if (props.of.length === 0) return t('decision.pickedNone')
    if (!props.decision.member) return t('decision.pickedCount', { count: props.of.length })
    return sayChose(props.of.map(toldOf(props.decision)))
  }
  return (
    <Seats
      of={props.of.map(seatedOf)}
      places={props.decision.people.length}
      me={props.decision.mySeat === null ? undefined : String(props.decision.mySeat)}
      label={label()}
      size={SEAT_PX}
    />
  )
}
