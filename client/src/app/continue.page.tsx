import { useNavigate } from '@solidjs/router'
import { createSignal, onMount, Show } from 'solid-js'
import { formatRoomCode } from '#shared/rooms.code.ts'
import { BrokenPage } from './broken.tsx'
import { t, tError } from '../lib/i18n/i18n.ts'
import { HttpRefusal, redeemHandoff } from '../lib/session.ts'
import { isWireError } from '../lib/trpc.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Smartphone, SearchX } from '../ui/icons.ts'
import { StatePage } from '../ui/states.tsx'

/** A link from my other device: this browser becomes the same person. The token is in the fragment, which no server sees. */
export function Page() {
  const go = useNavigate()
  const [refusal, setRefusal] = createSignal<string>()
  const [unreachable, setUnreachable] = createSignal(false)
  const [busy, setBusy] = createSignal(false)
  let token = ''
  onMount(() => {
    token = location.hash.slice(1)
    // Not left in the address bar, where it would be shared with the next screenshot.
    history.replaceState(history.state, '', location.pathname)
  })
  const redeem = async (): Promise<void> => {
    setBusy(true)
    setUnreachable(false)
    try {
      const code = await redeemHandoff(token)
      go(code ? `/r/${formatRoomCode(code)}` : '/', { replace: true })
    } catch (error) {
      const said = error instanceof HttpRefusal && isWireError(error.failure) ? error.failure : null
      if (said) setRefusal(tError(said))
      else setUnreachable(true)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Show when={!unreachable()} fallback={<BrokenPage id={null} onRetry={() => void redeem()} />}>
      <Show
        when={!refusal()}
        fallback={
          <StatePage
            page
            icon={<SearchX size={26} />}
            title={t('rooms.continueUsed')}
            text={refusal()}
            actions={<ButtonLink href="/">{t('common.goHome')}</ButtonLink>}
          />
        }
      >
        <StatePage
          page
          icon={<Smartphone size={26} />}
          title={t('rooms.otherBrowser')}
          text={t('rooms.continueText')}
          actions={
            <Button look="pri" busy={busy()} onClick={() => void redeem()}>
              {t('rooms.continueHere')}
            </Button>
          }
        />
      </Show>
    </Show>
  )
}
