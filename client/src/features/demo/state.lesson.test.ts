import { createRoot, createSignal } from 'solid-js'
import { beforeEach, expect, test } from 'vitest'
import { createLesson, doneWith, hintOf, learnedIn, lessonSteps, nextStep } from './state.lesson.ts'
import type { LessonFacts } from './state.lesson.ts'

const nothing: LessonFacts = {
  move: false,
  follow: false,
  ping: false,
  put: false,
  vote: false,
  result: false,
}
const quiet = { voting: false, enough: true, following: false, touch: false }

beforeEach(() => localStorage.clear())

test('steps are done in any order, and stay done when what did them is over', () => {
  const first = doneWith([], { ...nothing, ping: true })
  expect(first).toEqual(['ping'])
  expect(doneWith(first, { ...nothing, follow: true })).toEqual(['follow', 'ping'])
  expect(doneWith(['follow', 'ping'], nothing)).toEqual(['follow', 'ping'])
})

test('the first that is left is next; a vote that is on comes before', () => {
  expect(nextStep([], false)).toBe('move')
  expect(nextStep(['move', 'ping'], false)).toBe('follow')
  expect(nextStep(['move'], true)).toBe('vote')
  expect(nextStep(['move', 'vote'], true)).toBe('follow')
  expect(nextStep(lessonSteps, false)).toBeNull()
})

test('the sentence fits the hand and the room', () => {
  expect(hintOf('ping', quiet)).toBe('pingMouse')
  expect(hintOf('ping', { ...quiet, touch: true })).toBe('pingTouch')
  expect(hintOf('put', quiet)).toBe('putHint')
  expect(hintOf('put', { ...quiet, following: true })).toBe('putStop')
  expect(hintOf('vote', { ...quiet, enough: false })).toBe('putTwo')
  expect(hintOf('vote', quiet)).toBe('voteStart')
  expect(hintOf('vote', { ...quiet, voting: true })).toBe('votePlate')
  // A vote that ended with nothing decided is begun anew.
  expect(hintOf('result', quiet)).toBe('voteStart')
  expect(hintOf('result', { ...quiet, voting: true })).toBe('resultWait')
})

test('a reload goes on where it was; another room begins anew; the result knows what was learned', async () => {
  const [facts, setFacts] = createSignal(nothing)
  const open = (code: string) =>
    createRoot((dispose) => ({ lesson: createLesson(code, facts, () => quiet), dispose }))
  const here = open('AAAA')
  setFacts({ ...nothing, follow: true })
  setFacts({ ...nothing, put: true })
  here.lesson.fold(true)
  await Promise.resolve()
  expect([here.lesson.done(), here.lesson.next()]).toEqual([['follow', 'put'], 'move'])
  here.dispose()
  setFacts(nothing)
  const again = open('AAAA')
  expect([again.lesson.done(), again.lesson.folded()]).toEqual([['follow', 'put'], true])
  expect(learnedIn('AAAA')).toEqual(['follow', 'put', 'result'])
  again.dispose()
  const other = open('BBBB')
  expect([other.lesson.done(), other.lesson.folded()]).toEqual([[], false])
  other.dispose()
})

test('what was kept by hand or by another release is nothing', () => {
  localStorage.setItem('bapmap.lesson', '{"code":"AAAA","done":["fly"],"folded":false}')
  expect(learnedIn('AAAA')).toEqual(['result'])
})
