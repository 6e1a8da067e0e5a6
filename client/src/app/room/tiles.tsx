import { createEffect, createSignal, on, Show } from 'solid-js'
import { t } from '../../lib/i18n/i18n.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Map as MapIcon, X } from '../../ui/icons.ts'
import { Banner } from '../../ui/states.tsx'
import { BESIDE_ZOOM_PX } from './layout.ts'
import type { Layout } from './layout.ts'
import { measureStanding } from './standing.ts'

/** The attribution's height and a gap: the notice stands above it. */
const ABOVE_PX = 30
/** The attribution's own margin: both begin at the same line. */
const BESIDE_PX = 8

/** No tiles: what still works, one try more. Put away it comes back only when tiles came and failed anew. */
export function TilesBanner(props: { missing: boolean; layout: Layout; onRetry: () => void }) {
  const [shut, setShut] = createSignal(false)
  createEffect(
    on(
      () => props.missing,
      (missing) => missing || setShut(false),
    ),
  )
  const place = () => {
    const { left, right, bottom } = props.layout.padding()
    if (!props.layout.panelled())
      return { left: '12px', right: '12px', bottom: `${bottom + ABOVE_PX}px` }
    return {
      left: `${left + BESIDE_PX}px`,
      right: `${right + BESIDE_ZOOM_PX}px`,
      bottom: `${bottom + ABOVE_PX}px`,
    }
  }
  return (
    <Show when={props.missing && !shut()}>
      <div
        class="room-tiles"
        style={place()}
        ref={(element) => measureStanding(element, 'tiles', props.layout, ABOVE_PX)}
      >
        <Banner
          tone="calm"
          icon={<MapIcon size={20} />}
          title={t('map.tilesMissing')}
          text={t('map.tilesMissingHint')}
          action={
            <>
              <Button look="txt" onClick={() => props.onRetry()}>
                {t('common.retry')}
              </Button>
              <IconButton label={t('common.close')} onClick={() => setShut(true)}>
                <X size={18} />
              </IconButton>
            </>
          }
        />
      </div>
    </Show>
  )
}
