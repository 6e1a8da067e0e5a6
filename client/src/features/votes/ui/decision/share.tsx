import { createSignal, Show } from 'solid-js'
import { t } from '#client/lib/i18n/i18n.ts'
import { Button } from '#client/ui/button.tsx'
import { Link, Share2 } from '#client/ui/icons.ts'
import { showRefusal, showToast } from '#client/ui/toast.tsx'

/** The card's size, as messengers ask for it. */
const CARD = { width: 1200, height: 630 }

export interface ShareProps {
  id: string
  /** "금요일 저녁 · 빈대떡마을로 가요". */
  text: string
  place: string
  /** When it was decided, in words. */
  decided: string
}

const addressOf = (id: string): string => `${location.origin}/d/${id}`

/** Copies the page's address, and says whether that worked. */
export async function copyDecisionLink(id: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(addressOf(id))
    showToast(t('rooms.linkCopied'))
  } catch {
    showRefusal(t('rooms.copyFailed'))
  }
}

/** The card that messengers will show, and ways to send its link. Where the device can share, its own sheet knows KakaoTalk. */
export function Share(props: ShareProps) {
  const [drawn, setDrawn] = createSignal<'waiting' | 'shown' | 'missing'>('waiting')
  const canShare = typeof navigator.share === 'function'
  const share = async (): Promise<void> => {
    try {
      await navigator.share({ text: props.text, url: addressOf(props.id) })
    } catch (error) {
      // Closed without choosing anybody: nothing happened.
      if (!(error instanceof DOMException && error.name === 'AbortError'))
        await copyDecisionLink(props.id)
    }
  }
  return (
    <section class="dec-share">
      <h2>{t('decision.sendToGroup')}</h2>
      <Show when={drawn() !== 'missing'}>
        <img
          class="dec-card"
          src={`/d/${props.id}/card.png`}
          width={CARD.width}
          height={CARD.height}
          alt={t('decision.cardAlt', { place: props.place })}
          data-waiting={drawn() === 'waiting' ? '' : undefined}
          onLoad={() => setDrawn('shown')}
          onError={() => setDrawn('missing')}
        />
      </Show>
      <div class="dec-two">
        <Show when={canShare}>
          <Button icon={<Share2 size={20} />} onClick={() => void share()}>
            {t('common.share')}
          </Button>
        </Show>
        <Button icon={<Link size={20} />} onClick={() => void copyDecisionLink(props.id)}>
          {t('common.copyLink')}
        </Button>
      </div>
      <p class="dec-perma">
        <span>{props.decided}</span>
        <span>{t('decision.permanent')}</span>
      </p>
    </section>
  )
}
