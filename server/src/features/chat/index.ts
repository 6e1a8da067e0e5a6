export { makeChat } from './service.ts'
export type { ChannelAccess, ChannelRule, Chat } from './service.ts'
