import { TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import type { AppError, ErrorCode, WireError } from '#shared/errors.ts'
import { ZodError } from 'zod'
import { httpStatusOfCode, refusalIn, unexpectedIdOf, wireOf } from '../platform/failures.ts'

type TrpcCode = TRPCError['code']

const codesByStatus: Record<number, TrpcCode> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  429: 'TOO_MANY_REQUESTS',
  500: 'INTERNAL_SERVER_ERROR',
  503: 'SERVICE_UNAVAILABLE',
}

export function trpcCodeOf(code: ErrorCode): TrpcCode {
  return codesByStatus[httpStatusOfCode(code)] ?? 'CONFLICT'
}

export function httpStatusOf(error: TRPCError): number {
  const refused = refusalIn(error.cause)
  return refused ? httpStatusOfCode(refused.code) : getHTTPStatusCodeFromError(error)
}

/** True for an expected refusal or a caller's mistake, which is no news for the log. */
export function isExpected(error: TRPCError): boolean {
  return wireErrorOf(error).code !== 'unexpected'
}

/**
 * The one place where a failed call becomes what people get: a refusal by its code, wrong input by the names of its
 * fields (never their values), all else by an id under which the log has the cause.
 */
export function wireErrorOf(error: TRPCError): WireError {
  const cause = error.cause
  const refused = refusalIn(cause)
  if (refused) return wireOf(refused)
  switch (error.code) {
    case 'BAD_REQUEST':
    case 'PARSE_ERROR':
    case 'UNSUPPORTED_MEDIA_TYPE':
      return {
        code: 'bad_input',
        params: { fields: cause instanceof ZodError ? fieldsOf(cause) : [] },
      }
    case 'NOT_FOUND':
    case 'METHOD_NOT_SUPPORTED':
      return { code: 'not_found', params: {} }
    default:
      return { code: 'unexpected', params: { id: unexpectedIdOf(error) } }
  }
}

/** Paths of wrong fields, bounded; keys that the sender made up are not repeated. */
function fieldsOf(error: ZodError): string[] {
  const paths = error.issues
    .slice(0, 20)
    .map((issue) => issue.path.filter((part) => typeof part !== 'symbol').join('.'))
  return [...new Set(paths)].map((path) => (/^[\w.]{0,80}$/.test(path) ? path : '?'))
}

/** A refusal as tRPC carries it, with the status that fits, so that no refusal looks like a fault of ours. */
export function refusal(error: AppError, why?: unknown): TRPCError {
  // What was away stays to be read in the log.
  if (why !== undefined && why !== error) error.cause ??= why
  return new TRPCError({ code: trpcCodeOf(error.code), message: error.code, cause: error })
}
