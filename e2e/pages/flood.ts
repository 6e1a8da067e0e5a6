import { portrait } from '../api.ts'
import type { Guest } from '../api.ts'
import { openRaw } from './wire.ts'

export interface Flood {
  sent(): number
  /** Answers to its calls. */
  answered(): number
  /** Close codes of its two sockets, once they are closed. */
  callsClosed: Promise<number>
  presenceClosed: Promise<number>
  stop(): void
}

/** One member who sends a thousand cursors and as many calls a second, on sockets of their own, until stopped. */
export async function startFlood(loud: Guest, roomId: string): Promise<Flood> {
  const presence = await openRaw(loud, `/presence?room=${roomId}&tab=${portrait()}${portrait()}`)
  const calls = await openRaw(loud, '/trpc')
  let [sent, answered] = [0, 0]
  calls.socket.on('message', () => answered++)
  const cursor = Buffer.alloc(13)
  cursor.writeUInt8(1, 0)
  const timer = setInterval(() => {
    for (let i = 0; i < 10; i++) {
      cursor.writeInt32LE(375_000_000 + sent++, 5)
      cursor.writeInt32LE(1_270_000_000, 9)
      if (presence.socket.readyState === presence.socket.OPEN) presence.socket.send(cursor)
      const query = { id: sent, jsonrpc: '2.0', method: 'query', params: { path: 'rooms.mine' } }
      if (calls.socket.readyState === calls.socket.OPEN) calls.socket.send(JSON.stringify(query))
    }
  }, 10)
  return {
    sent: () => sent,
    answered: () => answered,
    callsClosed: calls.closed,
    presenceClosed: presence.closed,
    stop: () => {
      clearInterval(timer)
      presence.socket.terminate()
      calls.socket.terminate()
    },
  }
}
