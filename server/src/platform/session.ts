import type { IncomingHttpHeaders } from 'node:http'
import type { PersonId } from '#shared/users.ts'

/** Who asks, as far as the session tells; name and portrait are `users.profiles`. */
export interface SessionPerson {
  id: PersonId
  guest: boolean
}

export interface Session {
  id: string
  person: SessionPerson
  /** Milliseconds since 1970. */
  expiresAt: number
}

/** `setCookie` is there when the session was just prolonged and its cookie should follow. */
export interface LookedUp {
  session: Session | null
  setCookie?: string | undefined
}

/** Finds the session of a request or upgrade by its cookie; valid on every server. Forged, expired and ended ones are null. */
export type LookUpSession = (headers: IncomingHttpHeaders) => Promise<LookedUp>
