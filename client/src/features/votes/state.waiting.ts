import { formatNames } from '#client/lib/i18n/format.ts'
import { t } from '#client/lib/i18n/i18n.ts'

/** Whom the vote waits for, to the reader: the reader first, then one other by name, more as a number. */
export function sayWho(others: readonly string[], me: boolean): string {
  const [name = ''] = others
  if (!me) {
    return others.length > 2
      ? t('rooms.nameAndMore', { name, count: others.length - 1 })
      : formatNames(others)
  }
  if (others.length === 0) return t('rooms.you')
  return others.length === 1
    ? t('rooms.youAnd', { name })
    : t('rooms.youAndMore', { count: others.length })
}

/** Somebody in a sentence to the reader. */
export interface Told {
  name: string
  mine: boolean
}

/** Names in a row, to the reader: the reader first, and not by the name that others call them. */
export function sayNames(people: readonly Told[]): string {
  const others = people.filter(({ mine }) => !mine).map(({ name }) => name)
  return formatNames(others.length < people.length ? [t('rooms.you'), ...others] : others)
}

/** Who chose a place, to the reader; somebody did. */
export function sayChose(people: readonly Told[]): string {
  const [first, ...more] = people
  return first?.mine && more.length === 0
    ? t('votes.seatsMine')
    : t('votes.seats', { names: sayNames(people) })
}

/** What a run-off asks, and who has not answered yet. */
export function sayRunoff(others: readonly string[], me: boolean): string {
  if (others.length > 0) return t('votes.runoffWaiting', { names: sayWho(others, me) })
  return me ? t('votes.runoffOnlyYou') : t('votes.runoffHint')
}
