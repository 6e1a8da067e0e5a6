/** The package's own types do not resolve through its exports map. Only what platform/lock.ts uses. */
declare module 'redlock' {
  import type { EventEmitter } from 'node:events'
  import type { Cluster, Redis } from 'ioredis'

  export class ResourceLockedError extends Error {}
  export class ExecutionError extends Error {
    readonly attempts: ReadonlyArray<Promise<{ readonly votesAgainst: Map<unknown, Error> }>>
  }
  export interface Lock {
    readonly value: string
    expiration: number
    release(): Promise<unknown>
  }
  export interface Settings {
    driftFactor: number
    retryCount: number
    retryDelay: number
    retryJitter: number
    automaticExtensionThreshold: number
  }
  export default class Redlock extends EventEmitter {
    constructor(clients: Iterable<Redis | Cluster>, settings?: Partial<Settings>)
    acquire(resources: string[], durationMs: number, settings?: Partial<Settings>): Promise<Lock>
  }
}
