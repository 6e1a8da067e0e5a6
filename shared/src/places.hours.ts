import { remembered } from './text.ts'

/**
 * Opening hours as OpenStreetMap writes them (https://wiki.openstreetmap.org/wiki/Key:opening_hours), the common part:
 * weekdays, times, "off", 24/7, past midnight, and Korean weekday names. Whatever else a text says makes the whole of it unknown:
 * a wrong "closed" does more harm than no word at all.
 */

export type OpenState =
  | { state: 'open' }
  /** Less than 90 minutes are left. `closesAt` is "HH:MM" of that place's day. */
  | { state: 'closing'; closesAt: string; minutesLeft: number }
  | { state: 'closed' }

/** [from, to) in minutes from that day's midnight; `to` may reach into the next day. Index 0 is Monday. */
export type WeekHours = readonly (readonly (readonly [number, number])[])[]

export const CLOSING_SOON_MINUTES = 90
export const DAY_MINUTES = 1_440
const WEEK_MINUTES = 7 * DAY_MINUTES
const dayNames = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su']
const koreanDays = '월화수목금토일'

/** The state at an instant (ms) in an IANA zone; null when the hours are unknown or can't be read. */
export function openState(hours: string | null, at: number, zone: string): OpenState | null {
  const week = hours === null ? null : parseHours(hours)
  if (!week) return null
  const now = weekMinute(at, zone)
  if (now === null) return null
  const left = minutesLeft(week, now)
  if (left === 0) return { state: 'closed' }
  if (left >= CLOSING_SOON_MINUTES) return { state: 'open' }
  const end = (now + left) % DAY_MINUTES
  const closesAt = `${pad(Math.floor(end / 60))}:${pad(end % 60)}`
  return { state: 'closing', closesAt, minutesLeft: left }
}

const pad = (value: number): string => String(value).padStart(2, '0')

/** Minutes until the last of the touching intervals around `now` ends; 0 when closed, at most a week when always open. */
export function minutesLeft(week: WeekHours, now: number): number {
  const spans = week.flatMap((day, index) =>
    day.map(([from, to]) => [index * DAY_MINUTES + from, index * DAY_MINUTES + to] as const),
  )
  let until = now
  for (let grown = true; grown && until - now < WEEK_MINUTES;) {
    grown = false
    for (const [from, to] of spans) {
      for (const shift of [-WEEK_MINUTES, 0, WEEK_MINUTES]) {
        if (from + shift > until || to + shift <= until) continue
        until = to + shift
        grown = true
      }
    }
  }
  return Math.min(until - now, WEEK_MINUTES)
}

/** Minute of the week (from Monday 00:00) on that zone's clock; null for a zone that the runtime doesn't know. */
export function weekMinute(at: number, zone: string): number | null {
  try {
    const parts = clockOf(zone).formatToParts(at)
    const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? ''
    const day = dayNames.indexOf(part('weekday').slice(0, 2).toLowerCase())
    return day * DAY_MINUTES + Number(part('hour')) * 60 + Number(part('minute'))
  } catch {
    return null
  }
}

/** Making one takes longer than all else here, and a list asks for the same one for each row. Rooms bring the zones that browsers tell. */
const clockOf = remembered(
  (timeZone) =>
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }),
  500,
)

/** The week that a text describes; null when any part of it is not understood. Holiday rules are passed over. */
export function parseHours(text: string): WeekHours | null {
  const plain = normalise(text)
  if (plain === '' || plain.length > 500) return null
  const week: (readonly (readonly [number, number])[])[] = Array.from({ length: 7 }, () => [])
  let rules = 0
  for (const rule of plain.split(';').map((part) => part.trim())) {
    if (rule === '' || /^(ph|sh)\b/.test(rule)) continue
    const parsed = parseRule(rule)
    if (!parsed) return null
    for (const { days, spans } of parsed) for (const day of days) week[day] = spans
    rules++
  }
  return rules === 0 ? null : week
}

function normalise(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[~–—−]|\s*부터\s*/gu, '-')
    .replace(/\s*까지/gu, '')
    .replace(/매일|연중무휴|daily|every ?day/gu, 'mo-su')
    .replace(/평일/gu, 'mo-fr')
    .replace(/주말/gu, 'sa-su')
    .replace(/휴무|정기휴일|쉬어요|쉼|closed/gu, 'off')
    .replace(
      /([월화수목금토일])(?:요일)?(?=[\s,:-]|$)/gu,
      (_, day: string) => dayNames[koreanDays.indexOf(day)] ?? day,
    )
    .replace(/\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*/gu, (name) => name.slice(0, 2))
    .replace(
      /\b(\d{1,2})시(?!간)(?:\s*(\d{1,2})분)?/gu,
      (_, h: string, m?: string) => `${h}:${(m ?? '0').padStart(2, '0')}`,
    )
    .replace(/\s*-\s*/gu, '-')
    .replace(/\s*,\s*/gu, ',')
    .replace(/\s+/gu, ' ')
    .trim()
}

interface Rule {
  days: number[]
  spans: [number, number][]
}

/** One rule, or several joined by commas that each name days; null when it is not understood. */
function parseRule(rule: string): Rule[] | null {
  if (rule === '24/7') return [{ days: everyDay, spans: [[0, DAY_MINUTES]] }]
  const rules: Rule[] = []
  for (const part of rule.split(/(?<=\d|off|시간|hours),(?=[a-z]{2})/u)) {
    const match = /^((?:[a-z]{2}(?:-[a-z]{2})?,?)*):? ?(.*)$/u.exec(part)
    const days = parseDays(match?.[1] ?? '')
    const spans = parseTimes(match?.[2] ?? '')
    if (!days || !spans) return null
    const same = rules.find((known) => known.days.join() === days.join())
    if (same) same.spans.push(...spans)
    else rules.push({ days, spans })
  }
  return rules
}

const everyDay = [0, 1, 2, 3, 4, 5, 6]

function parseDays(text: string): number[] | null {
  const names = text.split(',').filter((name) => name !== '' && name !== 'ph' && name !== 'sh')
  if (names.length === 0) return text === '' ? everyDay : null
  const days = new Set<number>()
  for (const name of names) {
    const [first, last] = name.split('-').map((each) => dayNames.indexOf(each))
    if (first === undefined || first < 0 || (last !== undefined && last < 0)) return null
    for (let day = first; ; day = (day + 1) % 7) {
      days.add(day)
      if (day === (last ?? first)) break
    }
  }
  return [...days]
}

function parseTimes(text: string): [number, number][] | null {
  if (text === 'off') return []
  if (text === '24/7' || text === '24시간' || text === '24 hours') return [[0, DAY_MINUTES]]
  const spans: [number, number][] = []
  for (const span of text.split(',')) {
    const match = /^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/u.exec(span)
    if (!match) return null
    const [h1 = 0, m1 = 0, h2 = 0, m2 = 0] = match.slice(1).map(Number)
    const from = h1 * 60 + m1
    let to = h2 * 60 + m2
    if (m1 > 59 || m2 > 59 || from >= DAY_MINUTES || to > 2 * DAY_MINUTES) return null
    if (to <= from) to += DAY_MINUTES
    spans.push([from, to])
  }
  return spans
}
