import { DAY_MINUTES, minutesLeft, parseHours, weekMinute, type WeekHours } from './places.hours.ts'

const WEEK_MINUTES = 7 * DAY_MINUTES

export interface Opening {
  open: boolean
  /** When that changes: "HH:MM" of that place's clock and the weekday (0 is Monday); null: never. */
  changes: { time: string; day: number; inMinutes: number } | null
  /** Weekday there now, 0 is Monday. */
  today: number
}

const clockOf = (minute: number): string =>
  `${String(Math.floor((minute % DAY_MINUTES) / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** Open or not at an instant (ms) in an IANA zone, and until when; null when the hours are unknown or can't be read. */
export function openingAt(hours: string | null, at: number, zone: string): Opening | null {
  const week = hours === null ? null : parseHours(hours)
  const now = weekMinute(at, zone)
  if (!week || now === null) return null
  const left = minutesLeft(week, now)
  const inMinutes = left > 0 ? left : minutesUntilOpen(week, now)
  const then = now + inMinutes
  return {
    open: left > 0,
    changes:
      inMinutes >= WEEK_MINUTES
        ? null
        : { time: clockOf(then), day: Math.floor(then / DAY_MINUTES) % 7, inMinutes },
    today: Math.floor(now / DAY_MINUTES),
  }
}

/** A week when it never opens. */
function minutesUntilOpen(week: WeekHours, now: number): number {
  const starts = week.flatMap((spans, day) => spans.map(([from]) => day * DAY_MINUTES + from))
  return Math.min(
    WEEK_MINUTES,
    ...starts.map((start) => (start - now + WEEK_MINUTES) % WEEK_MINUTES),
  )
}

export interface HoursRow {
  /** First and last weekday, 0 is Monday. */
  from: number
  to: number
  today: boolean
  /** "HH:MM" each; empty: closed; one of null: all day. */
  spans: ([open: string, close: string] | null)[]
}

/** The week as a table: neighbouring days of equal hours in one row, today in a row of its own. */
export function weekRows(week: WeekHours, today: number): HoursRow[] {
  const rows: HoursRow[] = []
  for (const [day, times] of week.entries()) {
    const row = { from: day, to: day, today: day === today, spans: times.map(spanOf) }
    const last = rows.at(-1)
    if (last && !last.today && !row.today && isSame(last.spans, row.spans)) last.to = day
    else rows.push(row)
  }
  return rows
}

const isSame = (a: HoursRow['spans'], b: HoursRow['spans']): boolean =>
  JSON.stringify(a) === JSON.stringify(b)

const spanOf = ([from, to]: readonly [number, number]): HoursRow['spans'][number] =>
  to - from >= DAY_MINUTES ? null : [clockOf(from), clockOf(to)]
