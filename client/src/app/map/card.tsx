import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import type { JSX } from 'solid-js'
import { dishOf } from '#shared/dishes.ts'
import { PlaceFacts, PlaceLine, PlaceWhere } from '../../features/places/index.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Plus, X } from '../../ui/icons.ts'
import { Modal } from '../../ui/modal.tsx'
import { createOpening } from '../openRoom.ts'
import { BESIDE_ZOOM_PX } from '../room/layout.ts'
import { measureStanding } from '../room/standing.ts'
import { FAN_MOST, useExplore } from './explore.ts'
import { Row } from './list.tsx'

/** The attribution and a gap: it is seen beside every card. */
const CARD_GAP_PX = 28

/** What was picked on the map: a place, a spot, or many places on one. */
export function Cards() {
  const explore = useExplore()
  const { busy, open } = createOpening()
  const crowd = () => {
    const many = explore.gathered()
    return many && many.places.length > FAN_MOST ? many : null
  }
  return (
    <>
      <Show when={explore.picked()}>
        {(place) => (
          <Card
            label={t('places.picked')}
            onClose={() => explore.pick(null)}
            acts={
              <>
                <A
                  class="btn"
                  data-look="sec"
                  data-size="44"
                  href={`/place/${place().id}`}
                  state={explore.wayTo(place())}
                >
                  <span>{t('explore.details')}</span>
                </A>
                <Button
                  look="pri"
                  grow
                  busy={busy()}
                  icon={<Plus size={18} />}
                  onClick={() => void open({ kind: 'place', placeId: place().id })}
                >
                  {t('place.openHere')}
                </Button>
              </>
            }
          >
            <PlaceLine
              dish={dishOf(place())}
              size={56}
              name={place().name}
              number={null}
              act={null}
            >
              <PlaceFacts
                place={place()}
                distanceM={null}
                now={explore.now()}
                zone={explore.zone()}
                tellHours={explore.browse.filters().openNow}
              />
              <PlaceWhere place={place()} distanceM={explore.distanceOf(place())} />
            </PlaceLine>
          </Card>
        )}
      </Show>
      <Show when={explore.spot()}>
        {(at) => (
          <Card
            label={t('places.spot')}
            onClose={() => explore.press(null)}
            acts={
              <Button
                grow
                icon={<Plus size={18} />}
                onClick={() => explore.setAdding({ name: '', at: at() })}
              >
                {t('explore.add')}
              </Button>
            }
          >
            <PlaceLine dish="table" size={56} name={t('places.spot')} number={null} act={null}>
              <small class="place-facts">
                <span>{t('explore.addMissing')}</span>
              </small>
            </PlaceLine>
          </Card>
        )}
      </Show>
      <Modal
        open={crowd() !== null}
        onClose={() => explore.gather()}
        title={t('explore.sameSpot', { count: crowd()?.places.length ?? 0 })}
        width={480}
      >
        <ul class="twin -mx-3">
          <For each={crowd()?.places ?? []}>{(place) => <Row place={place} />}</For>
        </ul>
      </Modal>
    </>
  )
}

function Card(props: {
  label: string
  acts: JSX.Element
  children: JSX.Element
  onClose: () => void
}) {
  const { layout } = useExplore()
  return (
    <div
      class="room-card"
      style={{
        bottom: `${layout.padding().bottom + CARD_GAP_PX}px`,
        left: `${layout.padding().left}px`,
        right: `${layout.padding().right + (layout.zooms() ? BESIDE_ZOOM_PX : 0)}px`,
      }}
      ref={(element) => measureStanding(element, 'card', layout, CARD_GAP_PX)}
      on:keydown={(event: KeyboardEvent) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        props.onClose()
      }}
    >
      <article class="place-card explore-card" aria-label={props.label}>
        <div>
          {props.children}
          <IconButton label={t('common.close')} onClick={() => props.onClose()}>
            <X size={20} />
          </IconButton>
        </div>
        <div class="explore-card-acts">{props.acts}</div>
      </article>
    </div>
  )
}
