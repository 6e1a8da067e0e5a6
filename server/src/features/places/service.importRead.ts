/**
 * Readers of place files as streams: memory stays flat whatever the file's size, and a broken row costs only itself.
 * Lines are counted from 1 as an editor shows them.
 */

export type ReadRow =
  | { line: number; value: unknown }
  | { line: number; problem: 'broken' | 'too_long' | 'cut_off' }
  /** So many more elements were seen that are no rows. */
  | { passedOver: number }

/** A row longer than this is no place. */
export const ROW_MAX_CHARS = 256 * 1_024
/** A quote that doesn't close within so many lines is a broken quote, not a long field. */
const CSV_RECORD_LINES = 20

export type Chunks = AsyncIterable<string> | Iterable<string>

interface Line {
  line: number
  /** Null: longer than ROW_MAX_CHARS; its text was let go. */
  text: string | null
}

async function* readLines(chunks: Chunks): AsyncGenerator<Line> {
  let rest = ''
  let overlong = false
  let line = 0
  for await (const chunk of chunks) {
    const parts = (rest + chunk).split('\n')
    rest = parts.pop() ?? ''
    for (const part of parts) {
      line++
      const text = overlong || part.length > ROW_MAX_CHARS ? null : part.replace(/\r$/, '')
      overlong = false
      yield { line, text }
    }
    if (rest.length > ROW_MAX_CHARS) {
      overlong = true
      rest = ''
    }
  }
  if (rest !== '' || overlong)
    yield { line: line + 1, text: overlong ? null : rest.replace(/\r$/, '') }
}

/** One JSON value a line. */
export async function* readNdjson(chunks: Chunks): AsyncGenerator<ReadRow> {
  for await (const { line, text } of readLines(chunks)) {
    if (text === null) yield { line, problem: 'too_long' }
    else if (withoutSeparator(text).trim() !== '') yield parseRow(line, withoutSeparator(text))
  }
}

/** RFC 8142 puts a record separator before each value. */
function withoutSeparator(text: string): string {
  return text.charCodeAt(0) === 0x1e ? text.slice(1) : text
}

export function parseRow(line: number, text: string): ReadRow {
  try {
    return { line, value: JSON.parse(text) as unknown }
  } catch {
    return { line, problem: 'broken' }
  }
}

/** RFC 4180 with a header line; the delimiter is the one that the header holds most of: comma, semicolon or tab. */
export async function* readCsv(chunks: Chunks): AsyncGenerator<ReadRow> {
  let header: string[] | null = null
  let delimiter = ','
  const waiting: Line[] = []
  const lines = readLines(chunks)
  for (;;) {
    const first = waiting.shift() ?? (await nextOf(lines))
    if (!first) return
    if (first.text === null) yield { line: first.line, problem: 'too_long' }
    // Without its header nothing below means anything.
    if (first.text === null && !header) return
    if (first.text === null || first.text.trim() === '') continue
    if (!header) delimiter = delimiterOf(first.text)
    const record = await readRecord(
      { first: first.text, delimiter, columns: header?.length },
      waiting,
      lines,
    )
    // The lines after a broken quote are rows of their own: they stay in `waiting`.
    if (!record) yield { line: first.line, problem: 'broken' }
    else {
      waiting.splice(0, record.extra)
      if (!header) header = record.cells.map((cell) => cell.trim())
      else yield { line: first.line, value: rowOf(header, record.cells) }
    }
  }
}

const rowOf = (header: readonly string[], cells: readonly string[]): Record<string, string> =>
  Object.fromEntries(header.map((name, i) => [name, cells[i] ?? '']))

async function nextOf(lines: AsyncGenerator<Line>): Promise<Line | undefined> {
  const { value, done } = await lines.next()
  return done ? undefined : value
}

function delimiterOf(header: string): string {
  const counts = [',', ';', '\t'].map((each) => [header.split(each).length, each] as const)
  return counts.toSorted((a, b) => b[0] - a[0])[0]?.[1] ?? ','
}

interface RecordStart {
  first: string
  delimiter: string
  /** As many cells make a row; the header may have any number. */
  columns: number | undefined
}

/** The cells of one record and how many waiting lines it takes; null when a quote is broken, or the cells are not as many as the header's. */
async function readRecord(
  { first, delimiter, columns }: RecordStart,
  waiting: Line[],
  lines: AsyncGenerator<Line>,
): Promise<{ cells: string[]; extra: number } | null> {
  let text = first
  for (let extra = 0; ; extra++) {
    const cells = splitCsv(text, delimiter)
    if (cells === null) return null
    if (cells !== 'open')
      return columns === undefined || cells.length === columns ? { cells, extra } : null
    if (extra >= CSV_RECORD_LINES || text.length > ROW_MAX_CHARS) return null
    if (waiting.length <= extra) {
      const more = await nextOf(lines)
      if (!more) return null
      waiting.push(more)
    }
    const next = waiting[extra]?.text
    if (next === null || next === undefined) return null
    text += `\n${next}`
  }
}

/**
 * Null when a quote stands where none may: `"a"b`; 'open' when one doesn't close. In a cell that doesn't begin with one a quote is a
 * letter like any other: `5" 피자`.
 */
function splitCsv(text: string, delimiter: string): string[] | 'open' | null {
  const cells: string[] = []
  for (let at = 0; at <= text.length;) {
    if (text[at] !== '"') {
      const end = text.indexOf(delimiter, at)
      cells.push(text.slice(at, end < 0 ? text.length : end))
      at = end < 0 ? text.length + 1 : end + 1
      continue
    }
    let end = at + 1
    while (text[end] !== '"' || text[end + 1] === '"') {
      if (end >= text.length) return 'open'
      end += text[end] === '"' ? 2 : 1
    }
    cells.push(text.slice(at + 1, end).replaceAll('""', '"'))
    if (end + 1 < text.length && text[end + 1] !== delimiter) return null
    at = end + 2
    if (end + 1 === text.length) break
  }
  return cells
}
