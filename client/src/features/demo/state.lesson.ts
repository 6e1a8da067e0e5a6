import { createEffect, createMemo, createSignal } from 'solid-js'
import type { Accessor } from 'solid-js'
import { keep, readKept } from '../../lib/storage.ts'

/** What is learned on Bap Island, in the order in which it is offered; each may be done at any time. */
export const lessonSteps = ['move', 'follow', 'ping', 'put', 'vote', 'result'] as const
export type LessonStep = (typeof lessonSteps)[number]

/** What the person has really done; never what they were shown. */
export type LessonFacts = Record<LessonStep, boolean>

/** What the room is about now, as far as the next sentence depends on it. */
export interface LessonScene {
  /** A vote is on. */
  voting: boolean
  /** Two places stand: a vote may begin. */
  enough: boolean
  /** My map shows what somebody else looks at. */
  following: boolean
  /** Fingers, no mouse. */
  touch: boolean
}

export type LessonHint =
  | 'moveTouch'
  | 'moveMouse'
  | 'followHint'
  | 'pingTouch'
  | 'pingMouse'
  | 'putHint'
  | 'putStop'
  | 'putTwo'
  | 'voteStart'
  | 'votePlate'
  | 'resultWait'

/** The steps done by now: what was done stays so. */
export function doneWith(before: readonly LessonStep[], facts: LessonFacts): LessonStep[] {
  return lessonSteps.filter((step) => before.includes(step) || facts[step])
}

/** What is offered next; a vote that is on waits for nobody else. Null: all is done. */
export function nextStep(done: readonly LessonStep[], voting: boolean): LessonStep | null {
  if (voting && !done.includes('vote')) return 'vote'
  return lessonSteps.find((step) => !done.includes(step)) ?? null
}

/** One short sentence: what to do now, and where. */
export function hintOf(
  step: LessonStep,
  { voting, enough, following, touch }: LessonScene,
): LessonHint {
  switch (step) {
    case 'move':
      return touch ? 'moveTouch' : 'moveMouse'
    case 'follow':
      return 'followHint'
    case 'ping':
      return touch ? 'pingTouch' : 'pingMouse'
    case 'put':
      // Under a map that goes elsewhere no tap finds its place.
      return following ? 'putStop' : 'putHint'
    case 'vote':
      return voting ? 'votePlate' : enough ? 'voteStart' : 'putTwo'
    case 'result':
      return voting ? 'resultWait' : 'voteStart'
  }
}

interface KeptLesson {
  /** Of the room it is about: another room is another lesson. */
  code: string
  done: LessonStep[]
  /** Put away by the person. */
  folded: boolean
}

export const LESSON_KEY = 'bapmap.lesson'
const isStep = (value: unknown): value is LessonStep => lessonSteps.some((step) => step === value)

function isLesson(value: unknown): value is KeptLesson {
  if (typeof value !== 'object' || value === null) return false
  const { code, done, folded } = value as Partial<Record<keyof KeptLesson, unknown>>
  return (
    typeof code === 'string' &&
    Array.isArray(done) &&
    done.every(isStep) &&
    typeof folded === 'boolean'
  )
}

function readLesson(code: string): KeptLesson {
  const kept = readKept(LESSON_KEY, isLesson)
  return kept?.code === code ? kept : { code, done: [], folded: false }
}

/** What was done in the room that this decision was made in, its result included. */
export function learnedIn(code: string): LessonStep[] {
  return doneWith([...readLesson(code).done, 'result'], noFacts)
}
const noFacts = Object.fromEntries(lessonSteps.map((step) => [step, false])) as LessonFacts

export interface Lesson {
  done: Accessor<readonly LessonStep[]>
  /** Null: all is done. */
  next: Accessor<LessonStep | null>
  hint: Accessor<LessonHint | null>
  folded: Accessor<boolean>
  fold(folded: boolean): void
}

/** The lesson of one room, kept on this device. Must be created under an owner. */
export function createLesson(
  code: string,
  facts: Accessor<LessonFacts>,
  scene: Accessor<LessonScene>,
): Lesson {
  const kept = readLesson(code)
  const [folded, fold] = createSignal(kept.folded)
  const done = createMemo<LessonStep[]>((before) => doneWith(before, facts()), kept.done, {
    equals: (a, b) => a.length === b.length,
  })
  const next = createMemo(() => nextStep(done(), scene().voting))
  createEffect(() => keep(LESSON_KEY, { code, done: done(), folded: folded() }))
  return {
    done,
    next,
    hint: createMemo(() => {
      const step = next()
      return step && hintOf(step, scene())
    }),
    folded,
    fold: (on) => void fold(on),
  }
}
