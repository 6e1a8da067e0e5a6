import { onCleanup } from 'solid-js'
import { t } from '../../lib/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Unplug } from '../../ui/icons.ts'
import { Notice } from '../../ui/states.tsx'

/** A part of the page that could not be read; asks again by itself once the device is back on the network. */
export function Unread(props: { onRetry: () => void }) {
  const back = (): void => props.onRetry()
  window.addEventListener('online', back)
  onCleanup(() => window.removeEventListener('online', back))
  return (
    <Notice
      tone="calm"
      icon={<Unplug size={20} />}
      title={t('home.unread')}
      text={t('home.unreadKept')}
      action={
        <Button look="txt" size={36} onClick={() => props.onRetry()}>
          {t('common.retry')}
        </Button>
      }
    />
  )
}
