import { t, tError } from '../../lib/i18n/i18n.ts'
import { failureOf } from '../../lib/trpc.ts'
import { showRefusal } from '../../ui/toast.tsx'

/** Says in words why an act of the home page was not done. */
export function say(error: unknown): void {
  const failure = failureOf(error)
  showRefusal(failure.code === 'unreachable' ? t('rooms.offline') : tError(failure))
}
