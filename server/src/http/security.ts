import type { Config } from '../config.ts'

type Directives = Record<string, string[]>

/**
 * Content-Security-Policy: own scripts only; tiles from the configured host; sockets to ourselves and to LiveKit. Inline
 * styles are allowed, since Leaflet and Solid's templates place things by `style`.
 */
export function cspOf(config: Config): Directives {
  const own = new URL(config.PUBLIC_URL)
  const sockets = [own.origin.replace(/^http/, 'ws')]
  if (config.LIVEKIT_PUBLIC_URL) {
    const sfu = new URL(config.LIVEKIT_PUBLIC_URL)
    sockets.push(sfu.origin.replace(/^http/, 'ws'), sfu.origin.replace(/^ws/, 'http'))
  }
  const directives: Directives = {
    'default-src': ["'self'"],
    'script-src': ["'self'"],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:', ...tileHosts(config.MAP_TILES)],
    'font-src': ["'self'", 'data:'],
    'connect-src': ["'self'", ...sockets, ...tileHosts(config.MAP_TILES)],
    'media-src': ["'self'", 'blob:', 'mediastream:'],
    'worker-src': ["'self'", 'blob:'],
    'object-src': ["'none'"],
    'base-uri': ["'self'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
  }
  if (own.protocol === 'https:') directives['upgrade-insecure-requests'] = []
  return directives
}

/** The host of a tile address; `{s}` becomes a wildcard. A path of our own server needs none. */
export function tileHosts(template: string): string[] {
  const origin = /^https?:\/\/[^/]+/.exec(template)?.[0]
  return origin ? [origin.replace(/\{s\}/g, '*')] : []
}
