import { createMemo, For } from 'solid-js'
import type { JSX } from 'solid-js'
import type { DecisionView } from '#shared/votes.ts'
import { formatNames } from '#client/lib/i18n/format.ts'
import { lang, t, tRich } from '#client/lib/i18n/i18n.ts'
import { countKo } from '#client/lib/i18n/numerals.ts'
import { Dices, Equal, Footprints, HeartHandshake, Users } from '#client/ui/icons.ts'
import { reasonsOf } from './reasons.ts'
import type { Reason } from './reasons.ts'

function iconOf(kind: Reason['kind']): JSX.Element {
  if (kind === 'chosen' || kind === 'chosenFine') return <Users size={22} />
  if (kind === 'walk') return <Footprints size={22} />
  if (kind === 'tied' || kind === 'byRunoff') return <Equal size={22} />
  return kind.startsWith('byDraw') ? <Dices size={22} /> : <HeartHandshake size={22} />
}

function sayChosen({ count, total, runoff }: Extract<Reason, { kind: 'chosen' }>): JSX.Element {
  if (total === 1) return t('decision.chosenByOne')
  const strong = <b>{lang() === 'ko' ? countKo(count, '명') : count}</b>
  if (count === total)
    return tRich(runoff ? 'decision.settledByAll' : 'decision.chosenByAll', {
      total: { text: total, node: strong },
    })
  return tRich(runoff ? 'decision.settledBy' : 'decision.chosenBy', {
    total,
    count: { text: count, node: strong },
  })
}

function sayChosenFine({ count, fine }: Extract<Reason, { kind: 'chosenFine' }>): JSX.Element {
  const strong = <b>{lang() === 'ko' ? countKo(count, '명') : count}</b>
  return tRich('decision.chosenFine', { count: { text: count, node: strong }, fine })
}

/** More of them would be a list and no sentence. */
const NAMES_MOST = 3

function sayTied({ names, count }: Extract<Reason, { kind: 'tied' }>): string {
  return names.length > NAMES_MOST
    ? t('decision.tiedMany', { places: names.length, count })
    : t('decision.tied', { places: formatNames(names), count })
}

function say(reason: Reason): JSX.Element {
  if (reason.kind === 'chosen') return sayChosen(reason)
  if (reason.kind === 'chosenFine') return sayChosenFine(reason)
  if (reason.kind === 'tied') return sayTied(reason)
  return reason.kind === 'walk'
    ? t('decision.walk', { minutes: reason.minutes })
    : t(`decision.${reason.kind}`)
}

/** Why this place: three sentences at most, in words. */
export function Why(props: { decision: DecisionView }) {
  const reasons = createMemo(() => reasonsOf(props.decision))
  return (
    <section class="dec-why" aria-label={t('decision.why')}>
      <ul>
        <For each={reasons()}>
          {(reason) => (
            <li>
              {iconOf(reason.kind)}
              <span>{say(reason)}</span>
            </li>
          )}
        </For>
      </ul>
    </section>
  )
}
