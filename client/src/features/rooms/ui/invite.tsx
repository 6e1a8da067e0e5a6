import { Show } from 'solid-js'
import { formatRoomCode } from '#shared/rooms.code.ts'
import { t } from '#client/lib/i18n/i18n.ts'
import { Button } from '#client/ui/button.tsx'
import { Copy, Share2, Smartphone } from '#client/ui/icons.ts'
import { Modal } from '#client/ui/modal.tsx'
import { QrCode } from '#client/ui/qr.tsx'
import { showRefusal, showToast } from '#client/ui/toast.tsx'

export interface InviteProps {
  open: boolean
  code: string
  title: string
  /** What who is invited should know of this room. */
  note?: string | undefined
  onClose: () => void
  /** Opens "continue on another device". */
  onHandoff: () => void
}

/** Copies; where the clipboard is closed it says so rather than pretend. */
export async function copyText(text: string, said: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    showToast(said)
  } catch {
    showRefusal(t('rooms.copyFailed'))
  }
}

/** QR code, copy, and the device's own share sheet. */
export function InviteSheet(props: InviteProps) {
  const link = (): string => `${location.origin}/r/${formatRoomCode(props.code)}`
  const canShare = 'share' in navigator
  const share = async (): Promise<void> => {
    try {
      await navigator.share({
        title: props.title,
        text: t('rooms.shareText', { name: props.title }),
        url: link(),
      })
    } catch (error) {
      // Closing the share sheet is no failure.
      if (!(error instanceof DOMException && error.name === 'AbortError'))
        await copyText(link(), t('rooms.linkCopied'))
    }
  }
  return (
    <Modal open={props.open} onClose={() => props.onClose()} title={t('rooms.inviteTitle')}>
      <div class="flex flex-col items-center gap-4 pb-2 text-center">
        <QrCode text={link()} label={t('common.qrOf', { name: props.title })} size={208} />
        <p class="text-14 text-ink-2">{props.note ?? t('rooms.inviteHint')}</p>
        <p
          class="tn select-all rounded-full bg-well px-5 py-2.5 text-16 font-semi tracking-wide"
          data-testid="room-code"
        >
          <span class="sr">{t('rooms.code')} </span>
          {formatRoomCode(props.code)}
        </p>
        <div class="flex w-full gap-2">
          <Button
            grow
            icon={<Copy size={18} />}
            look={canShare ? 'sec' : 'pri'}
            onClick={() => void copyText(link(), t('rooms.linkCopied'))}
          >
            {t('common.copyLink')}
          </Button>
          <Show when={canShare}>
            <Button grow look="pri" icon={<Share2 size={18} />} onClick={() => void share()}>
              {t('common.share')}
            </Button>
          </Show>
        </div>
        <Button look="txt" icon={<Smartphone size={18} />} onClick={() => props.onHandoff()}>
          {t('rooms.otherBrowser')}
        </Button>
      </div>
    </Modal>
  )
}
