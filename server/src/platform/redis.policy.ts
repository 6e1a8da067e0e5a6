import type { Redis } from 'ioredis'

/** What a Redis promises to keep. Null: it would not say. */
interface RedisPolicy {
  appendonly: string | null
  appendfsync: string | null
  eviction: string | null
}

/** What would be missed: all that is kept in Redis alone. Whoever keeps more there adds it. */
const KEPT_THERE = 'who is present, the counters of limits and the cache of sessions'
const KEPT_ELSEWHERE = 'accounts, rooms, votes and messages are in Postgres'

/**
 * One sentence if this Redis may lose what the one that we start (`appendonly yes`, `appendfsync always`, `noeviction`) would keep, with
 * what that is; null if it is as strict. Rejects when Redis does not answer.
 */
export async function weaknessOf(redis: Pick<Redis, 'config' | 'info'>): Promise<string | null> {
  const { appendonly, appendfsync, eviction } = await policyOf(redis)
  const wrong = [
    appendonly === 'no' ? 'appendonly is no' : null,
    appendonly !== 'no' && appendfsync !== null && appendfsync !== 'always'
      ? `appendfsync is ${appendfsync}`
      : null,
    eviction !== null && eviction !== 'noeviction' ? `maxmemory-policy is ${eviction}` : null,
  ].filter((each) => each !== null)
  if (wrong.length === 0) return null
  const when = [
    wrong.some((each) => each.startsWith('append')) ? 'a crash or power cut' : null,
    wrong.some((each) => each.startsWith('maxmemory')) ? 'full memory' : null,
  ].filter((each) => each !== null)
  return `The Redis of REDIS_URL keeps less than it could (${wrong.join(', ')}): ${when.join(' or ')} may lose ${KEPT_THERE}; ${KEPT_ELSEWHERE}.`
}

/** By CONFIG; where that is forbidden, as with hosted ones, by INFO, which tells the most of it. */
async function policyOf(redis: Pick<Redis, 'config' | 'info'>): Promise<RedisPolicy> {
  const read = async (name: string): Promise<string | null> => {
    const answer = await redis.config('GET', name)
    return Array.isArray(answer) ? String(answer[1] ?? '') || null : null
  }
  try {
    const [appendonly, appendfsync, eviction] = await Promise.all(
      ['appendonly', 'appendfsync', 'maxmemory-policy'].map((name) => read(name)),
    )
    return {
      appendonly: appendonly ?? null,
      appendfsync: appendfsync ?? null,
      eviction: eviction ?? null,
    }
  } catch {
    const info = await redis.info()
    const aof = /^aof_enabled:(\d)/m.exec(info)?.[1]
    return {
      appendonly: aof === undefined ? null : aof === '1' ? 'yes' : 'no',
      appendfsync: null,
      eviction: /^maxmemory_policy:(\S+)/m.exec(info)?.[1] ?? null,
    }
  }
}
