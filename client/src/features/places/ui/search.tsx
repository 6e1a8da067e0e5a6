import './places.css'
import {
  createEffect,
  createMemo,
  createSignal,
  createUniqueId,
  For,
  on,
  onCleanup,
  Show,
} from 'solid-js'
import type { JSX } from 'solid-js'
import type { LatLng } from '#shared/geo.ts'
import type { PlaceHit } from '#shared/places.ts'
import { t } from '../../../lib/i18n/i18n.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/field.tsx'
import { MapPin, Maximize, Search, X } from '../../../ui/icons.ts'
import { createPatience, SkeletonRows } from '../../../ui/states.tsx'
import { joinPlaces, searchPlaces } from '../api.ts'
import { createPlaceSearch } from '../state.search.ts'
import type { PlaceSearchDeps } from '../state.search.ts'
import { isFiltered, PlaceFilters } from './filters.tsx'
import { Hit } from './hit.tsx'

export interface SearchPlacesProps {
  /** Where to look first: the middle of the free part of the map. */
  near: () => LatLng | undefined
  /** Number of the candidate that this place already is. */
  numberOf: (placeId: string) => number | null
  now: number
  zone: string
  /** Without it results are only to be looked at: Enter shows one. */
  onPut?: ((hit: PlaceHit) => void) | undefined
  /** What the field is called. */
  label?: string | undefined
  /** Shows a result on the map without putting it forward. */
  onShow?: (hit: PlaceHit) => void
  /** The result that is looked at now, by pointer or arrows; null: none. */
  onPoint?: (hit: PlaceHit | null) => void
  /** The way on when nothing fits. */
  onDropPin: () => void
  /** Gets what is typed or pasted first; true: it is no search (a text shared out of a map app). */
  onText?: (text: string) => boolean
  /** A text to look for that was not typed here: the name that a shared text gave, or what was looked for before. */
  ask?: string | undefined
  /** Said between field and results. */
  note?: JSX.Element
  /** What the way on is called here. */
  pinLabel?: string | undefined
  autofocus?: boolean
  /** In a panel among other things: the pin is a button beside the field, and many results scroll by themselves. */
  inline?: boolean
  search?: PlaceSearchDeps['search']
  join?: PlaceSearchDeps['join']
}

