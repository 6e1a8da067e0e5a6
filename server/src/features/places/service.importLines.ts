import { Worker } from 'node:worker_threads'
import type { CopyLine } from '#server/platform/db.copy.ts'
import { placeLine } from './repo.import.ts'
import { readPlace, type RowKey, type RowRules } from './service.importRow.ts'

/** A row, and the sum of what it was read from. */
export interface SummedRow {
  row: RowKey
  rowSum: string
}

/** Makes rows into what is written of them; most of it is the texts for search. */
export interface LineMaker {
  /** One after another, in the order of the calls. Rejects when its thread ends before. */
  make(rows: readonly SummedRow[]): Promise<CopyLine>
  close(): Promise<void>
}

/** Fewer are made before a thread would have started. */
const THREAD_FROM = 2_000

export const makeLines = (rows: readonly SummedRow[], rules: RowRules): CopyLine =>
  Buffer.concat(rows.map(({ row, rowSum }) => placeLine({ ...readPlace(row, rules), rowSum })))

/** Works in a thread of its own as soon as there is much to do: the next rows are read meanwhile. */
export function openLineMaker(rules: RowRules): LineMaker {
  let thread: LineMaker | null = null
  return {
    make: async (rows) => {
      if (!thread && rows.length < THREAD_FROM) return makeLines(rows, rules)
      thread ??= startThread(rules)
      return thread.make(rows)
    },
    close: async () => thread?.close(),
  }
}

function startThread(rules: RowRules): LineMaker {
  // What this process was started with (a profiler, a debugger) is meant for its main thread.
  const thread = new Worker(new URL('./service.importThread.ts', import.meta.url), {
    workerData: rules,
    execArgv: [],
    // Rows that are done with are let go of soon, instead of 60 MB later.
    resourceLimits: { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 12 },
  })
  const asked: { resolve: (line: CopyLine) => void; reject: (error: Error) => void }[] = []
  let ended: Error | null = null
  const fail = (error: Error): void => {
    ended ??= error
    for (const each of asked.splice(0)) each.reject(ended)
  }
  thread.on('message', ({ buffer }: Uint8Array<ArrayBuffer>) =>
    asked.shift()?.resolve(Buffer.from(buffer)),
  )
  thread.on('error', fail)
  thread.on('exit', () => fail(new Error('The thread that makes texts ended')))
  return {
    make: (rows) =>
      new Promise((resolve, reject) => {
        if (ended !== null) return reject(ended)
        asked.push({ resolve, reject })
        thread.postMessage(rows)
      }),
    close: async () => {
      await thread.terminate()
    },
  }
}
