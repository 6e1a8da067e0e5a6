export { makePlaces } from './service.ts'
export type { Places } from './service.ts'
export type { SeedPlace } from './service.seed.ts'
