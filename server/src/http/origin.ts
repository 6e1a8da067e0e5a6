import type { IncomingHttpHeaders } from 'node:http'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * May this caller act? Browsers put an Origin on every POST and every upgrade: a foreign one is refused. No Origin means
 * no browser, and so nobody's cookies but its own. This machine's names stand for each other when PUBLIC_URL is local.
 */
export function makeOriginCheck(publicUrl: string): (headers: IncomingHttpHeaders) => boolean {
  const own = new URL(publicUrl)
  const isLocal = LOOPBACK.has(own.hostname)
  return ({ origin }) => {
    if (origin === undefined || origin === own.origin) return true
    if (!isLocal || !URL.canParse(origin)) return false
    const other = new URL(origin)
    return (
      other.protocol === own.protocol && other.port === own.port && LOOPBACK.has(other.hostname)
    )
  }
}
