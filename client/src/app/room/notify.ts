import { createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js'
import type { Accessor } from 'solid-js'
import { roomTitle } from '../../features/rooms/index.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { isBoolean, keep, readKept } from '../../lib/storage.ts'
import { showRefusal, showToast } from '../../ui/toast.tsx'
import type { Scene } from './scene.ts'

const KEY = 'bapmap.notify'

export interface Notices {
  on: Accessor<boolean>
  set(on: boolean): void
}

/** "They're waiting for you": in the title always, as a notice of the system for who asked for it. */
export function createNotices(scene: Scene): Notices {
  const [on_, setOn] = createSignal(
    (readKept(KEY, isBoolean) ?? false) &&
      'Notification' in window &&
      Notification.permission === 'granted',
  )
  const waits = createMemo(() => {
    const round = scene.votes.round()
    const others = scene.counted().filter((seat) => seat !== scene.me().seat)
    return (
      round?.state === 'open' &&
      !round.ticked.includes(scene.me().seat) &&
      others.length > 0 &&
      others.every((seat) => round.ticked.includes(seat))
    )
  })
  const title = (): string =>
    scene.state.view ? roomTitle(scene.state.view.room) : t('common.appName')
  createEffect(() => {
    document.title = waits()
      ? `(1) ${t('votes.yourTurn')} · ${title()}`
      : `${title()} · ${t('common.appName')}`
  })
  createEffect(
    on(waits, (now) => {
      if (!now || !on_() || !document.hidden) return
      const notice = new Notification(t('votes.waitingTitle', { name: title() }), {
        tag: scene.roomId,
      })
      notice.addEventListener('click', () => {
        window.focus()
        notice.close()
      })
    }),
  )
  onCleanup(() => void (document.title = t('common.appName')))
  const ask = async (): Promise<void> => {
    const granted =
      'Notification' in window && (await Notification.requestPermission()) === 'granted'
    setOn(granted)
    keep(KEY, granted)
    if (granted) showToast(t('votes.notifyOn'))
    else showRefusal(t('votes.notifyNo'))
  }
  return {
    on: on_,
    set: (wanted) => {
      if (wanted) return void ask()
      setOn(false)
      keep(KEY, false)
    },
  }
}
