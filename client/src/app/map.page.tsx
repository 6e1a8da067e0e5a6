import './room/room.css'
import './map/map.css'
import { createResource, Match, onMount, Switch } from 'solid-js'
import { readConfig } from '../lib/config.ts'
import { t } from '../lib/i18n/i18n.ts'
import { failureOf } from '../lib/trpc.ts'
import { MapScreen } from './map/screen.tsx'
import { Failed } from './failed.tsx'

/** The map without a room: what there is to eat around, and a room from any of it. */
export function Page() {
  const [config, { refetch }] = createResource(readConfig)
  onMount(() => void (document.title = `${t('explore.title')} · ${t('common.appName')}`))
  return (
    <Switch fallback={<div class="fixed inset-0 bg-paper" />}>
      <Match when={config.error !== undefined}>
        <Failed
          offline={t('place.offlineText')}
          failure={failureOf(config.error)}
          onRetry={() => void refetch()}
        />
      </Match>
      <Match when={config()}>{(known) => <MapScreen config={known()} />}</Match>
    </Switch>
  )
}
