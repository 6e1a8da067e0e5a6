import './candidate.css'
import { Show } from 'solid-js'
import type { JSX } from 'solid-js'
import type { Candidate } from '#shared/rooms.ts'
import { dishOf } from '#shared/dishes.ts'
import { walkMinutes } from '#shared/geo.measure.ts'
import { formatMinutes, formatPrice, formatWalk } from '#client/lib/i18n/format.ts'
import { lang, t } from '#client/lib/i18n/i18n.ts'
import { LeadChip, NumberedDish } from '#client/ui/dish.tsx'
import { createMedia } from '#client/ui/media.ts'
import { Portrait } from '#client/ui/portrait.tsx'
import type { RoomPerson } from '../state.people.ts'

/** A phone of 360, or a panel as narrow (candidate.css has the same). */
const NARROW =
  '(max-width: 375px), (min-width: 820px) and (max-width: 1279px), (orientation: landscape) and (max-height: 500px)'

export interface CandidateRowProps {
  candidate: Candidate
  proposer: RoomPerson
  /** I put it forward. */
  mine: boolean
  /** Straight line from the meeting point, metres; null without one. */
  distanceM: number | null
  lead?: boolean
  /** I passed on it: seen by me alone. */
  passed?: boolean
  /** Opening state, only when it matters. */
  opening?: { text: string; tone: 'warn' | 'danger' } | null
  /** What the second line holds: who chose it, the dish's name (while the tally is hidden), or nothing. */
  line?: 'seats' | 'menu'
  seats?: JSX.Element
  acts?: JSX.Element
  /** Enter or a tap: the map shows it. */
  onShow: () => void
  onKeyDown?: (event: KeyboardEvent) => void
}

/** One candidate: its dish with its number, who put it forward, what it costs, how far it is, who chose it. */
export function CandidateRow(props: CandidateRowProps) {
  const narrow = createMedia(NARROW)
  const dishSize = (): number => (narrow() ? 54 : 60)
  return (
    <li
      class="cand"
      data-lead={props.lead ? '' : undefined}
      data-passed={props.passed ? '' : undefined}
      data-number={props.candidate.number}
      // Keys of the buttons inside bubble up to here: the row itself takes no focus.
      on:keydown={(event: KeyboardEvent) => props.onKeyDown?.(event)}
    >
      <NumberedDish
        number={props.candidate.number}
        name={dishOf(props.candidate)}
        size={dishSize()}
        lead={props.lead}
        passed={props.passed}
        flat
      />
      <div class="min-w-0 flex-1">
        <button type="button" class="cand-body block w-full" onClick={() => props.onShow()}>
          <span class="sr">
            {t('rooms.showOnMap', { number: props.candidate.number, name: props.candidate.name })}
            {props.lead ? `, ${t('votes.leading')}` : ''}
          </span>
          <span class="cand-title" aria-hidden="true">
            <b>{props.candidate.name}</b>
            <Show when={props.lead}>
              <LeadChip>{t('votes.leading')}</LeadChip>
            </Show>
          </span>
        </button>
        <p class="cand-meta">
          <Show when={!narrow() || !props.opening}>
            <Portrait of={props.proposer} size={16} />
          </Show>
          <span class="sr">
            {props.mine
              ? t('places.proposedByMe')
              : t('places.proposedBy', { name: props.proposer.name })}
          </span>
          <Show when={props.candidate.price !== null}>
            <span class="tn">{formatPrice(props.candidate.price ?? 0)}</span>
          </Show>
          <Show when={props.opening}>
            {(opening) => <span data-tone={opening().tone}>{opening().text}</span>}
          </Show>
          <Show when={props.distanceM !== null}>
            <Walk
              metres={props.distanceM ?? 0}
              // "3 min" alone is a riddle in English; what does not fit leaves.
              short={narrow() || (lang() === 'ko' && Boolean(props.opening))}
            />
          </Show>
          <Show when={props.candidate.menu && props.line !== 'menu'}>
            <span>{props.candidate.menu}</span>
          </Show>
          <Show
            when={
              !props.candidate.menu && props.candidate.price === null && props.candidate.address
            }
          >
            <span>{props.candidate.address}</span>
          </Show>
        </p>
        <Notes candidate={props.candidate} />
        <Show when={props.line}>
          <div class="cand-who">
            <Show
              when={props.line === 'seats'}
              fallback={<span class="text-13 text-ink-2">{props.candidate.menu}</span>}
            >
              {props.seats}
            </Show>
          </div>
        </Show>
      </div>
      <div class="cand-acts">{props.acts}</div>
    </li>
  )
}

/** About how long to walk; "about" is said to readers each time, and once in the list's note. */
function Walk(props: { metres: number; short: boolean }) {
  const minutes = (): number => walkMinutes(props.metres)
  return (
    <span class="tn">
      <span class="sr">{lang() === 'ko' ? '약 ' : 'about '}</span>
      {props.short ? formatMinutes(minutes()) : formatWalk(minutes())}
    </span>
  )
}

function Notes(props: { candidate: Candidate }) {
  return (
    <Show when={props.candidate.note || props.candidate.link}>
      <p class="cand-note">
        <Show when={props.candidate.note}>{(note) => <span>{note()}</span>}</Show>
        <Show when={props.candidate.link}>
          {(link) => (
            <a
              class="hit text-perilla-ink font-semi underline underline-offset-3"
              href={link()}
              target="_blank"
              rel="noreferrer nofollow ugc"
            >
              {hostOf(link())}
            </a>
          )}
        </Show>
      </p>
    </Show>
  )
}

function hostOf(link: string): string {
  return URL.canParse(link) ? new URL(link).hostname.replace(/^www\./, '') : link
}
