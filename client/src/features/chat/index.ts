/* What pages and other features may use of chat. */
export { chatWire } from './api.ts'
export type { ChatWire } from './api.ts'
export { makeChat } from './state.ts'
export type { Chat } from './state.ts'
export { ChatPanel } from './ui/panel.tsx'
export type { ChatNote, ChatPanelProps } from './ui/panel.tsx'
