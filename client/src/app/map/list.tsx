import { A } from '@solidjs/router'
import { createEffect, For, on, Show } from 'solid-js'
import { dishOf } from '#shared/dishes.ts'
import type { Place } from '#shared/places.ts'
import { PlaceFacts, PlaceLine, PlaceWhere, signOf } from '../../features/places/index.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Plus } from '../../ui/icons.ts'
import { createPatience, SkeletonRows } from '../../ui/states.tsx'
import { isFiltered, useExplore } from './explore.ts'
import { Why } from './why.tsx'

/** How many there are here. */
export function ListHead() {
  const explore = useExplore()
  const { browse } = explore
  const words = (): string => {
    if (browse.phase() !== 'shown') return ''
    const count = browse.total()
    if (count > 0) return t('explore.here', { count })
    if (browse.stale()) return ''
    return isFiltered(explore) ? t('explore.noneMatch') : t('explore.hereNone')
  }
  return (
    <div class="explore-head">
      <h1>{words() || t('explore.title')}</h1>
      <span class="sr" role="status">
        {words()}
      </span>
      <Show when={browse.total() > 1}>
        <small>{t(explore.openFirst() ? 'explore.openFirst' : 'explore.nearest')}</small>
      </Show>
    </div>
  )
}

/** The same places as on the map, the nearest first. Who points at a row sees it there, and the other way round. */
export function TwinList() {
  const explore = useExplore()
  const { browse } = explore
  const waits = createPatience(() => browse.phase() === 'waiting')
  const many = (): boolean => browse.more() || browse.total() > explore.listed().length
  let list: HTMLUListElement | undefined
  createEffect(
    on(explore.pointed, (id) => {
      const row = id && list?.querySelector(`[data-id="${id}"]`)
      // Below its highest stop a sheet's list stands at its top.
      if (row && explore.layout.panelled() && !list?.matches(':hover'))
        row.scrollIntoView({ block: 'nearest' })
    }),
  )
  return (
    <>
      <Show when={waits()}>
        <SkeletonRows rows={4} label={t('common.loading')} />
      </Show>
      <Why />
      <ul class="twin" ref={(element) => (list = element)}>
        <For each={explore.listed()}>{(place) => <Row place={place} />}</For>
      </ul>
      <div class="explore-foot">
        <Show when={many() && explore.listed().length > 0}>
          <p>{t('explore.tooMany', { count: explore.listed().length })}</p>
        </Show>
        <Show when={isFiltered(explore)}>
          <Button
            look="txt"
            onClick={() => browse.setFilters({ category: null, openNow: false, cheap: false })}
          >
            {t('explore.clearFilters')}
          </Button>
        </Show>
        <Button icon={<Plus size={18} />} onClick={() => explore.setAdding({ name: '', at: null })}>
          {t('explore.add')}
        </Button>
      </div>
    </>
  )
}

export function Row(props: { place: Place }) {
  const explore = useExplore()
  const pointed = (): boolean => explore.pointed() === props.place.id
  return (
    <li>
      <A
        href={`/place/${props.place.id}`}
        state={explore.wayTo(props.place)}
        data-id={props.place.id}
        data-pointed={pointed() ? '' : undefined}
        onMouseEnter={() => explore.point(props.place.id)}
        onMouseLeave={() => explore.point(null)}
        onFocus={() => explore.point(props.place.id)}
        onBlur={() => explore.point(null)}
      >
        <PlaceLine
          dish={dishOf(props.place)}
          size={56}
          name={signOf(props.place)}
          number={null}
          act={null}
        >
          <PlaceFacts
            place={props.place}
            distanceM={null}
            now={explore.now()}
            zone={explore.zone()}
            tellHours={explore.browse.filters().openNow}
          />
          <PlaceWhere place={props.place} distanceM={explore.distanceOf(props.place)} />
        </PlaceLine>
      </A>
    </li>
  )
}
