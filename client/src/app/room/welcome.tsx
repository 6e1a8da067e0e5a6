import { createEffect, createSignal, onCleanup, Show, untrack } from 'solid-js'
import { t } from '../../lib/i18n/i18n.ts'
import { isBoolean, keep, readKept, roomKeys } from '../../lib/storage.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { X } from '../../ui/icons.ts'
import { Portrait } from '../../ui/portrait.tsx'
import type { Sitter } from '../../ui/portrait.tsx'
import { Banner } from '../../ui/states.tsx'
import { isUnnamed } from './naming.ts'
import { useScene } from './scene.ts'

/** Opened longer ago, a room has seen its opener: they know where their name is. */
const FRESH_MS = 120_000
const STAYS_MS = 15_000

/**
 * Who opens a room is in at once, under a suggested name: this says which, and how to change it. It leaves for good after
 * a moment, and at once when there is somebody or something else to look at.
 */
export function Welcome(props: { onName: () => void }) {
  const scene = useScene()
  const key = `${roomKeys(scene.roomId)}welcomed`
  const [shown, setShown] = createSignal(
    untrack(
      () =>
        isUnnamed(scene) &&
        !scene.demo() &&
        scene.now() - (scene.state.view?.room.createdAt ?? 0) < FRESH_MS &&
        readKept(key, isBoolean) !== true,
    ),
  )
  const leave = (): void => {
    setShown(false)
    keep(key, true)
  }
  return (
    <Show when={shown()}>
      <div class="room-asks">
        <WelcomeLine
          me={scene.me()}
          interrupted={scene.open() !== null || scene.present().length > 1}
          onName={() => props.onName()}
          onGone={leave}
        />
      </div>
    </Show>
  )
}

export function WelcomeLine(props: {
  me: Sitter
  /** A vote began, or others came. */
  interrupted: boolean
  onName: () => void
  onGone: () => void
}) {
  const timer = setTimeout(() => props.onGone(), STAYS_MS)
  onCleanup(() => clearTimeout(timer))
  createEffect(() => props.interrupted && props.onGone())
  return (
    <Banner
      tone="calm"
      class="pointer-events-auto"
      icon={<Portrait of={props.me} size={36} />}
      title={t('rooms.welcome', { name: props.me.name })}
      text={t('rooms.welcomeText')}
      action={
        <span class="flex flex-none items-center">
          <Button
            look="txt"
            onClick={() => {
              props.onGone()
              props.onName()
            }}
          >
            {t('rooms.welcomeName')}
          </Button>
          <IconButton label={t('common.close')} onClick={() => props.onGone()}>
            <X size={18} />
          </IconButton>
        </span>
      }
    />
  )
}
