import { createEffect, createMemo, createSignal, on, Show } from 'solid-js'
import { copyText } from '../features/rooms/index.ts'
import { createServerClock } from '../lib/clock.ts'
import { formatDuration } from '../lib/i18n/format.ts'
import { t } from '../lib/i18n/i18n.ts'
import { startHandoff } from '../lib/session.ts'
import { Button } from '../ui/button.tsx'
import { Copy, RefreshCw } from '../ui/icons.ts'
import { Modal } from '../ui/modal.tsx'
import { QrCode } from '../ui/qr.tsx'
import { Skeleton } from '../ui/states.tsx'
import type { SheetProps } from './settings/profile.tsx'

const QR_PX = 208

/** A link that makes another browser the same person, and leads into `roomCode`: single use, ten minutes, as code and as text. */
export function ElsewhereSheet(props: SheetProps & { roomCode?: string }) {
  const [link, setLink] = createSignal<{ url: string; expiresAt: number } | null>(null)
  const now = createServerClock(1_000)
  const leftS = createMemo(() => Math.max(0, Math.ceil(((link()?.expiresAt ?? 0) - now()) / 1_000)))
  const make = async (): Promise<void> => {
    setLink(null)
    try {
      setLink(await startHandoff(props.roomCode))
    } catch (error) {
      props.onFailed(error)
      props.onClose()
    }
  }
  createEffect(
    on(
      () => props.open,
      (open) => {
        // Closed: the secret leaves the page too.
        if (open) void make()
        else setLink(null)
      },
    ),
  )
  return (
    <Modal open={props.open} onClose={() => props.onClose()} title={t('rooms.otherBrowser')}>
      <div class="flex flex-col items-center gap-3.5 pb-2 text-center text-balance">
        <Show when={link()} fallback={<Skeleton width={`${QR_PX}px`} height={`${QR_PX}px`} />}>
          {(made) => (
            <Show when={leftS() > 0} fallback={<Over onAgain={() => void make()} />}>
              <QrCode
                text={made().url}
                size={QR_PX}
                label={t('common.qrOf', { name: t('rooms.otherBrowser') })}
              />
              <p>{t('settings.elsewhereScan', { time: formatDuration(leftS()) })}</p>
              <Button
                icon={<Copy size={20} />}
                onClick={() => void copyText(made().url, t('rooms.linkCopied'))}
              >
                {t('common.copyLink')}
              </Button>
              <p class="text-ink-2">{t('settings.elsewhereSecret')}</p>
            </Show>
          )}
        </Show>
      </div>
    </Modal>
  )
}

function Over(props: { onAgain: () => void }) {
  return (
    <>
      <p role="status">{t('settings.elsewhereOver')}</p>
      <Button look="pri" icon={<RefreshCw size={20} />} onClick={() => props.onAgain()}>
        {t('settings.elsewhereAgain')}
      </Button>
    </>
  )
}
