import { z } from 'zod'
import type { Bounds } from '#shared/geo.ts'
import { askJson, failed, type Remote } from './remote.ts'

/** Elements of OpenStreetMap as Overpass writes them: `type`, `id`, `lat` and `lon` or `center`, `tags`. */
export interface Overpass {
  /** All elements of a box that have one of these values under one of these keys, never a part of them. Throws the signal's reason. */
  find(
    bounds: Bounds,
    tags: Readonly<Record<string, readonly string[]>>,
    signal?: AbortSignal,
  ): Promise<Remote<Record<string, unknown>[]>>
}

export interface OverpassDeps {
  /** The interpreter's address. */
  url: string
  /** Tells the operator who asks, as the usage policy wants. */
  userAgent: string
}

/** The server's own limit is shorter than ours, so that it says itself when it gave up. */
const SERVER_SECONDS = 25
const TIMEOUT_MS = 40_000
const MAX_BYTES = 32 * 1_024 * 1_024

const answerSchema = z.object({
  elements: z.array(z.record(z.string(), z.unknown())),
  /** Told instead of results, under status 200. */
  remark: z.string().optional(),
})

/** https://wiki.openstreetmap.org/wiki/Overpass_API/Overpass_QL */
export function makeOverpass({ url, userAgent }: OverpassDeps): Overpass {
  return {
    find: async (bounds, tags, signal) => {
      const told = await askJson(url, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': userAgent },
        body: new URLSearchParams({ data: queryOf(bounds, tags) }).toString(),
        timeoutMs: TIMEOUT_MS,
        maxBytes: MAX_BYTES,
        signal,
      })
      if (!('value' in told)) return told
      const answer = answerSchema.safeParse(told.value)
      if (!answer.success) return failed('broken', `not Overpass: ${answer.error.message}`)
      const { elements, remark } = answer.data
      // "runtime error: Query timed out", "… ran out of memory": what came before it is not all.
      if (remark !== undefined && /error/iu.test(remark)) return failed('busy', remark)
      return { value: elements }
    },
  }
}

function queryOf(
  { south, west, north, east }: Bounds,
  tags: Readonly<Record<string, readonly string[]>>,
): string {
  const box = [south, west, north, east].map((degrees) => degrees.toFixed(6)).join(',')
  const wanted = Object.entries(tags).map(
    ([key, values]) => `nwr["${key}"~"^(${values.join('|')})$"];`,
  )
  return `[out:json][timeout:${SERVER_SECONDS}][bbox:${box}];(${wanted.join('')});out center tags;`
}
