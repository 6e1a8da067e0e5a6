import type { RedisLinks } from '#server/platform/redis.ts'

/**
 * Which server runs which demo: a sorted set of rooms by the end of their lease, and a hash of their holders. Only demos that are awake
 * are in it. All times are Redis' own.
 */
const CLAIM = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local got = {}
local function take(room)
  redis.call('ZADD', KEYS[1], now + ARGV[2], room)
  redis.call('HSET', KEYS[2], room, ARGV[1])
  got[#got + 1] = room
end
if ARGV[3] == 'due' then
  for _, room in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[4])) do take(room) end
  return got
end
for i = 4, #ARGV do
  local ends = redis.call('ZSCORE', KEYS[1], ARGV[i])
  local mine = redis.call('HGET', KEYS[2], ARGV[i]) == ARGV[1]
  if ARGV[3] == 'renew' then
    if ends and mine then take(ARGV[i]) end
  elseif not ends or mine or tonumber(ends) <= now then take(ARGV[i]) end
end
return got
`
/** `ARGV[2]` 1: another server goes on with it; 0: it sleeps. */
const RELEASE = `
if redis.call('HGET', KEYS[2], ARGV[3]) ~= ARGV[1] then return 0 end
if ARGV[2] == '1' then redis.call('ZADD', KEYS[1], 0, ARGV[3])
else redis.call('ZREM', KEYS[1], ARGV[3]) end
redis.call('HDEL', KEYS[2], ARGV[3])
return 1
`

/** A server that is killed is followed by another within this and one look. */
export const LEASE_MS = 6_000

export interface Leases {
  /** True when the room is this server's now. */
  claim(roomId: string): Promise<boolean>
  /** Those of these that are still this server's, for another `LEASE_MS`. */
  renew(roomIds: readonly string[]): Promise<string[]>
  /** Takes over rooms whose holder is gone, at most so many. */
  claimDue(limit: number): Promise<string[]>
  /** Nobody has space for it now: the next look of a server that has takes it. */
  offer(roomId: string): Promise<void>
  /** `goesOn`: the next look of any server takes it. */
  release(roomId: string, goesOn: boolean): Promise<void>
}

export function makeLeases({ command, key }: RedisLinks, server: string): Leases {
  command.defineCommand('demoClaim', { numberOfKeys: 2, lua: CLAIM })
  command.defineCommand('demoRelease', { numberOfKeys: 2, lua: RELEASE })
  const scripts = command as typeof command & {
    demoClaim(...args: string[]): Promise<string[]>
    demoRelease(...args: string[]): Promise<number>
  }
  const keys = [key('demo:{leases}'), key('demo:{leases}:holders')] as const
  const ask = (how: string, ...args: string[]): Promise<string[]> =>
    scripts.demoClaim(...keys, server, String(LEASE_MS), how, ...args)
  return {
    claim: async (roomId) => (await ask('claim', roomId)).length === 1,
    renew: (roomIds) => (roomIds.length === 0 ? Promise.resolve([]) : ask('renew', ...roomIds)),
    claimDue: (limit) => (limit <= 0 ? Promise.resolve([]) : ask('due', String(limit))),
    offer: async (roomId) => {
      await command.zadd(keys[0], 'NX', 0, roomId)
    },
    release: async (roomId, goesOn) => {
      await scripts.demoRelease(...keys, server, goesOn ? '1' : '0', roomId)
    },
  }
}
