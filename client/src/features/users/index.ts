/* What pages and other features may use of users. */
export { isSuggested } from './state.names.ts'
export { introduce, introduction } from './state.introduction.ts'
export type { Introduction } from './state.introduction.ts'
export { ProfileFields } from './ui/fields.tsx'
export type { ProfileFieldsProps } from './ui/fields.tsx'
export { ProfileSheet } from './ui/profile.tsx'
export type { ProfileSheetProps } from './ui/profile.tsx'
