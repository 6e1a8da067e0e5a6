import './vote.css'
import { createEffect, createSignal, For, on, Show, type JSX } from 'solid-js'
import { cx } from './class.ts'
import { Check } from './icons.ts'

export interface VoteButtonProps {
  /** "2번 동일루 고르기": the state is told by aria-pressed. */
  label: string
  chosen: boolean
  onToggle: () => void
  /** Kept on this device until the network is back. */
  waiting?: boolean
  disabled?: boolean
  /** Raise it by one for each refusal: the plate shakes its head once. */
  refusals?: number
}

/** The plate that I sit down at: empty, or filled with a check. Answers on touch; the caller settles and rolls back. */
export function VoteButton(props: VoteButtonProps) {
  const [nudged, setNudged] = createSignal(false)
  createEffect(
    on(
      () => props.refusals ?? 0,
      () => setNudged(true),
      { defer: true },
    ),
  )
  return (
    <button
      type="button"
      class={cx('vote', nudged() && 'nudge')}
      aria-pressed={props.chosen}
      aria-label={props.label}
      data-waiting={props.waiting ? '' : undefined}
      disabled={props.disabled}
      onClick={() => props.onToggle()}
      onAnimationEnd={() => setNudged(false)}
    >
      <Check size={24} stroke-width={2.4} />
    </button>
  )
}

/** "Not for me": a quiet text button beside the plate. */
export function PassButton(props: {
  label: string
  passed: boolean
  onToggle: () => void
  disabled?: boolean
  children: JSX.Element
}) {
  return (
    <button
      type="button"
      class="nope"
      aria-pressed={props.passed}
      aria-label={props.label}
      disabled={props.disabled}
      onClick={() => props.onToggle()}
    >
      {props.children}
    </button>
  )
}

/** Who speaks, as a small moving wave; still with reduced motion. */
export function Wave(props: { class?: string }) {
  return (
    <span class={cx('wave', props.class)} aria-hidden="true">
      <i />
      <i />
      <i />
      <i />
    </span>
  )
}

const BARS = { good: 3, fair: 2, poor: 1, lost: 0 } as const
export type SignalQuality = keyof typeof BARS

/** Three bars of connection quality. `label` says it in words. */
export function SignalBars(props: { quality: SignalQuality; label: string }) {
  return (
    <span class="bars" role="img" aria-label={props.label} data-quality={props.quality}>
      <For each={[1, 2, 3]}>
        {(bar) => <i data-on={BARS[props.quality] >= bar ? '' : undefined} />}
      </For>
    </span>
  )
}

export interface LevelMeterProps {
  /** 0 to 1. */
  level: number
  label: string
  /** Number of steps. Default 12; the dots under the microphone have 5. */
  steps?: number
  dots?: boolean
  class?: string
}

/** How loud it is. A meter, not announced: it would never stop talking. */
export function LevelMeter(props: LevelMeterProps) {
  const steps = () => props.steps ?? (props.dots ? 5 : 12)
  return (
    <span
      class={cx('lvl', props.class)}
      role="meter"
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(Math.min(1, Math.max(0, props.level)) * 100)}
      data-dots={props.dots ? '' : undefined}
    >
      <For each={Array.from({ length: steps() }, (_, step) => step)}>
        {(step) => <i data-on={props.level * steps() > step ? '' : undefined} />}
      </For>
    </span>
  )
}

/** Words that only readers get. */
export function SrOnly(props: { children: JSX.Element; live?: 'polite' | 'assertive' }) {
  return (
    <Show when={props.live} fallback={<span class="sr">{props.children}</span>}>
      {(live) => (
        <span class="sr" aria-live={live()} aria-atomic="true">
          {props.children}
        </span>
      )}
    </Show>
  )
}
