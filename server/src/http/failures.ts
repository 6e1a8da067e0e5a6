import type { WireError } from '#shared/errors.ts'
import { httpStatusOfCode, refusalIn, unexpectedIdOf, wireOf } from '../platform/failures.ts'

/** fastify's own refusals (body too large, wrong media type, bad JSON) carry a status below 500. */
function statusCodeOf(error: unknown): number {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : 500
}

export function isExpectedHttp(error: unknown): boolean {
  return refusalIn(error) !== undefined || statusCodeOf(error) < 500
}

export function wireErrorOfHttp(error: unknown, maxBytes: number): WireError {
  const refused = refusalIn(error)
  if (refused) return wireOf(refused)
  const status = statusCodeOf(error)
  if (status === 413) return { code: 'too_large', params: { maxBytes } }
  if (status === 404) return { code: 'not_found', params: {} }
  if (status < 500) return { code: 'bad_input', params: { fields: [] } }
  return { code: 'unexpected', params: { id: unexpectedIdOf(error) } }
}

export function statusOf(error: unknown, wire: WireError): number {
  return refusalIn(error) ? httpStatusOfCode(wire.code) : statusCodeOf(error)
}
