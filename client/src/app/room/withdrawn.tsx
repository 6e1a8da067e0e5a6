import { For, Show } from 'solid-js'
import { t } from '../../lib/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { NumberMark } from '../../ui/dish.tsx'
import { useScene } from './scene.ts'

/** Below the list: what was taken off and may still come back, under its number and with its choices. */
export function Withdrawn() {
  const scene = useScene()
  return (
    <Show when={scene.restorable().length > 0}>
      <ul class="px-2 pt-2" aria-label={t('rooms.withdrawnList')}>
        <For each={scene.restorable()}>
          {(candidate) => (
            <li class="room-withdrawn">
              <NumberMark number={candidate.number} size="sm" />
              <span>{t('places.withdrawn', { name: candidate.name })}</span>
              <Button
                look="txt"
                size={36}
                class="flex-none"
                aria-label={t('rooms.restoreCandidate', { name: candidate.name })}
                onClick={() => void scene.restoreCandidate(candidate)}
              >
                {t('places.putBack')}
              </Button>
            </li>
          )}
        </For>
      </ul>
    </Show>
  )
}
