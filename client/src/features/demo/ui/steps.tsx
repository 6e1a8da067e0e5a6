import './steps.css'
import { createSignal, createUniqueId, For, Show } from 'solid-js'
import { t } from '#client/lib/i18n/i18n.ts'
import { Button } from '#client/ui/button.tsx'
import { Check, ChevronDown } from '#client/ui/icons.ts'
import { SrOnly } from '#client/ui/vote.tsx'
import { lessonSteps } from '../state.lesson.ts'
import type { Lesson, LessonStep } from '../state.lesson.ts'

const names = {
  move: 'demo.move',
  follow: 'demo.follow',
  ping: 'demo.ping',
  put: 'demo.put',
  vote: 'demo.vote',
  result: 'demo.result',
} as const

const hintText = (lesson: Lesson): string => {
  const hint = lesson.hint()
  return hint ? t(`demo.${hint}`) : ''
}

/** All steps, done and not done; the next one stands out. */
export function StepList(props: { done: readonly LessonStep[]; next: LessonStep | null }) {
  return (
    <ol class="lesson-steps">
      <For each={lessonSteps}>
        {(step, i) => (
          <li
            data-done={props.done.includes(step) ? '' : undefined}
            aria-current={props.next === step ? 'step' : undefined}
          >
            <Show when={props.done.includes(step)} fallback={<i aria-hidden="true">{i() + 1}</i>}>
              <Check size={16} aria-hidden="true" />
            </Show>
            <span>{t(names[step])}</span>
            <SrOnly>{t(props.done.includes(step) ? 'demo.stepDone' : 'demo.stepOpen')}</SrOnly>
          </li>
        )}
      </For>
    </ol>
  )
}

/** Says to a reader what was done just now, and what comes next. */
function Spoken(props: { lesson: Lesson }) {
  const words = (): string => {
    const next = props.lesson.next()
    const count = props.lesson.done().length
    if (count === 0 || next === null) return ''
    return t('demo.spoken', { count, of: lessonSteps.length, hint: hintText(props.lesson) })
  }
  return <SrOnly live="polite">{words()}</SrOnly>
}

/** Beside the map: the list, and the sentence for the next step. */
export function LessonPanel(props: { lesson: Lesson }) {
  return (
    <section class="lesson" aria-label={t('demo.lesson')}>
      <Show when={!props.lesson.folded()} fallback={<Unfold lesson={props.lesson} />}>
        <StepList done={props.lesson.done()} next={props.lesson.next()} />
        <div class="lesson-line">
          <p>{hintText(props.lesson)}</p>
          <Button look="txt" size={36} onClick={() => props.lesson.fold(true)}>
            {t('demo.skip')}
          </Button>
        </div>
        <Spoken lesson={props.lesson} />
      </Show>
    </section>
  )
}

/** In the sheet's head on the phone: one line, which opens to the list. */
export function LessonStrip(props: { lesson: Lesson }) {
  const [open, setOpen] = createSignal(false)
  const list = createUniqueId()
  const name = (): string => {
    const next = props.lesson.next()
    return next ? t(names[next]) : ''
  }
  return (
    <Show when={!props.lesson.folded() && props.lesson.next()}>
      <section class="lesson" data-strip="" aria-label={t('demo.lesson')}>
        <button
          type="button"
          class="lesson-strip"
          aria-expanded={open()}
          aria-controls={list}
          onClick={() => setOpen(!open())}
        >
          <span class="lesson-count tn" aria-hidden="true">
            {props.lesson.done().length + 1}/{lessonSteps.length}
          </span>
          <span class="lesson-words">
            <b>{name()}</b>
            <small>{hintText(props.lesson)}</small>
          </span>
          <ChevronDown size={18} aria-hidden="true" />
        </button>
        <Spoken lesson={props.lesson} />
        <div id={list}>
          <Show when={open()}>
            <StepList done={props.lesson.done()} next={props.lesson.next()} />
            <Button look="txt" size={36} onClick={() => props.lesson.fold(true)}>
              {t('demo.skip')}
            </Button>
          </Show>
        </div>
      </section>
    </Show>
  )
}

/** What was put away comes back from here. */
export function Unfold(props: { lesson: Lesson }) {
  return (
    <Button look="txt" size={36} onClick={() => props.lesson.fold(false)}>
      {t('demo.unfold', { count: props.lesson.done().length, of: lessonSteps.length })}
    </Button>
  )
}
