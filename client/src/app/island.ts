import { openIsland } from '../features/demo/index.ts'
import type { IslandWays } from '../features/demo/index.ts'
import { createEntering, createOpening } from './openRoom.ts'

/** The two ways on from practice. Must be created within the router. */
export const createIslandWays = (): IslandWays => ({
  real: createOpening(),
  again: createEntering(openIsland),
})
