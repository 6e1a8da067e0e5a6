import type { PersonId } from './users.ts'

/** SFU identity = person + device (rules.md). */
export function voiceIdentity(personId: PersonId, device: string): string {
  return `${personId}.${device}`
}
export function personOfIdentity(identity: string): PersonId {
  return identity.slice(0, identity.indexOf('.') === -1 ? identity.length : identity.indexOf('.'))
}
