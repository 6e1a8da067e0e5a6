import type { Browser, Page } from '@playwright/test'
import { quantile } from './places.measure.ts'

/** What one frame costs the page's main thread. */
export interface Frames {
  /** Script, style and layout together, ms. */
  meanMs: number
  medianMs: number
  /** As the screen was painted; this depends on the machine's graphics. */
  fps: number
  /** Frames with more than 50 ms of script, style and layout. */
  long: number
  count: number
}

const LONG_MS = 50
const PAN_STEPS = 24
const REST_MS = 100
const STEP_PX = { x: 14, y: 5 }
/** Events of the trace that are script, style or layout; what lies within another one is counted once, by the outer. */
const WORK = new Set([
  'EvaluateScript',
  'EventDispatch',
  'FireAnimationFrame',
  'FunctionCall',
  'Layout',
  'RunMicrotasks',
  'TimerFire',
  'UpdateLayoutTree',
  'v8.callFunction',
])

/** Microseconds. */
interface TraceEvent {
  name: string
  ph: string
  ts: number
  dur?: number
  /** On the processor alone: what else a busy machine does is no cost of ours. */
  tdur?: number
  pid: number
  tid: number
  args?: { name?: string }
}

/** Drags the map to and fro with the mouse for so long, letting go after each stroke, and reads from the browser's own trace what its frames cost. */
export async function measurePanning(browser: Browser, page: Page, forMs: number): Promise<Frames> {
  await browser.startTracing(page, {
    categories: [
      '__metadata',
      'devtools.timeline',
      'disabled-by-default-devtools.timeline',
      'disabled-by-default-devtools.timeline.frame',
      'v8',
    ],
  })
  await pan(page, forMs)
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: TraceEvent[]
  }
  return readFrames(mainThread(traceEvents))
}

/** Strokes of 336 × 120 px, each back again, so that the map stays over what was counted. */
export async function pan(page: Page, forMs: number): Promise<void> {
  const until = performance.now() + forMs
  do {
    await stroke(page, 1)
    await stroke(page, -1)
  } while (performance.now() < until)
}

async function stroke(page: Page, way: 1 | -1): Promise<void> {
  const size = page.viewportSize() ?? { width: 0, height: 0 }
  const to = (step: number): [x: number, y: number] => [
    size.width * 0.65 + way * (step - PAN_STEPS / 2) * STEP_PX.x,
    size.height / 2 + way * (step - PAN_STEPS / 2) * STEP_PX.y,
  ]
  await page.mouse.move(...to(0))
  await page.mouse.down()
  for (let step = 1; step <= PAN_STEPS; step++) await page.mouse.move(...to(step))
  // Let go at rest: the map flies nowhere.
  await page.waitForTimeout(REST_MS)
  await page.mouse.up()
}

/** Of the renderer that made the most frames. */
function mainThread(events: readonly TraceEvent[]): TraceEvent[] {
  const keyOf = ({ pid, tid }: TraceEvent): string => `${pid}/${tid}`
  const threads = events.filter(
    ({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain',
  )
  const own = threads.map((thread) => events.filter((event) => keyOf(event) === keyOf(thread)))
  return own.toSorted((a, b) => beginnings(b).length - beginnings(a).length)[0] ?? []
}

const beginnings = (events: readonly TraceEvent[]): number[] =>
  events
    .filter(({ name }) => name === 'BeginMainThreadFrame')
    .map(({ ts }) => ts)
    .toSorted((a, b) => a - b)

function readFrames(events: readonly TraceEvent[]): Frames {
  const begins = beginnings(events)
  const spans = begins.slice(0, -1).map((from, i) => ({ from, to: begins[i + 1] ?? from }))
  if (spans.length === 0) throw new Error('the trace shows no frames')
  let until = 0
  const outer = events
    .filter(({ ph, name }) => ph === 'X' && WORK.has(name))
    .toSorted((a, b) => a.ts - b.ts)
    .filter(({ ts, dur = 0 }) => {
      if (ts < until) return false
      until = ts + dur
      return true
    })
  const work = spans.map(() => 0)
  let at = 0
  for (const { ts, dur = 0, tdur = dur } of outer) {
    while (at < spans.length && ts >= (spans[at]?.to ?? 0)) at++
    if (ts >= (spans[at]?.from ?? Infinity)) work[at] = (work[at] ?? 0) + tdur / 1_000
  }
  const seconds = ((begins.at(-1) ?? 0) - (begins[0] ?? 0)) / 1e6
  return {
    meanMs: work.reduce((sum, ms) => sum + ms, 0) / work.length,
    medianMs: quantile(work, 0.5),
    fps: spans.length / seconds,
    long: work.filter((ms) => ms > LONG_MS).length,
    count: work.length,
  }
}
