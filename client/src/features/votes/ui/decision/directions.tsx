import { createSignal, For, Show } from 'solid-js'
import { t } from '#client/lib/i18n/i18n.ts'
import { keep, readKept } from '#client/lib/storage.ts'
import { Button, ButtonLink } from '#client/ui/button.tsx'
import { Check, ExternalLink, Map as MapIcon, Navigation } from '#client/ui/icons.ts'
import { Modal } from '#client/ui/modal.tsx'
import { wayAddress, wayMaps } from './directions.ts'
import type { Destination, WayMap } from './directions.ts'

const KEY = 'bapmap.wayMap'
const isWayMap = (value: unknown): value is WayMap => wayMaps.some((map) => map === value)

const NAMES = {
  kakao: 'decision.mapKakao',
  naver: 'decision.mapNaver',
  google: 'decision.mapGoogle',
  osm: 'decision.mapOsm',
} as const

/** The way there, in the map that this device used last; the first time, and on request, all maps are offered. */
export function Directions(props: { to: Destination }) {
  const [last, setLast] = createSignal(readKept(KEY, isWayMap))
  const [asking, setAsking] = createSignal(false)
  /** The first choice replaces the button that opened the sheet: the focus goes to the way that it became. */
  let way: HTMLElement | undefined
  const choose = (map: WayMap): void => {
    keep(KEY, map)
    setLast(map)
    setAsking(false)
  }
  return (
    <>
      <Show
        when={last()}
        fallback={
          <Button
            look="pri"
            size={56}
            grow
            icon={<Navigation size={20} />}
            aria-haspopup="dialog"
            onClick={() => setAsking(true)}
          >
            {t('decision.directions')}
          </Button>
        }
      >
        {(map) => (
          <>
            <ButtonLink
              ref={(element) => (way = element)}
              look="pri"
              size={56}
              grow
              icon={<Navigation size={20} />}
              href={wayAddress(map(), props.to)}
              target="_blank"
              rel="noopener noreferrer external"
              aria-label={t('decision.directionsTo', { map: t(NAMES[map()]) })}
            >
              {t('decision.directions')} <span class="dec-via">{t(NAMES[map()])}</span>
            </ButtonLink>
            <Button
              class="dec-other"
              size={56}
              aria-label={t('decision.directionsOther')}
              aria-haspopup="dialog"
              onClick={() => setAsking(true)}
            >
              <MapIcon size={22} />
            </Button>
          </>
        )}
      </Show>
      <WaySheet
        open={asking()}
        last={last()}
        to={props.to}
        backTo={() => way}
        onClose={() => setAsking(false)}
        onChoose={choose}
      />
    </>
  )
}

interface SheetProps {
  open: boolean
  last: WayMap | null
  to: Destination
  backTo: () => HTMLElement | undefined
  onClose: () => void
  onChoose: (map: WayMap) => void
}

function WaySheet(props: SheetProps) {
  return (
    <Modal
      open={props.open}
      onClose={() => props.onClose()}
      backTo={props.backTo}
      title={t('decision.directionsAsk')}
    >
      <ul class="dec-ways">
        <For each={wayMaps}>
          {(map) => (
            <li>
              <a
                href={wayAddress(map, props.to)}
                target="_blank"
                rel="noopener noreferrer external"
                onClick={() => props.onChoose(map)}
              >
                <b>{t(NAMES[map])}</b>{' '}
                <Show when={props.last === map} fallback={<ExternalLink size={18} />}>
                  <small>{t('decision.directionsLast')}</small>
                  <Check size={20} />
                </Show>
              </a>
            </li>
          )}
        </For>
      </ul>
      <p class="px-1 pt-2 text-13 text-ink-2">{t('decision.directionsHint')}</p>
    </Modal>
  )
}
