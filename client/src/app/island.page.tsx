import { useNavigate } from '@solidjs/router'
import { createSignal, onMount, Show } from 'solid-js'
import { formatRoomCode } from '#shared/rooms.code.ts'
import { openIsland } from '../features/demo/index.ts'
import { t, tError } from '../lib/i18n/i18n.ts'
import { failureOf } from '../lib/trpc.ts'
import type { CallFailure } from '../lib/trpc.ts'
import { loadAhead } from '../ui/untilLoaded.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Hourglass } from '../ui/icons.ts'
import { createPatience, SkeletonRows, StatePage } from '../ui/states.tsx'

/** Bap Island by its own address: opens my practice room, or goes back to it. */
export function Page() {
  const go = useNavigate()
  const [failure, setFailure] = createSignal<CallFailure>()
  const [asking, setAsking] = createSignal(true)
  const waits = createPatience(asking)
  const open = async (): Promise<void> => {
    setFailure(undefined)
    setAsking(true)
    try {
      go(`/r/${formatRoomCode(await openIsland())}`, { replace: true })
    } catch (error) {
      setFailure(failureOf(error))
      setAsking(false)
    }
  }
  onMount(() => {
    document.title = `${t('demo.enter')} · ${t('common.appName')}`
    // Opening takes a moment in which its code can come.
    loadAhead(
      () => import('./room.page.tsx'),
      () => import('./room/screen.tsx'),
      () => import('./room/guide.tsx'),
    )
    void open()
  })
  return (
    <Show
      when={failure()}
      fallback={
        <Show when={waits()}>
          <main class="fixed inset-0 bg-[var(--m-water)]">
            <div class="fixed inset-x-0 bottom-0 rounded-t-xl bg-surface pt-6 pb-10 shadow-[var(--e-sheet)]">
              <SkeletonRows rows={3} label={t('demo.opening')} />
            </div>
          </main>
        </Show>
      }
    >
      {(why) => (
        <StatePage
          page
          icon={<Hourglass size={26} />}
          title={t('demo.notNow')}
          text={sayWhy(why())}
          actions={
            <>
              <Button look="pri" onClick={() => void open()}>
                {t('common.retryLong')}
              </Button>
              <ButtonLink href="/">{t('common.goHome')}</ButtonLink>
            </>
          }
        />
      )}
    </Show>
  )
}

const sayWhy = (why: CallFailure): string =>
  why.code === 'unreachable' ? t('rooms.offline') : tError(why)
