import type { RedisLinks } from '#server/platform/redis.ts'
import { presenceState } from '#shared/rooms.presence.ts'
import type { PresenceState } from '#shared/rooms.presence.ts'
import type { Seat } from '#shared/rooms.ts'

/**
 * Who is present, over all servers: one Redis hash per room, a field per seat and tab with its connection, state and
 * expiry. A server only ever extends a tab by what it has heard from that tab itself (`ttlMs` counts from then), so a
 * killed server's people run out by themselves, and one that was paused can't bring back who left meanwhile.
 * All times are Redis' own: servers' clocks may differ.
 *
 * Fields: `t:<seat>:<tab>` = `<conn>|<h or a>|<expiry ms>`; `s:<seat>` = `<state>:<since ms>`, what everybody was told;
 * `v` = version of what was told.
 *
 * The room's next expiry is noted for the sweep in the same step: noted afterwards, a slower server's older one could
 * replace it, and a closed tab would stay until the next refresh.
 */
const APPLY = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local raw = redis.call('HGETALL', KEYS[1])
local tabs, told, version = {}, {}, 0
for i = 1, #raw, 2 do
  local field, value = raw[i], raw[i + 1]
  local kind = string.sub(field, 1, 1)
  if kind == 't' then
    local conn, state, expiry = string.match(value, '^([^|]*)|(%a)|(%d+)$')
    if tonumber(expiry) > now then tabs[field] = { conn, state, tonumber(expiry) }
    else redis.call('HDEL', KEYS[1], field) end
  elseif kind == 's' then
    local state, since = string.match(value, '^(%d):(%d+)$')
    told[tonumber(string.sub(field, 3))] = { tonumber(state), tonumber(since) }
  elseif field == 'v' then version = tonumber(value) end
