/** The thread of service.importLines.ts: a list of rows in, the bytes of their lines out. */
import { parentPort, workerData } from 'node:worker_threads'
import { makeLines, type SummedRow } from './service.importLines.ts'
import type { RowRules } from './service.importRow.ts'

const rules = workerData as RowRules
parentPort?.on('message', (rows: SummedRow[]) => {
  // A copy of its own: what is transferred is gone here, and small buffers are parts of a shared one.
  const bytes = new Uint8Array(makeLines(rows, rules))
  parentPort?.postMessage(bytes, [bytes.buffer])
})
