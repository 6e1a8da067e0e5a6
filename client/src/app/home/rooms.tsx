import { createEffect, createSignal, For, onCleanup, Show } from 'solid-js'
import type { RoomCard } from '#shared/rooms.ts'
import { cardTitle, createRoomCards, RoomCardItem, roomsApi } from '../../features/rooms/index.ts'
import { createServerClock } from '../../lib/clock.ts'
import { formatTime } from '../../lib/i18n/format.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { linkState } from '../../lib/trpc.ts'
import { WifiOff } from '../../ui/icons.ts'
import { createPatience, Notice, SkeletonRows } from '../../ui/states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { say } from './say.ts'

/** A hand-over between servers takes less: nobody needs to hear of it. */
const SAY_AFTER_MS = 4_000

/** Since when nothing new can come, ms; null while all is well. `asked`: nothing was answered yet. */
function createSilence(asked: () => boolean): () => number | null {
  const [online, setOnline] = createSignal(navigator.onLine)
  const [since, setSince] = createSignal<number | null>(null)
  const hear = (): void => void setOnline(navigator.onLine)
  window.addEventListener('online', hear)
  window.addEventListener('offline', hear)
  onCleanup(() => {
    window.removeEventListener('online', hear)
    window.removeEventListener('offline', hear)
  })
  createEffect(() => {
    const at = Date.now()
    if (!online()) return void setSince(at)
    if (linkState() !== 'connecting' && !asked()) return void setSince(null)
    const timer = window.setTimeout(() => setSince((known) => known ?? at), SAY_AFTER_MS)
    onCleanup(() => window.clearTimeout(timer))
  })
  return since
}

/** My rooms as they are now. What is taken away goes at once, and can be taken back. */
export function OurRooms() {
  const { cards, drop } = createRoomCards()
  const now = createServerClock(1_000)
  const waiting = createPatience(() => cards() === null)
  const silent = createSilence(() => cards() === null)
  const part = async (
    card: RoomCard,
    how: () => Promise<unknown>,
    said: string,
    back: () => Promise<unknown>,
  ): Promise<void> => {
    const { undo } = drop(card.roomId)
    try {
      await how()
      showToast(said, { label: t('common.undo'), run: () => void back().catch(say) })
    } catch (error) {
      undo()
      say(error)
    }
  }
  const hide = (card: RoomCard): Promise<void> =>
    part(
      card,
      () => roomsApi.hideRoom(card.roomId),
      t('home.hidden'),
      () => roomsApi.hideRoom(card.roomId, false),
    )
  /** Coming back is entering again, on the same seat as the same person. */
  const leave = (card: RoomCard): Promise<void> => {
    const me = card.members.find(({ seat }) => seat === card.mySeat)
    return part(
      card,
      () => roomsApi.leaveRoom(card.roomId),
      t('home.left'),
      () => roomsApi.joinRoom(card.code, me?.name ?? '', me?.portrait ?? ''),
    )
  }
  return (
    <section aria-labelledby="our-rooms">
      <h2 id="our-rooms">{t('home.ourRooms')}</h2>
      <Show when={silent()}>
        {(at) => (
          <Notice
            tone="calm"
            class="mb-3"
            icon={<WifiOff size={20} />}
            title={t('common.offline')}
            text={cards() ? t('home.asOf', { time: formatTime(at()) }) : t('home.comesBack')}
          />
        )}
      </Show>
      <Show
        when={cards()}
        fallback={
          <Show when={waiting() && silent() === null}>
            <SkeletonRows rows={2} label={t('common.loading')} />
          </Show>
        }
      >
        {(all) => (
          <Show
            when={all().length > 0}
            fallback={<p class="text-15 text-ink-2">{t('home.noRoomsHint')}</p>}
          >
            <ul class="card-rows">
              <For each={all()}>
                {(card) => (
                  <RoomCardItem
                    card={card}
                    title={cardTitle(card, all())}
                    now={now()}
                    onHide={() => void hide(card)}
                    onLeave={() => void leave(card)}
                  />
                )}
              </For>
            </ul>
          </Show>
        )}
      </Show>
    </section>
  )
}