/** Search field with results below (combobox): arrows walk, Enter puts forward, never in a composition; a tap on the row shows it. */
export function SearchPlaces(props: SearchPlacesProps) {
  const id = createUniqueId()
  const search = createPlaceSearch({
    search: (...args) => (props.search ?? searchPlaces)(...args),
    join: (...args) => (props.join ?? joinPlaces)(...args),
    near: () => props.near(),
  })
  const hits = createMemo(() => search.result()?.hits ?? [])
  const [active, setActive] = createSignal(-1)
  const [over, setOver] = createSignal<PlaceHit | null>(null)
  createEffect(
    on(hits, (now, before = []) => {
      // What joined below leaves the walk where it is.
      if (before.length > 0 && before.every((hit, index) => hit === now[index])) return
      setActive(-1)
      setOver(null)
    }),
  )
  createEffect(() => props.onPoint?.(over() ?? hits()[active()] ?? null))
  onCleanup(() => props.onPoint?.(null))
  const waits = createPatience(() => search.phase() === 'searching' && search.result() === null)
  const put = (hit: PlaceHit | undefined): void => {
    if (!hit || props.numberOf(hit.id) !== null) return
    if (props.onPut) props.onPut(hit)
    else props.onShow?.(hit)
  }
  const walk = (step: number): void => {
    const count = hits().length
    if (count === 0) return
    setActive((now) => (now < 0 && step < 0 ? count - 1 : (now + step + count) % count))
    document.getElementById(`${id}-${active()}`)?.scrollIntoView({ block: 'nearest' })
  }
  const keys = (event: KeyboardEvent): void => {
    if (event.isComposing || event.keyCode === 229) return
    if (event.key === 'ArrowDown') walk(1)
    else if (event.key === 'ArrowUp') walk(-1)
    else if (event.key === 'Enter') put(hits()[active()])
    else if (event.key === 'Escape' && search.text() !== '') {
      event.stopPropagation()
      type('', false)
    } else return
    event.preventDefault()
  }
  const type = (text: string, composing: boolean): void => {
    if (!held(text)) search.type(text, composing)
  }
  /** What is no search stands there, and the results of what was looked for before are gone. */
  const held = (text: string): boolean => {
    const taken = props.onText?.(text) ?? false
    if (taken) search.hold(text.replace(/\s+/gu, ' '))
    return taken
  }
  createEffect(
    on(
      () => props.ask,
      (text, before) => {
        if (text ?? before) search.type(text ?? '', false)
      },
    ),
  )
  const filtered = (): boolean => isFiltered(search.filters())
  /** How many match without the filters, when those leave nothing. */
  const leftOut = (): number => (hits().length === 0 ? (search.result()?.filteredOut ?? 0) : 0)
  const noneLeft = (): boolean => search.phase() === 'found' && hits().length === 0 && filtered()
  const restsFor = (): number => Math.max(1, Math.ceil((search.goesOnAt() - props.now) / 1_000))
  const fromNetwork = (): string | undefined => {
    if (search.phase() !== 'found') return undefined
    switch (search.online()) {
      case 'coming':
        return t('places.onlineComing')
      case 'late':
        return t('places.onlineLate')
      case 'unreachable':
        return t('places.onlineUnreachable')
      default:
        return undefined
    }
  }
  let composing = false
  const words = (): string => {
    if (search.phase() === 'failed') return t('places.searchFailed')
    if (search.phase() === 'resting') return t('places.searchRests')
    const count = hits().length
    if (search.phase() === 'found' && leftOut() > 0) return t('places.noneLeft')
    if (count > 0 && search.result()?.more) return t('places.resultsMore', { count })
    if (count > 0) return t('places.resultsCount', { count })
    if (search.phase() !== 'found') return ''
    return search.result()?.known ? t('places.noneFound') : t('places.noneKnown')
  }
  return (
    <div class="place-search" data-inline={props.inline ? '' : undefined}>
      <div class="flex items-center gap-2">
        <TextField
          class="min-w-0 flex-1"
          type="search"
          enterkeyhint="search"
          label={props.label ?? t('places.add')}
          placeholder={t('places.searchPlaceholder')}
          value={search.text()}
          autofocus={props.autofocus}
          before={<Search size={20} class="flex-none" />}
          after={
            <Show when={search.text() !== ''}>
              <IconButton label={t('common.searchClear')} onClick={() => type('', false)}>
                <X size={18} />
              </IconButton>
            </Show>
          }
          role="combobox"
          aria-expanded={hits().length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={active() < 0 ? undefined : `${id}-${active()}`}
          onCompositionStart={() => (composing = true)}
          onCompositionEnd={(event) => {
            composing = false
            type(event.currentTarget.value, false)
          }}
          onInput={(text) => type(text, composing)}
          onPaste={(event) => {
            // A field of one line folds pasted lines into one: they are read before.
            if (held(event.clipboardData?.getData('text') ?? '')) event.preventDefault()
          }}
          onKeyDown={keys}
        />
        <Show when={props.inline}>
          <IconButton
            look="well"
            label={props.pinLabel ?? t('places.dropPin')}
            onClick={() => props.onDropPin()}
          >
            <MapPin size={20} />
          </IconButton>
        </Show>
      </div>
      <Show when={!props.inline || search.text() !== '' || filtered()}>
        <PlaceFilters filters={search.filters()} onChange={(filters) => search.filter(filters)} />
      </Show>
      {props.note}
      <Show when={waits()}>
        <SkeletonRows rows={3} label={t('places.searching')} />
      </Show>
      <div class="place-said">
        <p role="status">{words()}</p>
        <Show when={search.phase() === 'resting'}>
          <span class="tn" aria-hidden="true">
            {t('places.restsFor', { seconds: restsFor() })}
          </span>
        </Show>
        <Show when={hits().some(({ distanceM }) => distanceM !== null)}>
          <small>{t('places.fromMiddle')}</small>
        </Show>
        <Show when={props.inline && search.phase() === 'found' && hits().length === 0}>
          <Button look="txt" size={36} onClick={() => props.onDropPin()}>
            {props.pinLabel ?? t('places.dropPin')}
          </Button>
        </Show>
      </div>
      <Show when={noneLeft()}>
        <div class="place-ways">
          <Show when={search.filters().withinM !== undefined}>
            <Button
              icon={<Maximize size={18} />}
              onClick={() => search.filter({ ...search.filters(), withinM: undefined })}
            >
              {t('places.wider')}
            </Button>
          </Show>
          <Button icon={<X size={18} />} onClick={() => search.filter({})}>
            {leftOut() > 0
              ? t('places.filtersClearCount', { count: leftOut() })
              : t('places.filtersClear')}
          </Button>
        </div>
      </Show>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={t('places.results')}
        aria-busy={search.phase() === 'searching'}
        class="place-hits"
        hidden={hits().length === 0}
      >
        <For each={hits()}>
          {(hit, index) => (
            <Hit
              id={`${id}-${index()}`}
              hit={hit}
              active={index() === active()}
              query={search.asked()}
              tellHours={search.filters().openNow === true}
              number={props.numberOf(hit.id)}
              now={props.now}
              zone={props.zone}
              onPut={props.onPut && (() => put(hit))}
              onShow={() => (props.onShow ? props.onShow(hit) : put(hit))}
              onPoint={(on) => setOver(on ? hit : null)}
            />
          )}
        </For>
      </div>
      <Show when={fromNetwork()}>{(said) => <p class="place-online">{said()}</p>}</Show>
      <Show when={search.phase() === 'failed'}>
        <Button onClick={() => search.again()}>{t('common.retryLong')}</Button>
      </Show>
      <Show when={!props.inline}>
        <Button class="place-pin" icon={<MapPin size={18} />} onClick={() => props.onDropPin()}>
          {props.pinLabel ?? t('places.dropPin')}
        </Button>
      </Show>
    </div>
  )
}
