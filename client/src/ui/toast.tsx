import './toast.css'
import { createSignal, Show } from 'solid-js'
import { Portal } from 'solid-js/web'

/*
 * One toast at a time: a new one takes the place of the last, but news without an act waits until an act (undo) had its
 * time. With an act it stays 6 s, without 4 s; a pointer or focus on it holds it. Two live regions stand ready from the
 * start, since a region that comes with its text isn't read by all: `status` for what happened, `alert` for refusals.
 */

const STAYS_MS = 4_000
const STAYS_WITH_ACT_MS = 6_000

export interface ToastAct {
  label: string
  run: () => void
}

interface Shown {
  id: number
  text: string
  act?: ToastAct
  refusal: boolean
}

const [shown, setShown] = createSignal<Shown | null>(null)
let timer: ReturnType<typeof setTimeout> | undefined
let next: Shown | null = null
let lastId = 0

function armTimer(toast: Shown): void {
  clearTimeout(timer)
  timer = setTimeout(() => dismissToast(toast.id), toast.act ? STAYS_WITH_ACT_MS : STAYS_MS)
}

function show(text: string, refusal: boolean, act?: ToastAct): number {
  const toast = { id: ++lastId, text, refusal, act }
  if (shown()?.act && !act && !refusal) next = toast
  else present(toast)
  return toast.id
}

function present(toast: Shown): void {
  setShown(toast)
  armTimer(toast)
}

/** Says what happened, with at most one act such as undo. Returns an id for `dismissToast`. */
export function showToast(text: string, act?: ToastAct): number {
  return show(text, false, act)
}

/** Says that something was refused and why; read at once. */
export function showRefusal(text: string, act?: ToastAct): number {
  return show(text, true, act)
}

/** Takes the toast away, if it is still that one or waits; without an id all of them. */
export function dismissToast(id?: number): void {
  if (id === undefined || next?.id === id) next = null
  if (id !== undefined && shown()?.id !== id) return
  clearTimeout(timer)
  const waiting = next
  next = null
  if (waiting) present(waiting)
  else setShown(null)
}

function ToastBox(props: { toast: Shown }) {
  return (
    <div
      class="toast"
      onPointerEnter={() => clearTimeout(timer)}
      onPointerLeave={() => armTimer(props.toast)}
      onFocusIn={() => clearTimeout(timer)}
      onFocusOut={() => armTimer(props.toast)}
    >
      <span>{props.toast.text}</span>
      <Show when={props.toast.act}>
        {(act) => (
          <button
            type="button"
            onClick={() => {
              dismissToast(props.toast.id)
              act().run()
            }}
          >
            {act().label}
          </button>
        )}
      </Show>
    </div>
  )
}

/**
 * Where toasts appear: once, in the shell. `--toast-bottom` on the root says how high the dock below them is;
 * `--toast-inset` names another place where they cover nothing.
 */
export function Toaster() {
  const of = (refusal: boolean) => () => {
    const toast = shown()
    return toast?.refusal === refusal ? toast : null
  }
  return (
    <Portal>
      {/* kept usable beside an open dialog */}
      <div class="toasts" data-kb-top-layer>
        <output class="contents">
          <Show when={of(false)()} keyed>
            {(toast) => <ToastBox toast={toast} />}
          </Show>
        </output>
        <div role="alert" class="contents">
          <Show when={of(true)()} keyed>
            {(toast) => <ToastBox toast={toast} />}
          </Show>
        </div>
      </div>
    </Portal>
  )
}
