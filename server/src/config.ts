import { isIP } from 'node:net'
import { z } from 'zod'
import { type Limits, limits } from '#shared/limits.ts'

const flag = z
  .enum(['true', 'false', '1', '0', ''])
  .transform((value) => value === 'true' || value === '1')
const port = z.coerce.number().int().min(0).max(65_535)
const wholeMs = z.coerce.number().int().min(1)

/** Environment of the server; `.env.example` is generated from these descriptions. Order is the order of that file. */
export const envSchema = z.object({
  PORT: port.default(3000).describe('Port of page, API and sockets'),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on; 0.0.0.0 or :: for all'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'Address that people open; links, allowed Origin, cookies and previews use it. Default http://localhost:PORT',
    ),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .describe('Postgres 15 or newer, for example postgres://user:password@host:5432/bapmap'),
  DATABASE_POOL_MAX: z.coerce
    .number()
    .int()
    .min(1)
    .max(200)
    .default(10)
    .describe('Connections to Postgres per process; searches have four more of their own'),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .describe('Redis 7 or newer, for example redis://host:6379'),
  REDIS_PREFIX: z
    .string()
    .max(40)
    .default('bapmap:')
    .describe('Put before every Redis key and channel'),
  LIVEKIT_URL: z
    .url({ protocol: /^(https?|wss?)$/ })
    .optional()
    .describe(
      'LiveKit as this server reaches it, for example http://127.0.0.1:7880; without it voice is off',
    ),
  LIVEKIT_API_KEY: z.string().min(1).optional().describe('Key of LiveKit'),
  LIVEKIT_API_SECRET: z
    .string()
    .min(32)
    .optional()
    .describe('Secret of LiveKit, 32 characters or more'),
  LIVEKIT_PUBLIC_URL: z
    .url({ protocol: /^wss?$/ })
    .optional()
    .describe('LiveKit as browsers reach it; default: through this server under /livekit'),
  TRUST_PROXY: z
    .string()
    .default('')
    .describe(
      'Addresses or networks, comma-separated, whose X-Forwarded-For is believed; empty for none, loopback for this machine',
    ),
  ROLES: z.string().default('web,worker').describe('What this process does: web, worker, or both'),
  AUTH_SECRET: z
    .string()
    .min(32)
    .describe(
      'Signs session cookies, 32 characters or more, the same on every server; pnpm start makes and keeps one',
    ),
  MAP_TILES: z
    .string()
    .min(1)
    .default('https://tile.openstreetmap.org/{z}/{x}/{y}.png')
    .describe(
      'Raster tile address with {z}, {x}, {y}, optionally {s} and {r}; or a PMTiles basemap, as a file of this machine or an address that ends in .pmtiles',
    ),
  MAP_ATTRIBUTION: z
    .string()
    .min(1)
    .default('© OpenStreetMap contributors')
    .describe('Shown on every map; a PMTiles file that names its own origin shows that'),
  OVERPASS_URL: z
    .union([z.literal('off'), z.url({ protocol: /^https?$/ })])
    .default('https://overpass-api.de/api/interpreter')
    .describe(
      'Overpass, which fills the map with places of OpenStreetMap where people look; off for none',
    ),
  KAKAO_REST_KEY: z
    .string()
    .min(1)
    .optional()
    .describe('REST API key of Kakao Local: its places join the search; without it they do not'),
  KAKAO_LOCAL_URL: z
    .url({ protocol: /^https?$/ })
    .default('https://dapi.kakao.com')
    .describe('Kakao Local as this server reaches it'),
  LIMITS: z
    .string()
    .default('')
    .describe('Overrides of product limits, for example ROOM_PEOPLE_MAX=40,CANDIDATES_PER_ROOM=50'),
  ROOM_PEOPLE_MAX: z.coerce
    .number()
    .int()
    .min(1)
    .max(200)
    .optional()
    .describe('People at once in a room; default 20, tried up to 200'),
  WRITES_PER_10_S: z.coerce
    .number()
    .int()
    .min(1)
    .default(300)
    .describe('Changes and subscriptions that one person may ask of one process in 10 s'),
  LOCK_TTL_MS: wholeMs
    .default(2_000)
    .describe(
      'Expiry of the lock around a batch of votes, in ms: so long a frozen server holds it',
    ),
  LOCK_RETRIES: z.coerce
    .number()
    .int()
    .min(0)
    .default(800)
    .describe('How often a taken lock is tried again'),
  LOCK_WAIT_MS: wholeMs
    .default(3)
    .describe('Wait between two tries of a taken lock, in ms; up to a quarter is added at random'),
  SHUTDOWN_MS: wholeMs
    .default(9_000)
    .describe('At most this long, in ms, for what is in flight after SIGTERM'),
  LOG_LEVEL: z
    .enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'])
    .default('info')
    .describe('Least important log level written'),
  METRICS_TOKEN: z
    .string()
    .min(16)
    .optional()
    .describe('Bearer token for /metrics from elsewhere; without it only this machine may read it'),
  TLS_CERT: z
    .string()
    .optional()
    .describe('File with a certificate (PEM); with TLS_KEY the server speaks https itself'),
  TLS_KEY: z.string().optional().describe('File with the key of TLS_CERT (PEM)'),
  CLIENT_DIR: z.string().default('dist/client').describe('Folder of the built client'),
  DEV: flag
    .default(false)
    .describe('true allows what only a developer needs (the page /ui, the websocket of vite)'),
})

