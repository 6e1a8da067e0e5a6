import { t } from '../../lib/i18n/i18n.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { SearchX } from '../../ui/icons.ts'
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
