import { For } from 'solid-js'
import { CHEAP_MOST } from '#shared/places.ts'
import type { Category } from '#shared/places.ts'
import { formatPrice } from '../../lib/i18n/format.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { Chip } from '../../ui/field.tsx'
import { useExplore } from './explore.ts'

/** What people look for most; the search knows all others. */
const KINDS = [
  'korean',
  'noodles',
  'chicken',
  'bbq',
  'chinese',
  'japanese',
  'italian',
  'pizza',
  'burger',
  'cafe',
  'bakery',
  'pub',
] as const satisfies readonly Category[]

/** Chips over the map: each can be combined with the two first, one kind at a time. */
export function Filters() {
  const explore = useExplore()
  const filters = () => explore.browse.filters()
  const change = (change: Partial<ReturnType<typeof filters>>): void =>
    explore.browse.setFilters({ ...filters(), ...change })
  return (
    <div
      class="explore-chips"
      role="group"
      aria-label={t('explore.filters')}
      style={{
        left: explore.layout.panelled() ? `${explore.layout.padding().left - 16}px` : undefined,
      }}
    >
      <Chip pressed={filters().openNow} onClick={() => change({ openNow: !filters().openNow })}>
        {t('places.filterOpen')}
      </Chip>
      <Chip pressed={filters().cheap} onClick={() => change({ cheap: !filters().cheap })}>
        {t('places.filterPrice', { price: formatPrice(CHEAP_MOST) })}
      </Chip>
      <For each={KINDS}>
        {(kind) => (
          <Chip
            pressed={filters().category === kind}
            onClick={() => change({ category: filters().category === kind ? null : kind })}
          >
            {t(`categories.${kind}`)}
          </Chip>
        )}
      </For>
    </div>
  )
}
