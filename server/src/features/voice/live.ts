import type { Clock } from '#server/platform/clock.ts'
import type { RedisLinks } from '#server/platform/redis.ts'

/** Rooms in which somebody was given a token: what the poll looks at. Lost with Redis and filled again by the next token. */
export interface VoiceLive {
  /** Keeps the room in the poll for at least the life of a token from now. */
  note(roomId: string): Promise<void>
  noted(): Promise<string[]>
  /** Leaves out a room that was found empty, unless a token given there may still be used. */
  forgetIfOld(roomId: string): Promise<void>
  /** True for the first caller of a webhook's id within an hour: LiveKit repeats itself. */
  firstSight(webhookId: string): Promise<boolean>
  /** True for one process per interval, so that one server polls for all. */
  takeTurn(intervalMs: number): Promise<boolean>
}

const WEBHOOK_MEMORY_S = 3_600
/** A token of 10 minutes, and a minute for clocks that differ. */
const TOKEN_USABLE_MS = 660_000

export function makeVoiceLive(redis: RedisLinks, clock: Clock): VoiceLive {
  const roomsKey = redis.key('voice:rooms')
  return {
    note: async (roomId) => {
      await redis.command.zadd(roomsKey, clock.now(), roomId)
    },
    noted: () => redis.command.zrange(roomsKey, '0', '-1'),
    forgetIfOld: async (roomId) => {
      const notedAt = Number((await redis.command.zscore(roomsKey, roomId)) ?? 0)
      if (clock.now() - notedAt > TOKEN_USABLE_MS) await redis.command.zrem(roomsKey, roomId)
    },
    firstSight: async (id) =>
      (await redis.command.set(
        redis.key(`voice:hook:${id}`),
        '1',
        'EX',
        WEBHOOK_MEMORY_S,
        'NX',
      )) === 'OK',
    takeTurn: async (ms) =>
      (await redis.command.set(redis.key('voice:turn'), '1', 'PX', ms, 'NX')) === 'OK',
  }
}
