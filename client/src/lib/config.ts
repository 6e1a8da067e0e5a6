import { limits } from '#shared/limits.ts'
import type { Limits } from '#shared/limits.ts'
import type { MapTiles } from '#shared/map.ts'
import { takeEarly } from './early.ts'

/** What the server tells every page: where tiles come from and which limits are in force. */
export interface AppConfig {
  tiles: MapTiles
  attribution: string
  limits: Limits
}

let asked: Promise<AppConfig> | undefined

function isConfig(value: unknown): value is AppConfig {
  return (
    typeof value === 'object' &&
    value !== null &&
    'tiles' in value &&
    'attribution' in value &&
    'limits' in value
  )
}

async function askConfig(): Promise<unknown> {
  const answer = await fetch('/config.json')
  return answer.ok ? answer.json() : null
}

/** The configuration in force; asked once, and asked again after a failure. */
export function readConfig(): Promise<AppConfig> {
  asked ??= takeEarly('/config.json', undefined, askConfig)
    .then(({ data: said }) => {
      if (!isConfig(said)) throw new Error('no configuration')
      return { ...said, limits: { ...limits, ...said.limits } }
    })
    .catch((error: unknown) => {
      asked = undefined
      throw error
    })
  return asked
}
