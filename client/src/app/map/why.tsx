import { createSignal, Show } from 'solid-js'
import { t } from '../../lib/i18n/i18n.ts'
import { retryTiles } from '../../lib/leafletTiles.ts'
import { Button } from '../../ui/button.tsx'
import { Map as MapIcon, MapPin, Unplug, WifiOff } from '../../ui/icons.ts'
import { Notice } from '../../ui/states.tsx'
import { IslandCard } from '../home/islandCard.tsx'
import { isEmpty, useExplore } from './explore.ts'
import { showNearest } from './nearest.ts'

/** Why the map or its list shows less than it could, in one line each, and what to do meanwhile. */
export function Why() {
  const explore = useExplore()
  const { browse } = explore
  const again = (): void => {
    browse.again()
    const shown = explore.handle()
    if (explore.plain() && shown) retryTiles(shown.map)
  }
  const retry = () => (
    <Button look="txt" size={36} onClick={again}>
      {t('common.retry')}
    </Button>
  )
  return (
    <Show
      when={browse.stale()}
      fallback={
        <Show when={isEmpty(explore)} fallback={<Plain onRetry={again} />}>
          <div class="explore-none">
            <Notice
              tone="calm"
              icon={explore.plain() ? <WifiOff size={20} /> : <MapIcon size={20} />}
              title={t(explore.plain() ? 'explore.unreachable' : 'explore.unknownHere')}
              text={t(explore.plain() ? 'explore.unreachableText' : 'explore.unknownHereText')}
              action={<Show when={explore.plain()}>{retry()}</Show>}
            />
            <Nearest />
            <IslandCard />
          </div>
        </Show>
      }
    >
      <div class="explore-none">
        <Notice
          tone="calm"
          icon={browse.phase() === 'failed' ? <Unplug size={20} /> : <WifiOff size={20} />}
          title={t(browse.phase() === 'failed' ? 'explore.failed' : 'explore.away')}
          text={t(browse.phase() === 'failed' ? 'explore.failedKept' : 'explore.awayKept')}
          action={retry()}
        />
      </div>
    </Show>
  )
}

function Nearest() {
  const explore = useExplore()
  const [busy, setBusy] = createSignal(false)
  const go = async (): Promise<void> => {
    setBusy(true)
    await showNearest(explore)
    setBusy(false)
  }
  return (
    <Button busy={busy()} icon={<MapPin size={18} />} onClick={() => void go()}>
      {t('explore.goNearest')}
    </Button>
  )
}

/** Places on bare paper: no fault of theirs. */
function Plain(props: { onRetry: () => void }) {
  const explore = useExplore()
  return (
    <Show when={explore.plain()}>
      <p class="explore-plain" role="status">
        <MapIcon size={16} />
        <span>{t('explore.plain')}</span>
        <Button look="txt" size={36} onClick={() => props.onRetry()}>
          {t('common.retry')}
        </Button>
      </p>
    </Show>
  )
}
