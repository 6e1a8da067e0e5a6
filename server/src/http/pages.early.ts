import type { FastifyReply, FastifyRequest } from 'fastify'
import { callTRPCProcedure } from '@trpc/server'
import type { RpcDeps } from './rpc.ts'
import { type Settings, SETTINGS_PATH } from './settings.ts'

/** One answer that comes with the page: what the client would ask first, under the name it would ask it by. */
export interface EarlyAnswer {
  path: string
  input?: unknown
  data: unknown
}

/** Asks one query as the person who asks for the page, with the same access rules and limits as over `/trpc`. */
export type AskEarly = (path: string, input?: unknown) => Promise<unknown>

/** Which files of the page will be needed (a name in preloads.json). */
export interface EarlyWish {
  part: string
}

/** Asks what a page will read; what was answered until it ends, throws or takes too long is sent along. */
export type EarlyOf = (
  params: Record<string, string>,
  ask: AskEarly,
) => Promise<EarlyWish | undefined>

export interface Early extends Partial<EarlyWish> {
  answers: EarlyAnswer[]
}

/** A page waits no longer than this for its answers: by then its code had better be on the way. */
const LONGEST_MS = 1_000

/**
 * Browsers say so when they open a page (over https and on localhost). Crawlers of messengers don't: to them a page says no more than
 * its head, and nothing is read for them.
 */
const isOpened = (request: FastifyRequest): boolean =>
  request.headers['sec-fetch-dest'] === 'document'

/** Answers with a page what its code would ask a round trip later. Never fails: what is missing is asked by the client itself, which then hears why. */
export function makeEarly(data: Settings, rpc: Pick<RpcDeps, 'router' | 'contextOfRequest'>) {
  const settings: EarlyAnswer = { path: SETTINGS_PATH, data }
  return async (
    request: FastifyRequest<{ Params: Record<string, string> }>,
    reply: FastifyReply,
    earlyOf: EarlyOf,
  ): Promise<Early | null> => {
    if (!isOpened(request)) return null
    const late = AbortSignal.timeout(LONGEST_MS)
    const answers = [settings]
    const read = async (): Promise<EarlyWish | undefined> => {
      const ctx = await rpc.contextOfRequest(request, reply, late)
      return earlyOf(request.params, async (path, input) => {
        const data: unknown = await callTRPCProcedure({
          router: rpc.router,
          path,
          getRawInput: async () => input,
          ctx,
          type: 'query',
          signal: late,
          batchIndex: 0,
        })
        if (!late.aborted) answers.push({ path, ...(input !== undefined && { input }), data })
        return data
      })
    }
    const wish = await Promise.race([read().catch(() => undefined), untilAborted(late)])
    return { answers, ...wish }
  }
}

function untilAborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) =>
    signal.addEventListener('abort', () => resolve(undefined), { once: true }),
  )
}

/** Data for the page's code; no browser runs it, so the policy against inline scripts holds. */
export function earlyTag({ answers }: Early): string {
  const text = JSON.stringify(answers).replace(/</g, '\\u003c')
  return `<script type="application/json" id="early">${text}</script>`
}
