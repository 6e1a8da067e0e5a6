import { type Auth, betterAuth } from 'better-auth'
import { anonymous } from 'better-auth/plugins/anonymous'
import type { Db } from '#server/platform/db.ts'
import type { Log } from '#server/platform/log.ts'
import type { SessionCache } from './live.ts'

export interface LibraryDeps {
  db: Db
  cache: SessionCache
  log: Log
  publicUrl: string
  secret: string
}

/** Half a year without a visit; each day of use prolongs it. */
export const SESSION_SECONDS = 180 * 86_400
export const COOKIE_PREFIX = 'bapmap'
export const AUTH_PATH = '/api/auth'

/** What we use of the library, so that its endless generic type stays in this file. */
export interface AuthLibrary {
  /** Answers a request to one of its endpoints. */
  answer(request: Request): Promise<Response>
  /** From the cache, else from Postgres. */
  findSession(token: string): Promise<FoundSession | null>
  createSession(personId: string): Promise<{ id: string; token: string }>
}

export interface FoundSession {
  session: { id: string; token: string; userId: string; expiresAt: Date; updatedAt: Date }
  user: { id: string; isAnonymous?: boolean | null }
}

/** better-auth over our tables: guests only; sessions in Postgres and in Redis; nothing is sent to anyone. */
export async function makeAuthLibrary(deps: LibraryDeps): Promise<AuthLibrary> {
  const auth = betterAuth(optionsOf(deps)) as unknown as Auth
  const { internalAdapter } = await auth.$context
  return {
    answer: (request) => auth.handler(request),
    findSession: (token) => internalAdapter.findSession(token),
    createSession: (personId) => internalAdapter.createSession(personId),
  }
}

/** The library would make a bare 500 of anything: a database that is away must be told from a fault. Its own refusals stay answers. */
function throwFaults(error: unknown): void {
  if (!(error instanceof Error && error.name === 'APIError')) throw error
}

function optionsOf({ db, cache, log, publicUrl, secret }: LibraryDeps) {
  const secure = publicUrl.startsWith('https://')
  return {
    appName: 'Bapmap',
    baseURL: publicUrl,
    basePath: AUTH_PATH,
    secret,
    database: { db, type: 'postgres' as const },
    secondaryStorage: cache,
    telemetry: { enabled: false },
    onAPIError: { onError: throwFaults },
    // Ours counts across servers and answers with our codes.
    rateLimit: { enabled: false },
    logger: {
      level: 'warn' as const,
      log: (level: string, message: string, ...rest: unknown[]) => {
        log[level === 'error' ? 'error' : 'warn'](
          { err: rest.find((item) => item instanceof Error) },
          `auth: ${message}`,
        )
      },
    },
    advanced: {
      database: { generateId: 'uuid' as const },
      useSecureCookies: secure,
      cookiePrefix: COOKIE_PREFIX,
      // No address of a person is stored.
      ipAddress: { disableIpTracking: true },
    },
    session: {
      expiresIn: SESSION_SECONDS,
      disableSessionRefresh: true,
      storeSessionInDatabase: true,
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    user: {
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    account: {
      fields: {
        accountId: 'account_id',
        providerId: 'provider_id',
        userId: 'user_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    plugins: [
      anonymous({
        schema: { user: { fields: { isAnonymous: 'is_anonymous' } } },
        // The name that people see is in `people`; the library's own is never shown.
        generateName: () => 'guest',
      }),
    ],
  }
}
