import { t } from '../lib/i18n/i18n.ts'
import { Button } from '../ui/button.tsx'
import { Unplug } from '../ui/icons.ts'
import { StatePage } from '../ui/states.tsx'

/** Something unexpected, under its number; or nothing answers, and then without one. */
export function BrokenPage(props: { id: string | null; onRetry: () => void }) {
  return (
    <StatePage
      page
      icon={<Unplug size={26} />}
      title={props.id ? t('common.errorTitle') : t('common.offline')}
      text={props.id ? t('common.errorKept') : t('common.reconnectingKept')}
      actions={
        <Button look="pri" onClick={() => props.onRetry()}>
          {t('common.retryLong')}
        </Button>
      }
      code={props.id ? t('common.errorId', { id: props.id }) : undefined}
    />
  )
}
