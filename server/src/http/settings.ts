import type { FastifyInstance } from 'fastify'
import type { Config } from '../config.ts'

export const SETTINGS_PATH = '/config.json'

/** What every page needs to know of the configuration, and nothing else of it. The same for everybody. */
export function settingsOf(config: Config) {
  return {
    tiles: config.MAP_TILES,
    attribution: config.MAP_ATTRIBUTION,
    limits: config.limits,
  }
}

/** `/config.json`, for pages that got none along. */
export function mountSettings(app: FastifyInstance, config: Config): void {
  const body = settingsOf(config)
  app.get(SETTINGS_PATH, async (_request, reply) =>
    reply.header('cache-control', 'no-cache').send(body),
  )
}
