import { pino, type DestinationStream, type Logger } from 'pino'

export type Log = Logger

/** Addresses whose next part is a secret; the log keeps the shape and drops the secret. */
const SECRET_PATH = /(\/(?:r|d|whip|continue)\/)[^/?#\s"]+/g
/** Input of a tRPC query: room codes, search words. The path names the procedure; that is enough. */
const RPC_INPUT = /(\/trpc\/[\w.,]*)\?[^\s"]*/g
const SECRET_QUERY = /((?:access_token|token|code|join_request)=)[^&\s"]+/gi

/** An address as it may stand in a log: room codes, stream keys and tokens replaced. */
export function redactUrl(url: string): string {
  return url
    .replace(RPC_INPUT, '$1')
    .replace(SECRET_PATH, '$1[redacted]')
    .replace(SECRET_QUERY, '$1[redacted]')
}

const secretFields = [
  'cookie',
  'set-cookie',
  'authorization',
  'token',
  'password',
  'secret',
  'code',
  'roomCode',
]

/**
 * JSON lines. One wide event per request or socket; ids, never room codes, cookies or tokens (redacted by name, one and
 * two levels down, and inside addresses by `redactUrl`).
 */
export function makeLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: { pid: process.pid },
    redact: {
      paths: secretFields.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]),
      censor: '[redacted]',
    },
    serializers: { err: describeError },
  }
  return destination ? pino(options, destination) : pino(options)
}

/** An error as plain fields, its causes included; addresses in messages are redacted. `code` of a driver is kept as `errorCode`. */
export function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return { type: typeof error, message: redactUrl(String(error)) }
  const code = 'code' in error ? String(error.code) : undefined
  return {
    type: error.name,
    message: redactUrl(error.message),
    ...(code === undefined ? {} : { errorCode: code }),
    stack: redactUrl(error.stack ?? ''),
    ...(error.cause === undefined || depth > 4
      ? {}
      : { cause: describeError(error.cause, depth + 1) }),
  }
}
