import { For, Show } from 'solid-js'
import { CHEAP_MOST } from '#shared/places.ts'
import type { Category, SearchFilters } from '#shared/places.ts'
import { t } from '../../../lib/i18n/i18n.ts'
import { formatPrice } from '../../../lib/i18n/format.ts'
import { Chip } from '../../../ui/field.tsx'
import { Check } from '../../../ui/icons.ts'

const WALK_MINUTES = 10
/** Straight line of ten minutes' walk (walkMinutes in shared/src/geo.measure.ts). */
const WALK_M = 515
/** What groups most often agree to look for; the rest is typed. */
const kinds = [
  'korean',
  'noodles',
  'bbq',
  'chicken',
  'chinese',
  'japanese',
  'pizza',
  'burger',
  'cafe',
  'pub',
] as const satisfies readonly Category[]

interface FilterChip {
  label: string
  on: boolean
  next: SearchFilters
}

/** Chips that narrow a search down, in one line that scrolls sideways. */
export function PlaceFilters(props: {
  filters: SearchFilters
  onChange: (filters: SearchFilters) => void
}) {
  const chips = (): FilterChip[] => {
    const { openNow, priceTo, withinM, diet, categories = [] } = props.filters
    const change = (part: SearchFilters): SearchFilters => ({ ...props.filters, ...part })
    const off = undefined
    return [
      {
        label: t('places.filterOpen'),
        on: openNow === true,
        next: change({ openNow: openNow ? off : true }),
      },
      {
        label: t('places.filterPrice', { price: formatPrice(CHEAP_MOST) }),
        on: priceTo !== off,
        next: change({ priceTo: priceTo === off ? CHEAP_MOST : off }),
      },
      {
        label: t('places.filterWalk', { minutes: WALK_MINUTES }),
        on: withinM !== off,
        next: change({ withinM: withinM === off ? WALK_M : off }),
      },
      ...kinds.map((kind) => {
        const on = categories.includes(kind)
        const left = on ? categories.filter((each) => each !== kind) : [...categories, kind]
        return {
          label: t(`categories.${kind}`),
          on,
          next: change({ categories: left.length === 0 ? off : left }),
        }
      }),
      {
        label: t('places.filterVegetarian'),
        on: diet !== off,
        next: change({ diet: diet === off ? ['vegetarian'] : off }),
      },
    ]
  }
  return (
    <div class="place-filters" role="group" aria-label={t('places.filters')}>
      <For each={chips().map(({ label }) => label)}>
        {(label, index) => (
          <Chip
            look="well"
            pressed={chips()[index()]?.on ?? false}
            onClick={() => {
              const chip = chips()[index()]
              if (chip) props.onChange(chip.next)
            }}
          >
            <Show when={chips()[index()]?.on}>
              <Check size={14} />
            </Show>
            {label}
          </Chip>
        )}
      </For>
    </div>
  )
}

/** Whether anything is left out. */
export const isFiltered = (filters: SearchFilters): boolean =>
  Object.values(filters).some((value) => value !== undefined)
