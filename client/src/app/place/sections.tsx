import { createMemo, For, Show } from 'solid-js'
import type { JSX } from 'solid-js'
import { originOf, PRICES_OLD_MS } from '#shared/places.details.ts'
import type { PlaceDetails } from '#shared/places.details.ts'
import type { Diet } from '#shared/places.ts'
import { parseHours } from '#shared/places.hours.ts'
import { openingAt, weekRows } from '#shared/places.week.ts'
import type { HoursRow } from '#shared/places.week.ts'
import { createServerClock, serverNow } from '../../lib/clock.ts'
import { formatDate, formatPrice, formatWeekday } from '../../lib/i18n/format.ts'
import { lang, t } from '../../lib/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Globe, Phone } from '../../ui/icons.ts'
import { dialOf, FactLine } from './head.tsx'
import type { PlaceProps } from './screen.tsx'

function Section(props: { title: string; act?: JSX.Element; children: JSX.Element }) {
  return (
    <section class="placep-sect">
      <div>
        <h2>{props.title}</h2>
        {props.act}
      </div>
      {props.children}
    </section>
  )
}

/** Dishes and what they cost, and of when that is. */
export function MenuBill(props: PlaceProps & { onTell: () => void }) {
  const said = (at: number): string => {
    const date = formatDate(at)
    return serverNow() - at > PRICES_OLD_MS
      ? t('place.pricesOld', { date })
      : t('place.pricesAt', { date })
  }
  const nameOf = ({ name, nameEn }: PlaceDetails['menus'][number]): string =>
    lang() === 'en' && nameEn ? nameEn : name
  const priced = () => props.place.menus.some(({ price }) => price !== null)
  return (
    <Show when={props.place.menus.length > 0}>
      <Section
        title={t('place.menu')}
        act={
          <Button look="txt" size={36} onClick={() => props.onTell()}>
            {t('place.fix')}
          </Button>
        }
      >
        <ul class="placep-bill">
          <For each={props.place.menus}>
            {(line) => (
              <li>
                <b>{nameOf(line)}</b>
                <i />
                <span class="tn" data-unknown={line.price === null ? '' : undefined}>
                  {line.price === null ? t('place.priceUnknown') : formatPrice(line.price)}
                </span>
              </li>
            )}
          </For>
        </ul>
        <Show when={priced() && props.place.pricesAt}>
          {(at) => <p class="placep-note tn">{said(at())}</p>}
        </Show>
      </Section>
    </Show>
  )
}

const CLOCK_MS = 60_000

/** The week, today in bold. What can't be read as hours is shown as it was written. */
export function Hours(props: PlaceProps & { onTell: () => void }) {
  const now = createServerClock(CLOCK_MS)
  const today = createMemo(() => openingAt(props.place.hours, now(), props.place.zone)?.today)
  const rows = createMemo(() => {
    const week = props.place.hours === null ? null : parseHours(props.place.hours)
    const day = today()
    return week && day !== undefined ? weekRows(week, day) : null
  })
  return (
    <Section title={t('place.hours')}>
      <Show
        when={rows()}
        fallback={
          <p class="placep-unknown">
            <span>{props.place.hours ?? t('place.hoursUnknown')}</span>
            <Button look="txt" size={36} onClick={() => props.onTell()}>
              {t('place.tellHours')}
            </Button>
          </p>
        }
      >
        {(all) => (
          <dl class="placep-hours">
            <For each={all()}>
              {(row) => (
                <>
                  <dt data-today={row.today ? '' : undefined}>
                    {daysOf(row)}
                    <Show when={row.today}>
                      <em>{t('place.today')}</em>
                    </Show>
                  </dt>
                  <dd
                    class="tn"
                    data-today={row.today ? '' : undefined}
                    data-off={row.spans.length === 0 ? '' : undefined}
                  >
                    {timesOf(row)}
                  </dd>
                </>
              )}
            </For>
          </dl>
        )}
      </Show>
    </Section>
  )
}

function daysOf({ from, to }: HoursRow): string {
  if (from === to) return formatWeekday(from)
  return t('place.days', { from: formatWeekday(from), to: formatWeekday(to) })
}

function timesOf({ spans }: HoursRow): string {
  if (spans.length === 0) return t('place.off')
  return spans.map((span) => (span ? span.join(' ~ ') : t('place.always'))).join(', ')
}

export function Contact(props: PlaceProps) {
  const known = () => props.place.phone !== null || props.place.website !== null
  const hostOf = (url: string): string => URL.parse(url)?.hostname.replace(/^www\./u, '') ?? url
  return (
    <Show when={known()}>
      <Section title={t('place.contact')}>
        <ul class="placep-contact">
          <Show when={props.place.phone}>
            {(phone) => (
              <li>
                <Phone size={18} />
                <Show when={dialOf(phone())} fallback={<span>{phone()}</span>}>
                  {(number) => (
                    <a href={`tel:${number()}`} aria-label={`${t('place.phone')} ${phone()}`}>
                      {phone()}
                    </a>
                  )}
                </Show>
              </li>
            )}
          </Show>
          <Show when={props.place.website}>
            {(url) => (
              <li>
                <Globe size={18} />
                <a
                  href={url()}
                  target="_blank"
                  rel="noopener noreferrer nofollow external"
                  aria-label={`${t('place.website')} ${hostOf(url())}`}
                >
                  {hostOf(url())}
                </a>
              </li>
            )}
          </Show>
        </ul>
      </Section>
    </Show>
  )
}

const DIETS = {
  vegetarian: 'place.vegetarian',
  vegan: 'place.vegan',
  halal: 'place.halal',
  kosher: 'place.kosher',
  gluten_free: 'place.gluten_free',
} as const satisfies Record<Diet, string>

export function DietLine(props: PlaceProps) {
  return (
    <Show when={props.place.diet.length > 0}>
      <Section title={t('place.diet')}>
        <FactLine facts={props.place.diet.map((diet) => t(DIETS[diet]))} />
      </Section>
    </Show>
  )
}

/** Whose word it is, and under which licence as far as that is known. */
export function Sources(props: PlaceProps) {
  return (
    <Section title={t('place.sources')}>
      <ul class="placep-sources">
        <For each={props.place.sources}>
          {({ source, readAt }) => (
            <li>
              <Origin source={source} />
              <span class="tn">{t('place.readAt', { date: formatDate(readAt) })}</span>
            </li>
          )}
        </For>
      </ul>
    </Section>
  )
}

function Origin(props: { source: string }) {
  const origin = () => originOf(props.source)
  const words = (): string => {
    if (origin() === 'people') return t('place.sourcePeople')
    if (origin() === 'kakao') return t('place.sourceKakao')
    return t('place.sourceFile', { name: props.source })
  }
  return (
    <Show when={origin() === 'osm'} fallback={<span>{words()}</span>}>
      <a
        href="https://www.openstreetmap.org/copyright"
        target="_blank"
        rel="noopener noreferrer external"
      >
        {t('place.sourceOsm')}
      </a>
    </Show>
  )
}
