import type { Planned } from './policy.script.ts'

/** What is planned, and what was done. Times in ms of one monotonic clock. */
export interface Agenda {
  /** The earlier of two plans for the same act stands. */
  plan(acts: readonly Planned[], nowMs: number): void
  /** Whatever fits is no longer planned. */
  drop(fits: (key: string) => boolean): void
  /** What is due now, in order; it counts as done from here on. */
  take(nowMs: number): Planned[]
  isDone(key: string): boolean
  /** It didn't work out: it may be planned again. */
  undo(key: string): void
}

export function makeAgenda(): Agenda {
  const pending = new Map<string, { planned: Planned; dueMs: number }>()
  const done = new Set<string>()
  return {
    plan: (acts, nowMs) => {
      for (const planned of acts) {
        const dueMs = nowMs + planned.afterMs
        const known = pending.get(planned.key)
        if (done.has(planned.key) || (known && known.dueMs <= dueMs)) continue
        pending.set(planned.key, { planned, dueMs })
      }
    },
    drop: (fits) => {
      for (const key of pending.keys()) if (fits(key)) pending.delete(key)
    },
    take: (nowMs) => {
      const due = [...pending.values()]
        .filter(({ dueMs }) => dueMs <= nowMs)
        .toSorted((a, b) => a.dueMs - b.dueMs)
      for (const { planned } of due) {
        pending.delete(planned.key)
        done.add(planned.key)
      }
      return due.map(({ planned }) => planned)
    },
    isDone: (key) => done.has(key),
    undo: (key) => {
      done.delete(key)
    },
  }
}
