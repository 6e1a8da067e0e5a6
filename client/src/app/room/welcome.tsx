import { createSignal, Show, untrack } from 'solid-js'
import { isSuggested } from '../../features/users/index.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { isBoolean, keep, readKept, roomKeys } from '../../lib/storage.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { X } from '../../ui/icons.ts'
import { Portrait } from '../../ui/portrait.tsx'
import { Banner } from '../../ui/states.tsx'
import { useScene } from './scene.ts'

/** Opened longer ago, a room has seen its opener: they know where their name is. */
const FRESH_MS = 120_000

/**
 * Who opens a room is in at once, under a suggested name: this says which, and how to change it. Gone for good once it was
 * changed, put away, or a vote began.
 */
export function Welcome(props: { onName: () => void }) {
  const scene = useScene()
  const key = `${roomKeys(scene.roomId)}welcomed`
  const opener = untrack(() => {
    const room = scene.state.view?.room
    return (
      room !== undefined &&
      room.hostSeat === scene.me().seat &&
      scene.now() - room.createdAt < FRESH_MS &&
      readKept(key, isBoolean) !== true
    )
  })
  const [shut, setShut] = createSignal(!opener)
  const leave = (): void => {
    setShut(true)
    keep(key, true)
  }
  return (
    <Show when={!shut() && isSuggested(scene.me().name) && !scene.open()}>
      <div class="room-asks">
        <Banner
          tone="calm"
          class="pointer-events-auto"
          icon={<Portrait of={scene.me()} size={36} />}
          title={t('rooms.welcome', { name: scene.me().name })}
          text={t('rooms.welcomeText')}
          action={
            <span class="flex flex-none items-center">
              <Button
                look="txt"
                onClick={() => {
                  leave()
                  props.onName()
                }}
              >
                {t('rooms.welcomeName')}
              </Button>
              <IconButton label={t('common.close')} onClick={leave}>
                <X size={18} />
              </IconButton>
            </span>
          }
        />
      </div>
    </Show>
  )
}
