import { createHmac, timingSafeEqual } from 'node:crypto'
import { COOKIE_PREFIX, SESSION_SECONDS } from './service.library.ts'

export interface SessionCookie {
  /** The session's token, when a cookie is there and we signed it. */
  read(cookieHeader: string | undefined): string | null
  /** A Set-Cookie line for the token. */
  write(token: string): string
}

/**
 * The library's cookie, read and written without its request machinery (a look-up runs on every request): name,
 * attributes and signature (HMAC-SHA-256 of the token, base64, after a dot) are better-auth's; a test holds them together.
 */
export function makeSessionCookie(secret: string, secure: boolean): SessionCookie {
  const name = `${secure ? '__Secure-' : ''}${COOKIE_PREFIX}.session_token`
  const sign = (token: string): Buffer => createHmac('sha256', secret).update(token).digest()
  return {
    read: (header) => {
      const value = cookieValue(header, name)
      const dot = value?.lastIndexOf('.') ?? -1
      if (!value || dot < 1) return null
      const token = value.slice(0, dot)
      const signature = Buffer.from(value.slice(dot + 1), 'base64')
      const expected = sign(token)
      return signature.length === expected.length && timingSafeEqual(signature, expected)
        ? token
        : null
    },
    write: (token) => {
      const value = encodeURIComponent(`${token}.${sign(token).toString('base64')}`)
      return `${name}=${value}; Max-Age=${SESSION_SECONDS}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
    },
  }
}

function cookieValue(header: string | undefined, name: string): string | null {
  for (const part of header?.split(';') ?? []) {
    const equals = part.indexOf('=')
    if (equals === -1 || part.slice(0, equals).trim() !== name) continue
    try {
      return decodeURIComponent(part.slice(equals + 1).trim())
    } catch {
      return null
    }
  }
  return null
}
