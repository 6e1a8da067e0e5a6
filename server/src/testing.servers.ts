import { afterAll } from 'vitest'
import type { App } from './app.ts'
import type { PlatformOverrides } from './platform/index.ts'
import { makeTestWorld, type TestWorld } from './testing.ts'

export interface TestServers {
  world: TestWorld
  one: App
}

/**
 * What nearly every test of a database starts with: `const { world, one } = await startServer()` at the top of the file. Ends with its
 * last test. (Not in testing.ts, which benches use too, where there is no vitest.)
 */
export async function startServer(
  env: Record<string, string> = {},
  overrides: PlatformOverrides = {},
): Promise<TestServers> {
  const world = await makeTestWorld()
  afterAll(() => world.end())
  return { world, one: await world.serve(env, overrides) }
}

/** Two servers over one Postgres and one Redis: what is done at one must be seen at the other. */
export async function startServers(
  env: Record<string, string> = {},
): Promise<TestServers & { two: App }> {
  const started = await startServer(env)
  return { ...started, two: await started.world.serve(env) }
}
