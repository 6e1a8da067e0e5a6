import './field.css'
import { createUniqueId, For, Show, splitProps, type JSX } from 'solid-js'
import { t } from '#client/lib/i18n/i18n.ts'
import { IconButton } from './button.tsx'
import { cx } from './class.ts'
import { Search, X } from './icons.ts'

export interface TextFieldProps extends Omit<
  JSX.InputHTMLAttributes<HTMLInputElement>,
  'onInput' | 'size'
> {
  label: string
  /** Shows the label above; else only readers get it. */
  labelShown?: boolean
  value: string
  onInput: (value: string) => void
  /** What is wrong with it, in words. */
  wrong?: string
  hint?: string
  /** Height in px: 44 in bars, 56 for the one question of a page. Default 48. */
  size?: 44 | 48 | 56
  before?: JSX.Element
  after?: JSX.Element
}

const own = [
  'label',
  'labelShown',
  'onInput',
  'wrong',
  'hint',
  'size',
  'before',
  'after',
  'class',
  'id',
] as const

/** One line of text with its name, hint and what is wrong. */
export function TextField(props: TextFieldProps) {
  const [mine, rest] = splitProps(props, own)
  const id = () => mine.id ?? fallback
  const fallback = createUniqueId()
  return (
    <div class={cx('flex min-w-0 flex-col gap-2', mine.class)}>
      <label for={id()} class={mine.labelShown ? 'px-1 text-13 font-semi text-ink-2' : 'sr'}>
        {mine.label}
      </label>
      <div class="field" data-size={mine.size ?? 48} data-wrong={mine.wrong ? '' : undefined}>
        {mine.before}
        <input
          type="text"
          autocomplete="off"
          {...rest}
          id={id()}
          aria-invalid={mine.wrong ? true : undefined}
          aria-describedby={mine.wrong || mine.hint ? `${id()}-note` : undefined}
          onInput={(event) => mine.onInput(event.currentTarget.value)}
        />
        {mine.after}
      </div>
      <Show when={mine.wrong ?? mine.hint}>
        {(note) => (
          <p
            id={`${id()}-note`}
            class={cx('px-1 text-13', mine.wrong ? 'text-danger-ink' : 'text-ink-2')}
            role={mine.wrong ? 'alert' : undefined}
          >
            {note()}
          </p>
        )}
      </Show>
    </div>
  )
}

/** A field for finding: magnifier, and a cross once something is written. Escape clears it first. */
export function SearchField(props: Omit<TextFieldProps, 'before' | 'after' | 'type'>) {
  return (
    <TextField
      {...props}
      type="search"
      enterkeyhint="search"
      before={<Search size={20} class="flex-none" />}
      after={
        <Show when={props.value !== ''}>
          <IconButton label={t('common.searchClear')} onClick={() => props.onInput('')}>
            <X size={18} />
          </IconButton>
        </Show>
      }
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || props.value === '') return
        event.stopPropagation()
        event.preventDefault()
        props.onInput('')
      }}
    />
  )
}

/** On or off, at once. Told by colour, place of the knob, and outline. */
export function Switch(props: {
  label: string
  checked: boolean
  onChange: (on: boolean) => void
  disabled?: boolean
  describedBy?: string
}) {
  return (
    <button
      type="button"
      role="switch"
      class="switch"
      aria-checked={props.checked}
      aria-label={props.label}
      aria-describedby={props.describedBy}
      disabled={props.disabled}
      onClick={() => props.onChange(!props.checked)}
    >
      <i aria-hidden="true" />
    </button>
  )
}

export interface Option<Value extends string | number> {
  value: Value
  label: string
  icon?: JSX.Element
  disabled?: boolean
}

/** One of few. A radio group: arrows move. */
export function Segmented<Value extends string | number>(props: {
  label: string
  value: Value
  options: readonly Option<Value>[]
  onChange: (value: Value) => void
  class?: string
}) {
  const name = createUniqueId()
  return (
    <div class={cx('seg', props.class)} role="radiogroup" aria-label={props.label}>
      <For each={props.options}>
        {(option) => (
          <label>
            <input
              type="radio"
              class="sr"
              name={name}
              value={option.value}
              checked={option.value === props.value}
              disabled={option.disabled}
              onChange={() => props.onChange(option.value)}
            />
            {option.icon}
            {option.label}
          </label>
        )}
      </For>
    </div>
  )
}

/** A value between two ends. `say` tells it in words ("70%"). */
export function Slider(props: {
  label: string
  value: number
  min?: number
  max?: number
  step?: number
  onChange: (value: number) => void
  say?: (value: number) => string
  disabled?: boolean
}) {
  const min = () => props.min ?? 0
  const max = () => props.max ?? 100
  return (
    <input
      type="range"
      class="slider"
      aria-label={props.label}
      aria-valuetext={props.say?.(props.value)}
      min={min()}
      max={max()}
      step={props.step ?? 1}
      value={props.value}
      disabled={props.disabled}
      style={{ '--v': `${((props.value - min()) / (max() - min())) * 100}%` }}
      onInput={(event) => props.onChange(event.currentTarget.valueAsNumber)}
    />
  )
}

export interface ChipProps extends JSX.ButtonHTMLAttributes<HTMLButtonElement> {
  /** Left out: a chip that acts rather than filters. */
  pressed?: boolean
  look?: 'float' | 'well'
}

/** A small filter or shortcut, 38 high in a 44 target. */
export function Chip(props: ChipProps) {
  const [mine, rest] = splitProps(props, ['pressed', 'look', 'class'])
  return (
    <button
      type="button"
      {...rest}
      class={cx('ch', mine.class)}
      data-look={mine.look ?? 'float'}
      aria-pressed={mine.pressed}
    />
  )
}
