import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Generated once per data folder and kept, so that sessions and data stay valid over restarts. */
export interface Secrets {
  postgresPassword: string
  redisPassword: string
  livekitKey: string
  livekitSecret: string
  authSecret: string
}

export function loadSecrets(folder: string): Secrets {
  const file = join(folder, 'secrets.json')
  const kept = readSecrets(file)
  const text = (bytes: number): string => randomBytes(bytes).toString('hex')
  const secrets: Secrets = {
    postgresPassword: kept.postgresPassword ?? text(16),
    redisPassword: kept.redisPassword ?? text(16),
    livekitKey: kept.livekitKey ?? `bapmap${text(4)}`,
    livekitSecret: kept.livekitSecret ?? text(32), // LiveKit refuses less than 32 characters
    authSecret: kept.authSecret ?? text(32),
  }
  if (JSON.stringify(kept) !== JSON.stringify(secrets)) {
    mkdirSync(folder, { recursive: true })
    // Written whole or not at all: losing the Postgres password would lose the data.
    writeFileSync(`${file}.new`, JSON.stringify(secrets, null, 2), { mode: 0o600, flush: true })
    renameSync(`${file}.new`, file)
  }
  return secrets
}

function readSecrets(file: string): Partial<Secrets> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw error
  }
}
