import { t } from '../../lib/i18n/i18n.ts'

/** A dish on the map, in words: how many chose it while that is told, and what has become of it. */
export function markerName(
  { number, name }: { number: number; name: string },
  told: { chosenBy: number | null; leading: boolean; decided: boolean },
): string {
  return [
    told.chosenBy === null
      ? t('chat.token', { number, name })
      : t('votes.candidateLabel', { number, name, count: told.chosenBy }),
    told.leading ? t('votes.leading') : '',
    told.decided ? t('decision.decidedChip') : '',
  ]
    .filter((part) => part !== '')
    .join(', ')
}
