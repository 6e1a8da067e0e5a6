import { readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { commandLine, isAlive } from './processes.ts'

/**
 * Address of the app's own Postgres if it runs now (`pnpm start` in another terminal), else null. Asked before starting one:
 * starting would end the running one as a left-over.
 */
export async function runningPostgres(folder: string, password: string): Promise<string | null> {
  const data = realFolder(join(folder, 'postgres'))
  const [pid = 0, , , port = 0] = readLock(join(data, 'postmaster.pid')).map(Number)
  if (!(pid > 1 && port > 0) || !isAlive(pid) || !commandLine(pid).includes(data)) return null
  const url = `postgres://bapmap:${password}@127.0.0.1:${port}/bapmap`
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  try {
    await client.connect()
    return url
  } finally {
    await client.end()
  }
}

function readLock(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n')
  } catch {
    return []
  }
}

/** The data may lie elsewhere, where Postgres's own user can get in. */
function realFolder(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
