/* What pages may use of votes. */
export * as votesApi from './api.ts'
export { makeVotes } from './state.ts'
export type { Votes } from './state.ts'
export { leadersOf, passLimit } from './state.acts.ts'
