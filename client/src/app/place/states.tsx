import type { WireError } from '#shared/errors.ts'
import { t, tError } from '../../lib/i18n/i18n.ts'
import type { CallFailure } from '../../lib/trpc.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { MapPinOff, Unplug, WifiOff } from '../../ui/icons.ts'
import { Skeleton, StatePage } from '../../ui/states.tsx'

export function Waiting() {
  return (
    <output class="placep-wait" aria-label={t('common.loading')}>
      <Skeleton width="46%" height="30px" />
      <Skeleton width="64%" />
      <Skeleton width="52%" />
      <Skeleton height="44px" />
      <Skeleton width="30%" height="22px" />
      <Skeleton height="120px" />
    </output>
  )
}

export function Gone() {
  return (
    <StatePage
      page
      icon={<MapPinOff size={26} />}
      title={t('place.goneTitle')}
      text={t('place.goneText')}
      actions={<ButtonLink href="/map">{t('explore.browse')}</ButtonLink>}
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
      text={away() ? t('place.offlineText') : tError(props.failure as WireError)}
      actions={
        <Button look="pri" onClick={() => props.onRetry()}>
          {t('common.retryLong')}
        </Button>
      }
      code={number()}
    />
  )
}
