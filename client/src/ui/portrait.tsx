import './portrait.css'
import { createMemo, For, Match, Show, Switch, type JSX } from 'solid-js'
import { faceMarkup } from '#shared/faces.ts'
import { t } from '#client/lib/i18n/i18n.ts'
import { cx } from './class.ts'
import { Check, Ellipsis, MicOff } from './icons.ts'
import { personVars } from './person.ts'

/** Who is drawn: the picture of an account, else a face from the seed, else the first letter of the name. */
export interface Sitter {
  name: string
  /** Seed of the drawn face. */
  portrait?: string | null
  /** Address of an account's picture. */
  picture?: string | null
  /** 1 to 20 (colourOfSeat). */
  colour: number
  /** Nobody any more: drawn as somebody, with neither face nor colour. */
  gone?: boolean
  /** Nobody sits behind it: said beside the name. */
  simulated?: boolean
}

export interface PortraitProps {
  of: Sitter
  /** Diameter in px. */
  size: number
  /** Ringed in the colour of my own choice. */
  me?: boolean
  /** Stands off what lies below. */
  rim?: boolean
  /** Ringed in the person's colour, as who speaks or is followed. */
  ring?: boolean
  /** Away or still choosing. */
  dim?: boolean
  class?: string
  style?: JSX.CSSProperties
}

const EYES_FROM_PX = 44
const segments = new Intl.Segmenter('ko', { granularity: 'grapheme' })

function firstLetter(name: string): string {
  for (const { segment } of segments.segment(name.trim())) return segment.toLocaleUpperCase()
  return '?'
}

/** A face. Decorative: the name stands beside it or on the control around it. */
export function Portrait(props: PortraitProps) {
  const markup = createMemo(() =>
    faceMarkup(props.of.portrait ?? '', {
      ground: 'var(--pt-bg)',
      shirt: 'var(--c)',
      hair: 'var(--pt-hair)',
      eyes: props.size >= EYES_FROM_PX,
    }),
  )
  return (
    <span
      class={cx('pt', props.class)}
      style={{ ...personVars(props.of.colour), '--z': `${props.size}px`, ...props.style }}
      data-me={props.me ? '' : undefined}
      data-rim={props.rim ? '' : undefined}
      data-ring={props.ring ? '' : undefined}
      data-dim={props.dim ? '' : undefined}
    >
      <Switch fallback={<b aria-hidden="true">{firstLetter(props.of.name)}</b>}>
        <Match when={props.of.gone}>
          <svg class="pt-gone" viewBox="0 0 40 40" aria-hidden="true">
            <path d="M6 40c0-8.6 6-13.6 14-13.6S34 31.4 34 40z" />
            <circle cx="20" cy="17.2" r="8" />
          </svg>
        </Match>
        <Match when={props.of.picture}>
          {(picture) => <img src={picture()} alt="" loading="lazy" decoding="async" />}
        </Match>
        <Match when={props.of.portrait}>
          {/* eslint-disable-next-line solid/no-innerhtml -- our own drawing; the seed only picks its parts */}
          <svg viewBox="0 0 40 40" aria-hidden="true" innerHTML={markup()} />
        </Match>
      </Switch>
    </span>
  )
}

/** chosen: has a tick in the round; choosing: not yet; muted: microphone off. */
export type PersonMark = 'chosen' | 'choosing' | 'muted' | null

/** The small round mark at the corner of a portrait. */
export function Tick(props: { mark: Exclude<PersonMark, null>; class?: string }) {
  return (
    <span class={cx('tick', props.class)} data-mark={props.mark} aria-hidden="true">
      <Switch>
        <Match when={props.mark === 'chosen'}>
          <Check size={10} stroke-width={3.4} />
        </Match>
        <Match when={props.mark === 'choosing'}>
          <Ellipsis size={10} stroke-width={2.6} />
        </Match>
        <Match when={props.mark === 'muted'}>
          <MicOff size={9} stroke-width={2.6} />
        </Match>
      </Switch>
    </span>
  )
}

/** Beside the name of who is simulated, wherever it stands. */
export const PracticeMark = () => <span class="practice">{t('common.practice')}</span>

export interface PersonButtonProps {
  of: Sitter
  mark?: PersonMark
  speaking?: boolean
  away?: boolean
  /** Shows the name below (desktop); the phone's strip has none. */
  named?: boolean
  /** What the button says, when not the name and state. */
  label?: string
  onClick?: () => void
  /** It opens a card or a dialog about the person. */
  'aria-haspopup'?: 'dialog' | 'menu'
  /** Right click or long press. */
  onMore?: () => void
  class?: string
}

/** One person of the strip: a 36 px face in a 44 px target, with tick, ellipsis or mic-off, and a ring who speaks. */
export function PersonButton(props: PersonButtonProps) {
  const says = createMemo(
    () =>
      props.label ??
      [
        props.of.name,
        props.of.simulated && t('common.practiceFriend'),
        props.speaking && t('common.speaking'),
        props.mark === 'chosen' && t('common.hasChosen'),
        props.mark === 'choosing' && t('common.isChoosing'),
        props.mark === 'muted' && t('common.micOff'),
        props.away && t('common.away'),
      ]
        .filter(Boolean)
        .join(', '),
  )
  const face = (
    <span class="person" style={personVars(props.of.colour)}>
      <Show when={props.speaking}>
        <i class="talkring" />
      </Show>
      <Portrait of={props.of} size={36} dim={props.away || props.mark === 'choosing'} />
      <Show when={props.mark}>{(mark) => <Tick mark={mark()} />}</Show>
      <Show when={props.of.simulated}>
        {/* Drawn only: the button's label says it. */}
        <i class="practice" aria-hidden="true" data-words={t('common.practice')} />
      </Show>
    </span>
  )
  return (
    <button
      type="button"
      aria-label={says()}
      class={cx(props.named ? 'person-named' : 'rounded-full', props.class)}
      onClick={() => props.onClick?.()}
      onContextMenu={(event) => {
        if (!props.onMore) return
        event.preventDefault()
        props.onMore()
      }}
      aria-haspopup={props['aria-haspopup']}
    >
      {face}
      <Show when={props.named}>
        <small>{props.of.name}</small>
      </Show>
    </button>
  )
}

/** A few overlapping faces, at most `most`. */
export function PortraitStack(props: { of: readonly Sitter[]; size: number; most?: number }) {
  return (
    <span class="stack" aria-hidden="true">
      <For each={props.of.slice(0, props.most ?? 3)}>
        {(sitter) => <Portrait of={sitter} size={props.size} rim />}
      </For>
    </span>
  )
}
