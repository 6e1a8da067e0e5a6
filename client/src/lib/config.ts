import { limits } from '#shared/limits.ts'
import type { Limits } from '#shared/limits.ts'

/** What the server tells every page: where tiles come from and which limits are in force. */
export interface AppConfig {
  tiles: string
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

/** The configuration in force; asked once, and asked again after a failure. */
export function readConfig(): Promise<AppConfig> {
  asked ??= fetch('/config.json')
    .then(async (answer) => {
      const said: unknown = answer.ok ? await answer.json() : null
      if (!isConfig(said)) throw new Error('no configuration')
      return { ...said, limits: { ...limits, ...said.limits } }
    })
    .catch((error: unknown) => {
      asked = undefined
      throw error
    })
  return asked
}
