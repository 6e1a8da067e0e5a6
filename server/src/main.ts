import { type App, build } from './app.ts'
import { ConfigError, readConfig } from './config.ts'
import { makeDb, migrate } from './platform/db.ts'
import { newErrorId } from './platform/id.ts'
import { makeLog } from './platform/log.ts'
import { weaknessOf } from './platform/redis.policy.ts'

/** How long to stay reachable after SIGTERM so that a proxy notices "not ready", in ms. */
const GRACE_MS = 1_500

async function main(): Promise<void> {
  const config = readConfig(process.env)
  // Before anything is built on the schema: auth reads it once, and would miss its tables for ever.
  const link = makeDb(config.DATABASE_URL, { poolMax: 1 }, makeLog(config.LOG_LEVEL))
  await migrate(link.db).finally(() => link.close())
  const app = await build(config)
  hearForgotten(app)
  const url = await app.listen()
  app.platform.log.info({ url, roles: config.ROLES }, 'listening')
  endOnSignals(app)
  // A server that can't ask just now has said so already.
  const weakness = await weaknessOf(app.platform.redis.command).catch(() => null)
  if (weakness) app.platform.log.warn(weakness)
}

/** One forgotten promise must not put out everybody on this server: it is told as loudly as any fault, under an id, and counted. */
function hearForgotten(app: App): void {
  process.on('unhandledRejection', (error) => {
    app.platform.metrics.unexpected.inc({ where: 'unhandled' })
    app.platform.log.error({ err: error, errorId: newErrorId() }, 'unhandled rejection')
  })
}

/** The first signal ends in order, the second at once; after SHUTDOWN_MS it ends anyway. */
function endOnSignals(app: App): void {
  let asked = false
  const end = (signal: NodeJS.Signals): void => {
    if (asked) process.exit(130)
    asked = true
    setTimeout(() => process.exit(1), app.config.SHUTDOWN_MS).unref()
    app.close({ graceMs: signal === 'SIGTERM' ? GRACE_MS : 0 }).then(
      () => process.exit(0),
      (error: unknown) => {
        app.platform.log.fatal({ err: error }, 'closing failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
}

main().catch((error: unknown) => {
  if (error instanceof ConfigError) for (const sentence of error.sentences) console.error(sentence)
  else console.error(error)
  process.exitCode = 1
  // Open links to Postgres and Redis would keep the process alive.
  setTimeout(() => process.exit(1), 100).unref()
})
