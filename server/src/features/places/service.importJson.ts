import { type Chunks, parseRow, type ReadRow, ROW_MAX_CHARS } from './service.importRead.ts'

/**
 * The objects of the first array of objects of a JSON document: the features of GeoJSON, the items of a list, or the document
 * itself if it is an array. The document is never parsed as a whole.
 */
export async function* readJsonArray(chunks: Chunks): AsyncGenerator<ReadRow> {
  let depth = 0
  let inString = false
  let escaped = false
  let line = 1
  /** Depth inside the array whose objects are the rows; 0 before it was found. */
  let rowsDepth = 0
  const open: string[] = []
  let row: { line: number; text: string; tooLong: boolean } | null = null
  for await (const chunk of chunks) {
    let from = 0
    for (let i = 0; i < chunk.length; i++) {
      const code = chunk.charCodeAt(i)
      if (code === 10) line++
      if (inString) {
        if (escaped) escaped = false
        else if (code === 92) escaped = true
        else if (code === 34) inString = false
        continue
      }
      if (code === 34) inString = true
      else if (code === 123 || code === 91) {
        const isRow =
          code === 123 &&
          open.at(-1) === '[' &&
          (rowsDepth === 0 ? depth <= 2 : depth === rowsDepth)
        if (isRow && !row) {
          rowsDepth = depth
          row = { line, text: '', tooLong: false }
          from = i
        }
        open.push(code === 123 ? '{' : '[')
        depth++
      } else if (code === 125 || code === 93) {
        open.pop()
        depth--
        if (row && depth === rowsDepth) {
          yield finishRow(row, chunk.slice(from, i + 1))
          row = null
        } else if (rowsDepth > 0 && depth < rowsDepth) {
          if (row) yield { line: row.line, problem: 'broken' }
          return
        }
      }
    }
    if (row) collect(row, chunk.slice(from))
  }
  // Between two rows as well: the rest of a list that is not closed is missing.
  if (row || rowsDepth > 0) yield { line: row?.line ?? line, problem: 'cut_off' }
}

interface OpenRow {
  line: number
  text: string
  tooLong: boolean
}

function collect(row: OpenRow, text: string): void {
  if (row.text.length + text.length > ROW_MAX_CHARS) {
    row.tooLong = true
    row.text = ''
  }
  if (!row.tooLong) row.text += text
}

function finishRow(row: OpenRow, last: string): ReadRow {
  collect(row, last)
  return row.tooLong ? { line: row.line, problem: 'too_long' } : parseRow(row.line, row.text)
}
