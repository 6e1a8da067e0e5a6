import './vote.css'
import { createMemo, createSignal, onCleanup, Show, untrack } from 'solid-js'
import { formatDuration } from '#client/lib/i18n/format.ts'
import { t } from '#client/lib/i18n/i18n.ts'
import { cx } from './class.ts'

const HURRY_FROM_S = 30
/** Announced at these moments only; a countdown read aloud each second is noise. */
const ANNOUNCE_AT_S = [60, 30, 10] as const
const TICK_MS = 250

export interface RingProps {
  /** Share that is left, 0 to 1; null turns, for "still working". */
  share: number | null
  /** Diameter in px. Default 26. */
  size?: number
  /** Stroke in px. Default 3. */
  stroke?: number
}

/** A ring of the time left. */
export function Ring(props: RingProps) {
  const size = () => props.size ?? 26
  const stroke = () => props.stroke ?? 3
  const radius = () => (size() - stroke()) / 2
  const around = () => 2 * Math.PI * radius()
  const share = () => Math.min(1, Math.max(0, props.share ?? 0.3))
  return (
    <svg
      class="cring"
      width={size()}
      height={size()}
      viewBox={`0 0 ${size()} ${size()}`}
      data-turning={props.share === null ? '' : undefined}
      aria-hidden="true"
    >
      <circle class="bg" cx={size() / 2} cy={size() / 2} r={radius()} stroke-width={stroke()} />
      <Show when={share() > 0}>
        <circle
          class="fg"
          cx={size() / 2}
          cy={size() / 2}
          r={radius()}
          stroke-width={stroke()}
          stroke-dasharray={`${around()}`}
          stroke-dashoffset={`${around() * (1 - share())}`}
          transform={`rotate(-90 ${size() / 2} ${size() / 2})`}
        />
      </Show>
    </svg>
  )
}

export interface ClockProps {
  /** When it ends and how long it was in all, ms on the server's clock. */
  endsAt: number
  totalMs: number
  /** The server's clock, ms. Default this device's. */
  now?: () => number
  /** Ring alone (beside a title), words alone, or both. */
  show?: 'ring' | 'text' | 'both'
  size?: number
  /** Turns "2분 14초" into a sentence. */
  say?: (time: string) => string
  class?: string
}

/** The time left: a ring, and words that turn red under 30 s without blinking. */
export function Clock(props: ClockProps) {
  const now = () => (props.now ?? Date.now)()
  const [left, setLeft] = createSignal(untrack(() => props.endsAt - now()))
  const timer = setInterval(() => setLeft(props.endsAt - now()), TICK_MS)
  onCleanup(() => clearInterval(timer))
  const seconds = createMemo(() => Math.max(0, Math.ceil(left() / 1000)))
  const words = createMemo(() => (props.say ?? ((time: string) => time))(formatDuration(seconds())))
  const announced = createMemo(() =>
    (ANNOUNCE_AT_S as readonly number[]).includes(seconds()) ? seconds() : null,
  )
  return (
    <span class={cx('inline-flex items-center gap-2', props.class)}>
      <Show when={props.show !== 'text'}>
        <Ring share={props.totalMs > 0 ? left() / props.totalMs : 0} size={props.size} />
      </Show>
      <span
        role="timer"
        class={cx('tn', props.show === 'ring' && 'sr')}
        classList={{ 'text-gochu-ink': seconds() < HURRY_FROM_S }}
      >
        {words()}
      </span>
      <span class="sr" aria-live="polite">
        <Show when={announced()}>{(at) => t('votes.secondsLeft', { seconds: at() })}</Show>
      </span>
    </span>
  )
}
