export { startVoteJobs } from './jobs.ts'
export { makeCards } from './service.card.ts'
export { makeVotes } from './service.ts'
export type { Votes, VotesDeps } from './service.ts'
