import './sheet.css'
import {
  createEffect,
  createMemo,
  createSignal,
  onCleanup,
  onMount,
  Show,
  type JSX,
} from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { t } from '#client/lib/i18n/i18n.ts'
import { cx } from './class.ts'
import { createSheetDrag } from './sheet.drag.ts'
import { nextStop, sheetTops, stepStop, type SheetStop } from './sheet.stops.ts'

export type { SheetStop } from './sheet.stops.ts'

export interface BottomSheetProps {
  /** What it holds, such as "목록": said with the stop. */
  label: string
  stop: SheetStop
  onStop: (stop: SheetStop) => void
  /** Stands still above the list; drags move the sheet. */
  head?: JSX.Element
  children: JSX.Element
  /** Share of the window's height at which the half stop has its top. Default 0.505; 0.435 in a run-off. */
  halfShare?: number
  /** The half stop rises as far as its content needs, so that nothing of it lies under the dock. */
  fit?: boolean
  /** How much of the window's bottom it covers, px, at each rest: the map fits into what is left. `leastPx`: at the lowest. */
  onCover?: (px: number, leastPx: number) => void
  /** Default main: the list is the equal of the map. */
  as?: 'main' | 'section'
  class?: string
}

const STOP_TEXT = {
  peek: 'common.sheetPeek',
  half: 'common.sheetHalf',
  full: 'common.sheetFull',
} as const
const WHEEL_REST_MS = 400

function createWindowSize() {
  const measure = () => ({
    height: window.innerHeight,
    rem: Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16,
  })
  const [size, setSize] = createSignal(measure())
  const onResize = () => setSize(measure())
  window.addEventListener('resize', onResize)
  onCleanup(() => window.removeEventListener('resize', onResize))
  return size
}

interface SheetParts {
  head: HTMLElement | undefined
  body: HTMLElement | undefined
  flow: HTMLElement | undefined
}
const GRAB_PX = 20

/** What grab, head, content and the room for the dock take, px; 0 while nobody asks. */
function createContentHeight(wanted: () => boolean, parts: () => SheetParts) {
  const [height, setHeight] = createSignal(0)
  createEffect(() => {
    if (!wanted()) return void setHeight(0)
    const { head, body, flow } = parts()
    if (!body || !flow) return
    const measure = () => {
      const dock = Number.parseFloat(getComputedStyle(body).paddingBottom) || 0
      setHeight(GRAB_PX + (head?.offsetHeight ?? 0) + flow.offsetHeight + dock)
    }
    const observer = new ResizeObserver(measure)
    observer.observe(flow)
    if (head) observer.observe(head)
    onCleanup(() => observer.disconnect())
  })
  return height
}

/** The phone's sheet over the map, with three stops: peek, half, full. */
export function BottomSheet(props: BottomSheetProps) {
  const size = createWindowSize()
  let root: HTMLElement | undefined
  let head: HTMLElement | undefined
  let body: HTMLElement | undefined
  let flow: HTMLElement | undefined
  const content = createContentHeight(
    () => props.fit ?? false,
    () => ({ head, body, flow }),
  )
  const tops = createMemo(() => sheetTops(size().height, size().rem, props.halfShare, content()))
  let rising = true
  let wheelAt = 0

  const drag = createSheetDrag({
    root: () => root,
    body: () => body,
    stop: () => props.stop,
    tops,
    onSettle: (stop) => props.onStop(stop),
  })
  onMount(() => root && drag.listen(root))
  const covers = (stop: SheetStop): number => Math.max(0, size().height - tops()[stop])
  createEffect(() => props.onCover?.(covers(props.stop), covers('peek')))
  // below full the list stands at its top, or rows would be hidden with no way to scroll to them
  createEffect(() => {
    if (props.stop !== 'full' && body) body.scrollTop = 0
  })

  const where = () => t('common.sheetAt', { name: props.label, stop: t(STOP_TEXT[props.stop]) })
  const cycle = () => {
    const next = nextStop(props.stop, rising)
    rising = next.rising
    props.onStop(next.stop)
  }
  const byKey = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
    event.preventDefault()
    props.onStop(stepStop(props.stop, event.key === 'ArrowUp' ? 1 : -1))
  }
  const byWheel = (event: WheelEvent) => {
    const up = props.stop === 'full' ? (body?.scrollTop ?? 0) <= 0 && event.deltaY < 0 : true
    if (!up || event.timeStamp < wheelAt + WHEEL_REST_MS || event.deltaY === 0) return
    wheelAt = event.timeStamp
    props.onStop(stepStop(props.stop, event.deltaY > 0 ? 1 : -1))
  }
  /** What gets the focus must be seen: rows below the window's edge are reached at the full stop only. */
  const showFocused = (event: FocusEvent) => {
    if (!body || props.stop === 'full' || !body.contains(event.target as Node)) return
    const covered = Number.parseFloat(getComputedStyle(body).paddingBottom) || 0
    const visible = size().height - covered
    if ((event.target as Element).getBoundingClientRect().bottom > visible) props.onStop('full')
  }

  return (
    <Dynamic
      component={props.as ?? 'main'}
      ref={(element: HTMLElement) => (root = element)}
      class={cx('sheet', props.class)}
      data-stop={props.stop}
      data-dragging={drag.dragged() === null ? undefined : ''}
      style={{
        '--top': `${drag.dragged() ?? tops()[props.stop]}px`,
        '--full-top': `${tops().full}px`,
      }}
      aria-label={props.label}
      onWheel={byWheel}
      onFocusIn={showFocused}
    >
      <button
        type="button"
        class="grab"
        aria-label={t('common.sheetGrab', { name: props.label, stop: t(STOP_TEXT[props.stop]) })}
        onClick={cycle}
        onKeyDown={byKey}
      />
      <span class="sr" aria-live="polite">
        {where()}
      </span>
      <Show when={props.head}>
        {(shown) => (
          <div class="sheet-head" ref={(element) => (head = element)}>
            {shown()}
          </div>
        )}
      </Show>
      <div class="sheet-body noscroll" ref={(element) => (body = element)}>
        <div ref={(element) => (flow = element)}>{props.children}</div>
      </div>
    </Dynamic>
  )
}

/** From the tablet on: the list beside the map. */
export function SidePanel(props: {
  label: string
  head?: JSX.Element
  footer?: JSX.Element
  as?: 'main' | 'section'
  class?: string
  children: JSX.Element
}) {
  return (
    <Dynamic
      component={props.as ?? 'main'}
      class={cx('panel', props.class)}
      aria-label={props.label}
    >
      {props.head}
      <div class="panel-body">{props.children}</div>
      <Show when={props.footer}>{(footer) => <footer>{footer()}</footer>}</Show>
    </Dynamic>
  )
}
