import type { ImportReport } from '#server/features/places/service.import.ts'
import { say } from './say.ts'

/** Where nothing can be written over, a line at such distances. */
const LINE_MS = 5_000

const count = (value: number): string => Math.round(value).toLocaleString('en')

/** "1 min 20 s". */
export function durationText(ms: number): string {
  const whole = Math.round(ms / 1_000)
  if (whole < 60) return `${whole} s`
  const [minutes, rest] = [Math.floor(whole / 60), whole % 60]
  if (minutes < 60) return `${minutes} min ${rest} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** Share, rows, rate and time left, on one line that is written over; `bytesInAll` may be read more than once. */
export function makeProgress(bytesInAll: number) {
  const since = performance.now()
  let bytes = 0
  let told = since
  const elapsed = (): number => performance.now() - since
  // Rows that an earlier import stored are only counted.
  const rate = ({ rows, continuedAfter }: ImportReport): string =>
    `${count((Math.max(0, rows - continuedAfter) * 1_000) / Math.max(1, elapsed()))} rows/s`
  const lineOf = (report: ImportReport): string => {
    const share = Math.min(1, bytes / bytesInAll)
    const left = share > 0 ? durationText((elapsed() * (1 - share)) / share) : '?'
    const filled = '█'.repeat(Math.round(share * 24)).padEnd(24, '░')
    return `${filled} ${Math.round(share * 100)} %  ${count(report.rows)} rows  ${rate(report)}  ${left} left`
  }
  let continued = false
  return {
    read: (more: number) => void (bytes += more),
    show: (report: ImportReport) => {
      if (report.continuedAfter > 0 && !continued) {
        continued = true
        say(
          `continuing after row ${count(report.continuedAfter)}, where an earlier import stopped (--again starts anew)`,
        )
      }
      if (process.stderr.isTTY) process.stderr.write(`\r  ${lineOf(report)}\u001b[K`)
      else if (performance.now() - told > LINE_MS) {
        told = performance.now()
        say(lineOf(report))
      }
    },
    end: (report: ImportReport) => {
      if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
      say(`${count(report.rows)} rows in ${(elapsed() / 1_000).toFixed(1)} s, ${rate(report)}`)
    },
  }
}
