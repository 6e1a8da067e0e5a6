import './cards.css'
import { createMemo, For, Match, Show, Switch } from 'solid-js'
import { dishOf } from '#shared/dishes.ts'
import { colourOfSeat, formatRoomCode } from '#shared/rooms.code.ts'
import type { Member, RoomCard, Seat } from '#shared/rooms.ts'
import { formatAgo, formatDuration, formatNames } from '#client/lib/i18n/format.ts'
import { t, tRich } from '#client/lib/i18n/i18n.ts'
import { Ring } from '#client/ui/clock.tsx'
import { Dish } from '#client/ui/dish.tsx'
import { DoorClosed, Ellipsis, EyeOff, LogOut, Plus } from '#client/ui/icons.ts'
import { Menu } from '#client/ui/menu.tsx'
import { Portrait, PortraitStack } from '#client/ui/portrait.tsx'
import type { Sitter } from '#client/ui/portrait.tsx'

interface CardProps {
  card: RoomCard
  title: string
  /** The server's time, ms. */
  now: number
  onLeave: () => void
  onHide: () => void
}

const TABLE_SEATS = 6
const TABLE_RADIUS_PX = 48

const sitterOf = (member: Member): Sitter => ({
  name: member.name,
  portrait: member.portrait,
  colour: colourOfSeat(member.seat),
})

/** Those inside; nobody there: those who were, so that the card is never faceless. */
function facesOf(card: RoomCard): Sitter[] {
  const inside = card.members.filter((member) => card.present.includes(member.seat))
  return (inside.length > 0 ? inside : card.members).map(sitterOf)
}

/** Me first, and not by the name that others call me. */
function namesOf(card: RoomCard, seats: readonly Seat[]): string {
  const others = card.members.filter(({ seat }) => seats.includes(seat) && seat !== card.mySeat)
  const me = seats.includes(card.mySeat) ? [t('rooms.you')] : []
  return formatNames([...me, ...others.map(({ name }) => name)])
}

/** A room in a vote: the table with its people around it, and whom it waits for. */
function VotingCard(props: CardProps & { state: Extract<RoomCard['state'], { kind: 'voting' }> }) {
  const leftMs = () => Math.max(0, props.state.deadlineAt - props.now)
  const share = () => leftMs() / Math.max(1, props.state.deadlineAt - props.state.openedAt)
  const faces = createMemo(() => facesOf(props.card).slice(0, TABLE_SEATS))
  const total = () => props.state.ticked.length + props.state.waiting.length
  const at = (i: number) => (i / Math.max(1, faces().length)) * 2 * Math.PI - Math.PI / 2
  return (
    <a class="card-now" href={`/r/${formatRoomCode(props.card.code)}`}>
      <span class="card-table" aria-hidden="true">
        <Dish name={null} size={76} flat />
        <For each={faces()}>
          {(sitter, i) => (
            <Portrait
              of={sitter}
              size={28}
              rim
              style={{
                '--x': `${TABLE_RADIUS_PX * Math.cos(at(i()))}px`,
                '--y': `${TABLE_RADIUS_PX * Math.sin(at(i()))}px`,
              }}
            />
          )}
        </For>
      </span>
      <span class="card-words">
        <span class="kick tn">
          <Ring share={share()} size={16} stroke={2.5} />
          {t('home.voting', { time: formatDuration(Math.ceil(leftMs() / 1000)) })}
        </span>
        <b>{props.title}</b>
        <small>{t('home.chosenOf', { total: total(), done: props.state.ticked.length })}</small>
        <Show when={props.state.waiting.length > 0 && props.state.waiting.length <= 3}>
          <small>{t('rooms.waitingFor', { name: namesOf(props.card, props.state.waiting) })}</small>
        </Show>
      </span>
    </a>
  )
}

/** What became of it, and who is there; nobody there: when somebody last was. */
function StateWords(props: { card: RoomCard; now: number }) {
  const state = () => props.card.state
  const decided = () => {
    const known = state()
    return known.kind === 'decided' && known
  }
  const candidates = (): number => {
    const known = state()
    return known.kind === 'choosing' ? known.candidates : 0
  }
  return (
    <small class="card-state">
      <Show when={props.card.closed}>
        <span>
          <b>{t('home.closed')}</b>
        </span>{' '}
      </Show>
      <span>
        <Switch fallback={t('home.noPlaces')}>
          <Match when={decided()}>
            {(place) =>
              tRich('home.decided', {
                place: { text: place().name, node: <em>{place().name}</em> },
              })
            }
          </Match>
          <Match when={candidates() > 0}>{t('rooms.candidatesN', { count: candidates() })}</Match>
        </Switch>
      </span>{' '}
      <span class="whitespace-nowrap">
        {props.card.present.length > 0
          ? t('home.inside', { count: props.card.present.length })
          : formatAgo(props.card.lastActivityAt, props.now)}
      </span>
    </small>
  )
}

/** A room at rest: what was decided, or that it waits. */
function RestingCard(props: CardProps) {
  const dish = () => {
    const state = props.card.state
    return state.kind === 'decided'
      ? dishOf({ category: state.category, name: state.name, menu: null })
      : null
  }
  return (
    <a class="card-row" href={`/r/${formatRoomCode(props.card.code)}`}>
      <Show
        when={dish()}
        fallback={
          <span class="card-empty" aria-hidden="true">
            <Show when={props.card.closed} fallback={<Plus size={18} />}>
              <DoorClosed size={18} />
            </Show>
          </span>
        }
      >
        {(name) => <Dish name={name()} size={44} flat />}
      </Show>
      <span class="card-words">
        <b>{props.title}</b>
        <StateWords card={props.card} now={props.now} />
      </span>
      <PortraitStack of={facesOf(props.card)} size={28} most={3} />
    </a>
  )
}

/** One of my rooms, with its menu. */
export function RoomCardItem(props: CardProps) {
  const voting = () => (props.card.state.kind === 'voting' ? props.card.state : null)
  return (
    <li data-voting={voting() ? '' : undefined}>
      <Show when={voting()} fallback={<RestingCard {...props} />}>
        {(state) => (
          <div class="min-w-0 flex-1">
            <VotingCard {...props} state={state()} />
          </div>
        )}
      </Show>
      <Menu
        label={t('home.menuOf', { name: props.title })}
        trigger={<Ellipsis size={20} />}
        items={[
          { label: t('home.hideRoom'), icon: <EyeOff size={18} />, onSelect: () => props.onHide() },
          {
            label: t('home.leaveRoom'),
            icon: <LogOut size={18} />,
            onSelect: () => props.onLeave(),
            danger: true,
          },
        ]}
      />
    </li>
  )
}
