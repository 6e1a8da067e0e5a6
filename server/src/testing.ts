import { randomBytes } from 'node:crypto'
import {
  createTRPCClient,
  createWSClient,
  httpLink,
  splitLink,
  type TRPCClient,
  TRPCClientError,
  wsLink,
} from '@trpc/client'
import { WebSocket } from 'ws'
import type { WireError } from '#shared/errors.ts'
import { type App, type AppRouter, build } from './app.ts'
import { readConfig } from './config.ts'
import type { PlatformOverrides } from './platform/index.ts'
import { makeTestStore, type TestStore } from './platform/testing.ts'

export { makeTestStore, type TestStore } from './platform/testing.ts'

/** The origin that test servers believe to be theirs, whatever their ports: as behind one proxy. */
export const TEST_ORIGIN = 'http://bapmap.test'

/** Servers and clients of one test file; `end()` in afterAll closes all and drops the database. */
export interface TestWorld {
  store: TestStore
  /** Environment of this file's servers, for who builds one alone. */
  env: Readonly<Record<string, string | undefined>>
  /** A server listening on a free port, over this file's database and Redis prefix. */
  serve(env?: Record<string, string>, overrides?: PlatformOverrides): Promise<App>
  /** A browser-like client of a server, without a session at first. */
  client(app: App): TestClient
  /** A client that is signed in as a new guest, with a name. */
  guest(app: App, name?: string): Promise<TestClient>
  end(): Promise<void>
}

export interface TestClient {
  /** Calls over HTTP, subscriptions over the WebSocket; typed like the real client's. */
  trpc: TRPCClient<AppRouter>
  /** The cookie jar, as a Cookie header. */
  cookie(): string
  setCookie(cookie: string): void
  /** Id of the signed-in person. */
  personId(): Promise<string>
  signIn(): Promise<void>
  /** Any other request, with cookies and Origin. */
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** A raw socket with cookies and Origin. */
  socket(path: string, headers?: Record<string, string>): WebSocket
  /** The same person (same cookies) on another server. */
  on(app: App): TestClient
  close(): void
}

export async function makeTestWorld(): Promise<TestWorld> {
  const store = await makeTestStore()
  const env = serverEnv(store, randomBytes(32).toString('hex'))
  const apps: App[] = []
  const clients: TestClient[] = []
  const client = (app: App): TestClient => {
    const made = makeTestClient(app, { cookie: '' }, clients)
    return made
  }
  return {
    store,
    env,
    serve: async (more = {}, overrides = {}) => {
      const config = readConfig({ ...env, ...more })
      const app = await build(config, overrides)
      apps.push(app)
      await app.listen()
      return app
    },
    client,
    guest: async (app, name = '민수') => {
      const made = client(app)
      await made.signIn()
      await made.trpc.users.setProfile.mutate({ name })
      return made
    },
    end: async () => {
      for (const each of clients) each.close()
      await Promise.all(apps.map((app) => app.close()))
      await store.drop()
    },
  }
}

function serverEnv(store: TestStore, secret: string): Record<string, string | undefined> {
  return {
    DATABASE_URL: store.databaseUrl,
    DATABASE_POOL_MAX: '6',
    REDIS_URL: store.redisUrl,
    REDIS_PREFIX: store.redisPrefix,
    LIVEKIT_URL: process.env.LIVEKIT_URL,
    LIVEKIT_API_KEY: process.env.LIVEKIT_API_KEY,
    LIVEKIT_API_SECRET: process.env.LIVEKIT_API_SECRET,
    AUTH_SECRET: secret,
    PUBLIC_URL: TEST_ORIGIN,
    OVERPASS_URL: 'off',
    PORT: '0',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
  }
}

function makeTestClient(app: App, jar: { cookie: string }, all: TestClient[]): TestClient {
  const headers = (): Record<string, string> => ({
    origin: TEST_ORIGIN,
    ...(jar.cookie ? { cookie: jar.cookie } : {}),
  })
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const response = await fetch(app.url() + path, {
      ...init,
      headers: { ...headers(), ...Object.fromEntries(new Headers(init.headers)) },
    })
    for (const line of response.headers.getSetCookie()) jar.cookie = line.split(';')[0] ?? ''
    return response
  }
  const open = (path: string, more: Record<string, string> = {}): WebSocket =>
    new WebSocket(app.url().replace(/^http/, 'ws') + path, { headers: { ...headers(), ...more } })
  // tRPC makes its own sockets: ours carries the jar's cookies, as a browser would.
  class SocketWithCookies extends WebSocket {
    constructor(url: string) {
      super(url, { headers: headers() })
    }
  }
  const ws = createWSClient({
    url: `${app.url().replace(/^http/, 'ws')}/trpc`,
    // The types want the browser's class; tRPC uses what both have.
    WebSocket: SocketWithCookies as unknown as typeof globalThis.WebSocket,
    lazy: { enabled: true, closeMs: 0 },
  })
  const trpc = createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === 'subscription',
        true: wsLink({ client: ws }),
        false: httpLink({ url: `${app.url()}/trpc`, headers }),
      }),
    ],
  })
  const client: TestClient = {
    trpc,
    cookie: () => jar.cookie,
    setCookie: (cookie) => {
      jar.cookie = cookie
    },
    personId: async () => {
      const { person } = await trpc.auth.me.query()
      if (!person) throw new Error('This client is not signed in')
      return person.id
    },
    signIn: async () => {
      const response = await ask('/api/auth/sign-in/anonymous', { method: 'POST' })
      if (!response.ok)
        throw new Error(`Signing in answered ${response.status}: ${await response.text()}`)
    },
    fetch: ask,
    socket: open,
    on: (other) => makeTestClient(other, jar, all),
    close: () => {
      // Whatever it waited for is over.
      ws.close().catch(() => undefined)
    },
  }
  all.push(client)
  return client
}

/** Waits for a call to be refused and answers the refusal as it travelled; fails when the call succeeds. */
export async function refusalOf(
  call: Promise<unknown>,
): Promise<WireError & { httpStatus: number }> {
  try {
    await call
  } catch (error) {
    if (error instanceof TRPCClientError && error.data)
      return error.data as WireError & { httpStatus: number }
    throw error
  }
  throw new Error('The call was not refused')
}

/** The code of the refusal alone. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  return (await refusalOf(call)).code
}

/** 'open', or the HTTP status by which the upgrade was refused. */
export function statusOfUpgrade(socket: WebSocket): Promise<string> {
  return new Promise((resolve) => {
    socket.once('unexpected-response', (_request, response) => resolve(String(response.statusCode)))
    socket.once('open', () => resolve('open'))
    socket.once('error', () => undefined)
  })
}
