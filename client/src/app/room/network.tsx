import { createEffect, createSignal, on, onCleanup, Show } from 'solid-js'
import { formatTime } from '../../lib/i18n/format.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { linkState } from '../../lib/trpc.ts'
import { Ring } from '../../ui/clock.tsx'
import { WifiOff } from '../../ui/icons.ts'
import { Banner } from '../../ui/states.tsx'
import { useScene } from './scene.ts'

/** A hand-over between servers takes less: nobody needs to hear of it. */
const SAY_AFTER_MS = 2_500

/** Says that the network is gone and since when, or that it is being mended; and sends what was kept once it is back. */
export function NetworkBanner() {
  const scene = useScene()
  const [online, setOnline] = createSignal(navigator.onLine)
  const [slow, setSlow] = createSignal(false)
  const sendKept = (): void => {
    scene.votes.flush()
    scene.puts.flush()
  }
  const hear = (): void => {
    setOnline(navigator.onLine)
    if (navigator.onLine) sendKept()
  }
  window.addEventListener('online', hear)
  window.addEventListener('offline', hear)
  createEffect(
    on(linkState, (now, before) => {
      if (now === 'open') {
        setSlow(false)
        if (before === 'connecting') sendKept()
        return
      }
      const timer = window.setTimeout(() => setSlow(now === 'connecting'), SAY_AFTER_MS)
      onCleanup(() => window.clearTimeout(timer))
    }),
  )
  onCleanup(() => {
    window.removeEventListener('online', hear)
    window.removeEventListener('offline', hear)
  })
  return (
    <Show
      when={online()}
      fallback={
        <Banner
          icon={<WifiOff size={20} />}
          title={t('common.offline')}
          text={t('common.offlineSince', { time: formatTime(scene.state.currentAt) })}
        />
      }
    >
      <Show when={slow()}>
        <Banner
          tone="calm"
          icon={<Ring share={null} size={18} />}
          title={t('common.reconnecting')}
          text={t('common.reconnectingKept')}
        />
      </Show>
    </Show>
  )
}
