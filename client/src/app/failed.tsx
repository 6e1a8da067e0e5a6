import type { WireError } from '#shared/errors.ts'
import { t, tError } from '../lib/i18n/i18n.ts'
import type { CallFailure } from '../lib/trpc.ts'
import { Button } from '../ui/button.tsx'
import { Unplug, WifiOff } from '../ui/icons.ts'
import { StatePage } from '../ui/states.tsx'

/** A page whose subject could not be read: what happened, what was kept, once more. */
export function Failed(props: {
  failure: CallFailure
  /** What holds while nobody answers. */
  offline: string
  onRetry: () => void
}) {
  const away = (): boolean => props.failure.code === 'unreachable'
  const number = (): string | undefined =>
    props.failure.code === 'unexpected'
      ? t('common.errorId', { id: props.failure.params.id })
      : undefined
  const text = (): string => {
    if (away()) return props.offline
    return number() === undefined ? tError(props.failure as WireError) : t('common.errorKept')
  }
  return (
    <StatePage
      page
      icon={away() ? <WifiOff size={26} /> : <Unplug size={26} />}
      title={away() ? t('common.offline') : t('common.errorTitle')}
      text={text()}
      actions={
        <Button look="pri" onClick={() => props.onRetry()}>
          {t('common.retryLong')}
        </Button>
      }
      code={number()}
    />
  )
}
