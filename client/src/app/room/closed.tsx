import { Show } from 'solid-js'
import { roomsApi } from '../../features/rooms/index.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { DoorClosed } from '../../ui/icons.ts'
import { Notice } from '../../ui/states.tsx'
import { useScene } from './scene.ts'

/** The room is closed; its host may open it again right here. */
export function ClosedNotice() {
  const scene = useScene()
  return (
    <Notice
      tone="calm"
      class="room-closed"
      icon={<DoorClosed size={20} />}
      title={t('rooms.closedNow')}
      action={
        <Show when={scene.rights() === true}>
          <Button
            look="out"
            class="flex-none"
            onClick={() => void scene.attempt(() => roomsApi.reopenRoom(scene.roomId))}
          >
            {t('rooms.reopen')}
          </Button>
        </Show>
      }
    />
  )
}
