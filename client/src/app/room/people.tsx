import { createMemo, For } from 'solid-js'
import type { Seat } from '#shared/rooms.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { PersonButton } from '../../ui/portrait.tsx'
import type { PersonMark } from '../../ui/portrait.tsx'
import { useScene } from './scene.ts'

/** Who is here, me first, then who speaks; who is not here now comes last, dimmed. */
export function PeopleStrip(props: { named: boolean; onOpen: (seat: Seat) => void }) {
  const scene = useScene()
  const ticked = createMemo(() => new Set(scene.votes.round()?.ticked ?? []))
  const voting = (): boolean => scene.votes.round()?.state === 'open'
  const order = createMemo(
    () => {
      const here = new Set(scene.present())
      const left = new Set(scene.state.view?.leftSeats ?? [])
      const all = Object.keys(scene.state.view?.members ?? {})
        .map(Number)
        .filter((seat) => !left.has(seat))
      const rank = (seat: Seat): number =>
        seat === scene.me().seat
          ? 0
          : scene.presence.people[seat]?.speaking
            ? 1
            : here.has(seat)
              ? 2
              : 3
      return all.sort((a, b) => rank(a) - rank(b) || a - b)
    },
    [],
    { equals: (a, b) => a.length === b.length && a.every((seat, i) => seat === b[i]) },
  )
  /** Neither present nor done: whom the header doesn't count. */
  const away = (seat: Seat): boolean =>
    !(voting() ? scene.counted() : scene.present()).includes(seat)
  const mark = (seat: Seat): PersonMark => {
    if (voting()) return ticked().has(seat) ? 'chosen' : 'choosing'
    const live = scene.presence.people[seat]
    return live?.inVoice && live.muted ? 'muted' : null
  }
  const shownName = (seat: Seat): string =>
    seat === scene.me().seat ? t('common.you') : scene.person(seat).name
  return (
    <ul
      class="room-people noscroll"
      data-named={props.named ? '' : undefined}
      aria-label={t('rooms.people')}
      // A mouse has one wheel, and it turns up and down.
      on:wheel={(event: WheelEvent & { currentTarget: HTMLElement }) => {
        if (event.deltaX === 0) event.currentTarget.scrollLeft += event.deltaY
      }}
    >
      <For each={order()}>
        {(seat) => (
          <li data-seat={seat} data-simulated={scene.person(seat).simulated ? '' : undefined}>
            <PersonButton
              of={{ ...scene.person(seat), name: shownName(seat) }}
              mark={mark(seat)}
              speaking={scene.presence.people[seat]?.speaking}
              away={away(seat)}
              named={props.named}
              onClick={() => props.onOpen(seat)}
              aria-haspopup="dialog"
            />
          </li>
        )}
      </For>
    </ul>
  )
}