end
for i = 3, #ARGV, 5 do
  local op, field, conn, ttl, seat = ARGV[i], ARGV[i + 1], ARGV[i + 2], tonumber(ARGV[i + 3]), ARGV[i + 4]
  local known = tabs[field]
  local mine = known == nil or known[1] == conn
  local set = nil
  if op == 'open' or (op == 'here' and mine) then set = { conn, 'h', now + ttl }
  elseif op == 'closed' and known and known[1] == conn then
    if known[2] == 'h' then set = { conn, 'h', math.min(known[3], now + ttl) } end
  elseif op == 'away' and known then
    if known[2] == 'a' then set = { conn, 'a', known[3] } else set = { conn, 'a', now + ttl } end
  elseif op == 'out' then
    local prefix = 't:' .. seat .. ':'
    for name in pairs(tabs) do
      if string.sub(name, 1, #prefix) == prefix then tabs[name] = nil; redis.call('HDEL', KEYS[1], name) end
    end
  end
  if set then
    tabs[field] = set
    redis.call('HSET', KEYS[1], field, set[1] .. '|' .. set[2] .. '|' .. string.format('%.0f', set[3]))
  end
end
local present, nextExpiry = {}, 0
for field, tab in pairs(tabs) do
  local seat = tonumber(string.match(field, '^t:(%d+):'))
  if tab[2] == 'h' then present[seat] = 1 elseif not present[seat] then present[seat] = 2 end
  if nextExpiry == 0 or tab[3] < nextExpiry then nextExpiry = tab[3] end
end
local changed = false
for seat, state in pairs(present) do
  local before = told[seat]
  if not before or before[1] ~= state then
    changed = true
    local since = before and before[2] or now
    told[seat] = { state, since }
    redis.call('HSET', KEYS[1], 's:' .. seat, state .. ':' .. string.format('%.0f', since))
  end
end
for seat in pairs(told) do
  if not present[seat] then
    changed = true
    redis.call('HDEL', KEYS[1], 's:' .. seat)
    told[seat] = nil
  end
end
local list = {}
for seat, entry in pairs(told) do
  list[#list + 1] = '[' .. seat .. ',' .. entry[1] .. ',' .. string.format('%.0f', now - entry[2]) .. ']'
end
local seats = '[' .. table.concat(list, ',') .. ']'
if changed then
  version = redis.call('HINCRBY', KEYS[1], 'v', 1)
  redis.call('EXPIRE', KEYS[1], 172800)
  redis.call('PUBLISH', ARGV[1], '{"roomId":"' .. ARGV[2] .. '","version":' .. version .. ',"seats":' .. seats .. '}')
end
if nextExpiry == 0 then redis.call('ZREM', KEYS[2], ARGV[2])
else redis.call('ZADD', KEYS[2], string.format('%.0f', nextExpiry), ARGV[2]) end
return { version, seats }
`

/** Takes rooms whose next expiry has come, and puts them 2 s off, so that one server looks at each. */
const DUE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, 100)
for _, room in ipairs(due) do redis.call('ZADD', KEYS[1], now + 2000, room) end
return due
`

/** `open`: a tab's first sign of life on a connection, visible. `here`: heard of again. `away`: it says it is hidden. */
export interface TabChange {
  op: 'open' | 'here' | 'away' | 'closed'
  seat: Seat
  tab: string
  /** Names server and connection; a later connection of the same tab supersedes. */
  conn: string
  ttlMs: number
}
export interface PresentSeat {
  seat: Seat
  state: PresenceState
  /** Present without a break for this long. */
  forMs: number
}
export interface PresentSeats {
  version: number
  seats: PresentSeat[]
}
export interface SeatsChanged extends PresentSeats {
  roomId: string
}

/** What every server hears on the bus when the seats present in any room change (JSON of `WireSeats`). */
export const SEATS_CHANNEL = 'presence:seats'
const ROOMS_KEY = 'presence:rooms'

export interface WireSeats {
  roomId: string
  version: number
  seats: [seat: number, state: number, forMs: number][]
}
/** Lua writes an empty table as `[]` only because we join strings ourselves; order is arbitrary, so it is sorted here. */
export function readSeats(wire: WireSeats['seats']): PresentSeat[] {
  return wire
    .map(([seat, state, forMs]) => ({
      seat,
      state: state === presenceState.away ? presenceState.away : presenceState.here,
      forMs,
    }))
    .toSorted((a, b) => a.seat - b.seat)
}

export interface PresenceRegistry {
  /** Applies what was learned about tabs, forgets what has run out, tells all servers if that changed who is present. */
  apply(roomId: string, changes: readonly TabChange[]): Promise<PresentSeats>
  /** Those of these rooms that have a tab, or had one until lately. */
  known(roomIds: readonly string[]): Promise<Set<string>>
  /** Takes every tab of the seat out at once. */
  removeSeat(roomId: string, seat: Seat): Promise<PresentSeats>
  /** Looks at rooms in which somebody's time has run out, whichever server they were on. */
  sweep(): Promise<void>
}

export function makePresenceRegistry(redis: RedisLinks): PresenceRegistry {
  const { command } = redis
  command.defineCommand('presenceApply', { numberOfKeys: 2, lua: APPLY })
  command.defineCommand('presenceDue', { numberOfKeys: 1, lua: DUE })
  const scripts = command as typeof command & {
    presenceApply(...args: string[]): Promise<[version: number, seats: string]>
    presenceDue(key: string): Promise<string[]>
  }
  const run = async (roomId: string, args: string[]): Promise<PresentSeats> => {
    const keys = [redis.key(`presence:{${roomId}}`), redis.key(ROOMS_KEY)]
    const [version, seats] = await scripts.presenceApply(
      ...keys,
      redis.key(SEATS_CHANNEL),
      roomId,
      ...args,
    )
    return { version, seats: readSeats(JSON.parse(seats) as WireSeats['seats']) }
  }
  const apply: PresenceRegistry['apply'] = (roomId, changes) =>
    run(
      roomId,
      changes.flatMap(({ op, seat, tab, conn, ttlMs }) => [
        op,
        `t:${seat}:${tab}`,
        conn,
        String(Math.round(ttlMs)),
        String(seat),
      ]),
    )
  return {
    apply,
    known: async (roomIds) => {
      if (roomIds.length === 0) return new Set()
      const expiries = await command.zmscore(redis.key(ROOMS_KEY), ...roomIds)
      return new Set(roomIds.filter((_, index) => expiries[index] !== null))
    },
    removeSeat: (roomId, seat) => run(roomId, ['out', '', '', '0', String(seat)]),
    sweep: async () => {
      const due = await scripts.presenceDue(redis.key(ROOMS_KEY))
      await Promise.all(due.map((roomId) => apply(roomId, [])))
    },
  }
}
