import type { WireError } from '#shared/errors.ts'
import { t, tError } from '../../lib/i18n/i18n.ts'
import type { CallFailure } from '../../lib/trpc.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { SearchX, Unplug, WifiOff } from '../../ui/icons.ts'
import { Skeleton, StatePage } from '../../ui/states.tsx'

export function Waiting() {
  return (
    <output class="dec-wait" aria-label={t('common.loading')}>
      <div class="dec-hero">
        <div class="dec-table" style={{ '--d': '148px' }}>
          <Skeleton round width="148px" height="148px" />
        </div>
        <Skeleton width="96px" />
        <Skeleton width="240px" height="30px" />
        <Skeleton width="180px" />
      </div>
      <div class="grid gap-4 p-5">
        <Skeleton width="62%" height="16px" />
        <Skeleton width="54%" height="16px" />
        <Skeleton height="200px" />
      </div>
    </output>
  )
}

export function Gone() {
  return (
    <StatePage
      page
      icon={<SearchX size={26} />}
      title={t('decision.goneTitle')}
      text={t('decision.goneText')}
      actions={<ButtonLink href="/">{t('common.goHome')}</ButtonLink>}
    />
  )
}

export function Failed(props: { failure: CallFailure; onRetry: () => void }) {
  const away = (): boolean => props.failure.code === 'unreachable'
  const number = (): string | undefined =>
    props.failure.code === 'unexpected'
      ? t('common.errorId', { id: props.failure.params.id })
      : undefined
  return (
    <StatePage
      page
      icon={away() ? <WifiOff size={26} /> : <Unplug size={26} />}
      title={away() ? t('common.offline') : t('common.errorTitle')}
      text={
        away()
          ? t('decision.offlineText')
          : props.failure.code === 'unexpected'
            ? t('common.errorKept')
            : tError(props.failure as WireError)
      }
      actions={
        <Button look="pri" onClick={() => props.onRetry()}>
          {t('common.retryLong')}
        </Button>
      }
      code={number()}
    />
  )
}
