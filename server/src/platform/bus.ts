import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from './log.ts'
import type { RedisLinks } from './redis.ts'

type Listener = (payload: Buffer) => void
export type Unsubscribe = () => Promise<void>

/**
 * Messages between processes over Redis pub/sub: at most once, in order per sender, nothing kept. Truth is elsewhere;
 * whoever needs it re-reads on `onReconnect`. A process hears its own messages too.
 */
export interface Bus {
  publish(channel: string, payload: unknown): Promise<void>
  publishBytes(channel: string, payload: Uint8Array): Promise<void>
  /** Resolves when Redis has confirmed, so that what is published afterwards is heard. */
  subscribe<T>(channel: string, listener: (payload: T) => void): Promise<Unsubscribe>
  subscribeBytes(channel: string, listener: (payload: Buffer) => void): Promise<Unsubscribe>
  /** Called after every channel is heard again; messages in between are lost. Returns its removal. */
  onReconnect(listener: () => void): () => void
  close(): void
}

const LEAVE_MS = 500
const quietly = { ref: false }

/** One Redis subscription per channel and process, fanned out here. */
export function makeBus(redis: RedisLinks, log: Log): Bus {
  const channels = new Map<string, Set<Listener>>()
  /** The last SUBSCRIBE or UNSUBSCRIBE of each channel; calls queue behind it, so that they can't overtake each other. */
  const settled = new Map<string, Promise<unknown>>()
  const onBack = new Set<() => void>()
  const link = redis.subscriber
  let connectedBefore = link.status === 'ready'

  const deliver = (channel: Buffer, payload: Buffer): void => {
    for (const listener of channels.get(channel.toString()) ?? []) call(() => listener(payload))
  }
  const call = (run: () => void): void => {
    try {
      run()
    } catch (error) {
      log.error({ err: error }, 'a bus listener threw')
    }
  }
  // ioredis subscribes again by itself, but tells nobody when that is done: we subscribe again too and wait for the answer.
  const onReady = (): void => {
    const first = !connectedBefore
    connectedBefore = true
    if (first) return
    void resubscribe().catch((error: unknown) =>
      log.warn({ err: error }, 'bus could not subscribe again'),
    )
  }
  const resubscribe = async (): Promise<void> => {
    const names = [...channels.keys()]
    if (names.length > 0) await link.subscribe(...names)
    for (const listener of onBack) call(listener)
  }
  link.on('messageBuffer', deliver)
  link.on('ready', onReady)

  const settle = async (name: string): Promise<void> => {
    const step = (settled.get(name) ?? Promise.resolve()).then(() =>
      channels.has(name) ? link.subscribe(name) : link.unsubscribe(name),
    )
    const last: Promise<unknown> = step
      .catch(() => undefined)
      .finally(() => {
        if (settled.get(name) === last) settled.delete(name)
      })
    settled.set(name, last)
    await step
  }
  const add = async (channel: string, listener: Listener): Promise<Unsubscribe> => {
    const name = redis.key(channel)
    const known = channels.get(name)
    if (known) known.add(listener)
    else channels.set(name, new Set([listener]))
    await (known ? settled.get(name) : settle(name))
    let over = false
    return async () => {
      const listeners = channels.get(name)
      if (over || !listeners) return
      over = true
      listeners.delete(listener)
      if (listeners.size > 0) return
      channels.delete(name)
      // Nobody hears it any more either way; without Redis its answer would hold up a server that ends.
      await Promise.race([settle(name).catch(() => undefined), sleep(LEAVE_MS, undefined, quietly)])
    }
  }
  return {
    publish: async (channel, payload) => {
      await redis.command.publish(redis.key(channel), JSON.stringify(payload))
    },
    publishBytes: async (channel, payload) => {
      await redis.command.publish(
        redis.key(channel),
        Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength),
      )
    },
    subscribe: (channel, listener) =>
      add(channel, (payload) => listener(JSON.parse(payload.toString()))),
    subscribeBytes: (channel, listener) => add(channel, (payload) => listener(payload)),
    onReconnect: (listener) => {
      onBack.add(listener)
      return () => {
        onBack.delete(listener)
      }
    },
    close: () => {
      link.off('messageBuffer', deliver)
      link.off('ready', onReady)
      channels.clear()
    },
  }
}
