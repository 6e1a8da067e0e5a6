import { useLocation } from '@solidjs/router'
import { createMemo, For, Show } from 'solid-js'
import type { PlaceDetails } from '#shared/places.details.ts'
import { openingAt } from '#shared/places.week.ts'
import { copyText } from '../../features/rooms/index.ts'
import { createServerClock } from '../../lib/clock.ts'
import { formatDistance, formatWeekday } from '../../lib/i18n/format.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { ExternalLink, Navigation, Phone, Share2 } from '../../ui/icons.ts'
import { Menu } from '../../ui/menu.tsx'
import type { PlaceWay } from '../map/explore.ts'
import { directionsOf } from '../room/directions.ts'
import type { PlaceProps } from './screen.tsx'
import { addressOf, namesOf } from '../../features/places/index.ts'

const CLOCK_MS = 30_000

/** Name in both scripts, opening state first, then kind and address; the three quick acts. */
export function Head(props: PlaceProps) {
  const other = () => namesOf(props.place)[1]
  const here = useLocation<Partial<PlaceWay>>()
  /** Only who came from the map has a distance: a link that was sent has none. */
  const where = (): string[] => {
    const { far, fromMe } = here.state ?? {}
    const address = addressOf(props.place)
    const way = { distance: formatDistance(far ?? 0) }
    return [
      ...(address === null ? [] : [address]),
      ...(far === undefined ? [] : [t(fromMe ? 'place.fromMe' : 'place.fromMap', way)]),
    ]
  }
  return (
    <>
      <div class="placep-h">
        <h1>{namesOf(props.place)[0]}</h1>
        <Show when={other()}>{(name) => <p class="placep-other">{name()}</p>}</Show>
        <Facts place={props.place} />
        <Show when={where().length > 0}>
          <FactLine facts={where()} />
        </Show>
      </div>
      <Quick place={props.place} />
    </>
  )
}

function Facts(props: PlaceProps) {
  const now = createServerClock(CLOCK_MS)
  const opening = createMemo(() => openingAt(props.place.hours, now(), props.place.zone))
  const kind = () => (props.place.category === 'other' ? null : props.place.category)
  return (
    <Show when={opening() ?? kind()}>
      <p class="placep-facts">
        <Show when={opening()}>
          {(state) => (
            <>
              <span data-tone={state().open ? 'open' : 'shut'}>
                {state().open ? t('place.open') : t('place.closed')}
              </span>
              <Show when={whenOf(state())}>{(when) => <span class="tn">{when()}</span>}</Show>
            </>
          )}
        </Show>
        <Show when={kind()}>{(known) => <span>{t(`categories.${known()}`)}</span>}</Show>
      </p>
    </Show>
  )
}

/** When that changes, in words; null: never. */
function whenOf({
  open,
  changes,
  today,
}: NonNullable<ReturnType<typeof openingAt>>): string | null {
  if (open) return changes ? t('place.closesAt', { time: changes.time }) : t('place.always')
  if (!changes) return null
  const { time, day } = changes
  if (day === today) return t('place.opensAt', { time })
  const word = day === (today + 1) % 7 ? t('place.tomorrow') : formatWeekday(day)
  return t('place.opensOn', { day: word, time })
}

function Quick(props: PlaceProps) {
  return (
    <div class="placep-quick">
      <Menu
        label={t('place.directions')}
        triggerClass="btn"
        placement="bottom-start"
        trigger={
          <>
            <Navigation size={18} />
            <span>{t('place.directions')}</span>
          </>
        }
        items={directionsOf({ ...props.place, name: props.place.name }).map(({ label, url }) => ({
          label,
          icon: <ExternalLink size={18} />,
          onSelect: () => void window.open(url, '_blank', 'noreferrer'),
        }))}
      />
      <Show when={dialOf(props.place.phone)}>
        {(number) => (
          <ButtonLink href={`tel:${number()}`} icon={<Phone size={18} />}>
            {t('place.call')}
          </ButtonLink>
        )}
      </Show>
      <Button icon={<Share2 size={18} />} onClick={() => void send(props.place)}>
        {t('place.send')}
      </Button>
    </div>
  )
}

/** What a phone can dial of the first number in a text; null: nothing. */
export function dialOf(phone: string | null): string | null {
  const number = (phone ?? '').split(/[;,/]/u)[0]?.replace(/[^\d+*#]/gu, '') ?? ''
  return number.length >= 3 ? number : null
}

/** The device's own sheet knows the messengers; without one the address is copied. */
async function send(place: PlaceDetails): Promise<void> {
  const url = `${location.origin}/place/${place.id}`
  const copy = (): Promise<void> => copyText(url, t('rooms.linkCopied'))
  if (typeof navigator.share !== 'function') return copy()
  try {
    await navigator.share({ text: t('place.shareText', { place: place.name }), url })
  } catch (error) {
    // Closed without choosing anybody: nothing happened.
    if (!(error instanceof DOMException && error.name === 'AbortError')) await copy()
  }
}

/** Facts in a row, each but the first after a dot. */
export function FactLine(props: { facts: readonly string[] }) {
  return (
    <p class="placep-facts">
      <For each={props.facts}>{(fact) => <span>{fact}</span>}</For>
    </p>
  )
}
