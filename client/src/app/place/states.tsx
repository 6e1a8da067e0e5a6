import { t } from '../../lib/i18n/i18n.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { MapPinOff } from '../../ui/icons.ts'
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
