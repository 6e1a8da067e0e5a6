import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commandLine, endOrphans, isAlive, isOurs, readPidNote } from './processes.ts'
import { say as sayAloud, type Say } from '../say.ts'
import { findOrStartLivekit } from './livekit.ts'
import { findOrStartPostgres } from './postgres.ts'
import { findOrStartRedis } from './redis.ts'
import { loadSecrets, type Secrets } from './secrets.ts'

export interface Throwaway {
  /** The temporary folder of this run; gone after `stop`. */
  folder: string
  /** DATABASE_URL, REDIS_URL, LIVEKIT_*, AUTH_SECRET: what a server needs, on free ports. */
  env: Record<string, string>
  /** False where LiveKit could not be had. */
  voice: boolean
  stop(): Promise<void>
}

const PREFIX = 'bapmap-run-'

/**
 * Fresh services for one run of tests or of a bench, on free ports, in a temporary folder. Those of
 * the environment are not used: tests write and delete. Ended by `stop`; after `kill -9`, by the next run.
 */
export async function startThrowaway(
  options: { webhooks?: string[]; say?: Say } = {},
): Promise<Throwaway> {
  const say = options.say ?? sayAloud
  await sweepDeadRuns()
  const folder = mkdtempSync(join(tmpdir(), PREFIX))
  chmodSync(folder, 0o711) // Postgres may run as a user of its own and must get in
  mkdirSync(join(folder, 'run'))
  const owner = { pid: process.pid, mark: commandLine(process.pid) }
  writeFileSync(join(folder, 'run', 'start.pid'), JSON.stringify(owner))
  const secrets = loadSecrets(folder)
  const starting = [
    findOrStartPostgres({ folder, password: secrets.postgresPassword, say }, ''),
    findOrStartRedis({ folder, password: secrets.redisPassword, say }, ''),
    findOrStartLivekit(livekitOptions(folder, secrets, say, options.webhooks), {}),
  ] as const
  // All of them have ended their start before anything is stopped: none is left half started.
  const settled = await Promise.allSettled<{ stop(): Promise<void> }>(starting)
  const stop = async (): Promise<void> => {
    for (const each of settled) if (each.status === 'fulfilled') await each.value.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
  const running = await Promise.all(starting).catch(async (error: unknown) => {
    await stop()
    throw error
  })
  const [postgres, redis, livekit] = running
  const env = {
    DATABASE_URL: postgres.url,
    REDIS_URL: redis.url,
    LIVEKIT_URL: livekit.url,
    LIVEKIT_API_KEY: livekit.key,
    LIVEKIT_API_SECRET: livekit.secret,
    AUTH_SECRET: secrets.authSecret,
    // No test asks the network.
    OVERPASS_URL: 'off',
  }
  return { folder, env, voice: await livekit.ready, stop }
}

function livekitOptions(folder: string, secrets: Secrets, say: Say, webhooks: string[] = []) {
  return { folder, key: secrets.livekitKey, secret: secrets.livekitSecret, say, webhooks }
}

/** Ends what runs that were killed left behind, and removes their folders. */
async function sweepDeadRuns(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith(PREFIX))) {
    const folder = join(tmpdir(), name)
    const owner = readPidNote(join(folder, 'run', 'start.pid'))
    // Without a note the run is either just beginning or another user's: neither is ours to end.
    if (!owner || (isAlive(owner.pid) && isOurs(owner))) continue
    await endOrphans(join(folder, 'run'))
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}
