import type { FastifyInstance } from 'fastify'
import type { Config } from '../config.ts'

/** `/config.json`: what every page needs to know of the configuration, and nothing else of it. The same for everybody. */
export function mountSettings(app: FastifyInstance, config: Config): void {
  const body = {
    tiles: config.MAP_TILES,
    attribution: config.MAP_ATTRIBUTION,
    limits: config.limits,
  }
  app.get('/config.json', async (_request, reply) =>
    reply.header('cache-control', 'no-cache').send(body),
  )
}
