import { readFile } from 'node:fs/promises'
import { SourceMap } from 'node:module'
import { join, resolve } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { AppError } from '#shared/errors.ts'
import { newErrorId } from '../platform/id.ts'
import { type Log, redactUrl } from '../platform/log.ts'
import type { Metrics } from '../platform/metrics.ts'
import type { LimitRule, RateLimit } from '../platform/rateLimit.ts'

const BODY_BYTES = 16 * 1_024
const FRAMES = 30
/** A page in a loop, or someone who wants to fill the disk: enough to see what is wrong, little to keep. */
const PER_ADDRESS: LimitRule = { name: 'browser-errors', points: 30, perSeconds: 60 }
const ALL: LimitRule = { name: 'browser-errors-all', points: 600, perSeconds: 60 }

/** Unknown fields are dropped: what isn't here is never logged. */
const reportSchema = z.object({
  id: z
    .string()
    .regex(/^[a-z2-7]{10}$/)
    .optional(),
  name: z.string().max(100),
  message: z.string().max(500),
  stack: z.string().max(4_000).default(''),
  path: z.string().max(200).default(''),
})

export interface BrowserErrorDeps {
  clientDir: string
  log: Log
  metrics: Metrics
  rateLimit: RateLimit
}

/**
 * `POST /errors`: an unexpected error of a browser goes to the log under the id that its page shows; the answer is the id.
 * Stacks are told in our sources' lines through the build's hidden maps. No address, cookie, person or room is kept.
 */
export function mountBrowserErrors(
  app: FastifyInstance,
  { clientDir, log, metrics, rateLimit }: BrowserErrorDeps,
): void {
  const sourceOf = makeSourceOf(resolve(clientDir))
  app.post('/errors', { bodyLimit: BODY_BYTES }, async (request, reply) => {
    await rateLimit.limit(request.ip, PER_ADDRESS)
    await rateLimit.limit('all', ALL)
    const report = reportSchema.safeParse(request.body)
    if (!report.success)
      throw new AppError('bad_input', {
        fields: report.error.issues.map((issue) => issue.path.join('.')),
      })
    const { id = newErrorId(), name, message, stack, path } = report.data
    metrics.unexpected.inc({ where: 'browser' })
    const frames = await Promise.all(
      stack
        .split('\n')
        .slice(0, FRAMES)
        .map((line) => sourceOf(line)),
    )
    log.error(
      {
        errorId: id,
        kind: 'browser',
        page: plain(path),
        error: { type: plain(name), message: plain(message), stack: frames.map(plain).join('\n') },
      },
      'unexpected error in a browser',
    )
    return reply.header('cache-control', 'no-store').send({ id })
  })
}

/** Whatever the page forgot to take out: room codes, queries, fragments, mail addresses; and line breaks that would forge log lines in a console. */
function plain(text: string): string {
  return redactUrl(text)
    .replace(/[?#][^\s:)"']*/g, '')
    .replace(/[\w.+-]+@[\w-]+\.[\w.-]+/g, '[redacted]')
    .replace(/[\p{Cc}]+/gu, ' ')
}

/** `at f (https://host/assets/x-HASH.js:1:234)` and `f@https://host/assets/x-HASH.js:1:234` */
const FRAME = /https?:\/\/[^/\s]+\/(assets\/[\w.-]+\.js):(\d+):(\d+)/

/** Turns the built place of a stack's line into that of our source; lines without one stay. */
function makeSourceOf(root: string): (line: string) => Promise<string> {
  const maps = new Map<string, Promise<SourceMap | null>>()
  const mapOf = (file: string): Promise<SourceMap | null> => {
    const known = maps.get(file)
    if (known) return known
    const read = readFile(join(root, `${file}.map`), 'utf8')
      .then((text) => {
        // Only files of the build are kept, so that made-up names can't fill the memory.
        maps.set(file, read)
        return new SourceMap(JSON.parse(text))
      })
      .catch(() => null)
    return read
  }
  return async (line) => {
    const [place, file, row, column] = FRAME.exec(line) ?? []
    if (!place || !file) return line
    const entry = (await mapOf(file))?.findEntry(Number(row) - 1, Number(column) - 1)
    if (!entry || !('originalSource' in entry))
      return line.replace(place, `${file}:${row}:${column}`)
    const source = entry.originalSource.replace(/^(?:\.\.\/)+/, '')
    return line.replace(place, `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`)
  }
}