export type Role = 'web' | 'worker'

/** Configuration in force: the parsed environment with the derived values that everything else reads. */
export interface Config extends Omit<
  z.infer<typeof envSchema>,
  'PUBLIC_URL' | 'ROLES' | 'LIMITS' | 'ROOM_PEOPLE_MAX' | 'TRUST_PROXY'
> {
  /** Without a trailing slash. When PUBLIC_URL was not given, the port is the one asked for (tests give it when they ask for port 0). */
  PUBLIC_URL: string
  ROLES: readonly Role[]
  TRUST_PROXY: string[]
  limits: Limits
}

/** One sentence per wrong value; shown as is at start-up. */
export class ConfigError extends Error {
  readonly sentences: readonly string[]
  constructor(sentences: readonly string[]) {
    super(sentences.join('\n'))
    this.name = 'ConfigError'
    this.sentences = sentences
  }
}

/** Reads the configuration; throws ConfigError that names every wrong value. Secrets are never in its sentences. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = envSchema.safeParse(given)
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map((issue) => sentence(issue, given)))
  const { PUBLIC_URL, ROLES, LIMITS, ROOM_PEOPLE_MAX, TRUST_PROXY, ...rest } = parsed.data
  const wrong: string[] = []
  const roles = ROLES.split(',').map((role) => role.trim())
  if (!roles.every(isRole)) wrong.push(`ROLES must be web, worker, or web,worker, not "${ROLES}".`)
  if (rest.LIVEKIT_URL && !(rest.LIVEKIT_API_KEY && rest.LIVEKIT_API_SECRET))
    wrong.push('LIVEKIT_URL also needs LIVEKIT_API_KEY and LIVEKIT_API_SECRET.')
  if (Boolean(rest.TLS_CERT) !== Boolean(rest.TLS_KEY))
    wrong.push('TLS_CERT and TLS_KEY are only of use together.')
  const trusted = listOf(TRUST_PROXY)
  for (const each of trusted.filter((name) => !isNetwork(name)))
    wrong.push(
      `TRUST_PROXY names "${each}", which is no address or network; for example 10.0.0.0/8, or loopback for this machine.`,
    )
  const overridden = readLimits(LIMITS, wrong)
  if (ROOM_PEOPLE_MAX !== undefined) overridden.ROOM_PEOPLE_MAX = ROOM_PEOPLE_MAX
  if (wrong.length > 0) throw new ConfigError(wrong)
  return {
    ...rest,
    PUBLIC_URL: (
      PUBLIC_URL ?? `${rest.TLS_CERT ? 'https' : 'http'}://localhost:${rest.PORT}`
    ).replace(/\/+$/, ''),
    ROLES: roles.filter(isRole),
    TRUST_PROXY: trusted,
    limits: overridden,
  }
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** What the proxy check understands. A bare number, which others read as a count of proxies, would be taken for an address: nobody's. */
function isNetwork(name: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(name)) return true
  const [address = '', bits, ...more] = name.split('/')
  const version = isIP(address)
  if (version === 0 || more.length > 0) return false
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
  )
}

function isRole(role: string): role is Role {
  return role === 'web' || role === 'worker'
}

function isLimit(name: string): name is keyof Limits {
  return Object.hasOwn(limits, name)
}

function readLimits(text: string, wrong: string[]): Limits {
  const result: Limits = { ...limits }
  for (const part of text.split(',')) {
    if (part.trim() === '') continue
    const [name = '', value = ''] = part.split('=').map((side) => side.trim())
    if (!isLimit(name))
      wrong.push(
        `LIMITS names "${name}", which is no limit; the names are those in shared/src/limits.ts.`,
      )
    else if (!/^\d+$/.test(value))
      wrong.push(`LIMITS gives ${name} "${value}"; it must be a whole number.`)
    else result[name] = Number(value)
  }
  return result
}

function sentence(issue: z.core.$ZodIssue, given: Record<string, unknown>): string {
  const name = String(issue.path[0])
  const field = envSchema.shape[name as keyof typeof envSchema.shape]
  const about = field?.description ?? ''
  return `${name} ${name in given ? `is wrong (${issue.message})` : 'is missing'}: ${about}.`
}
