import type { FastifyInstance } from 'fastify'
import type { Config } from '../config.ts'
import type { Basemap } from './basemap.ts'

export const SETTINGS_PATH = '/config.json'

/** What every page needs to know of the configuration, and nothing else of it. The same for everybody. */
export function settingsOf(config: Config, { tiles, attribution }: Basemap) {
  return {
    tiles,
    attribution,
    limits: config.limits,
  }
}

export type Settings = ReturnType<typeof settingsOf>

/** `/config.json`, for pages that got none along. */
export function mountSettings(app: FastifyInstance, body: Settings): void {
  app.get(SETTINGS_PATH, async (_request, reply) =>
    reply.header('cache-control', 'no-cache').send(body),
  )
}
