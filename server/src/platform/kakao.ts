import { z } from 'zod'
import type { LatLng } from '#shared/geo.ts'
import { askJson, failed, type Remote } from './remote.ts'

/** Kakao Local, search by keyword: https://developers.kakao.com/docs/latest/en/local/dev-guide#search-by-keyword */
export interface KakaoLocal {
  /** Food places and cafés for a text, the best first; near a position those within 20 km. Throws the signal's reason. */
  search(q: string, near: LatLng | undefined, signal?: AbortSignal): Promise<Remote<KakaoPlace[]>>
}

export interface KakaoDeps {
  url: string
  /** REST API key of the application. */
  key: string
}

const RADIUS_M = 20_000
const TIMEOUT_MS = 5_000
const MAX_BYTES = 1_024 * 1_024
/** Restaurants and cafés: one code a request. */
const GROUPS = ['FD6', 'CE7'] as const

const coordinate = z.coerce.number()
const placeSchema = z.object({
  id: z.string().min(1),
  place_name: z.string().min(1),
  /** "음식점 > 한식 > 국밥". */
  category_name: z.string(),
  phone: z.string().default(''),
  address_name: z.string().default(''),
  road_address_name: z.string().default(''),
  x: coordinate,
  y: coordinate,
  place_url: z.string().default(''),
})
export type KakaoPlace = z.infer<typeof placeSchema>
const answerSchema = z.object({ documents: z.array(placeSchema) })

export function makeKakaoLocal({ url, key }: KakaoDeps): KakaoLocal {
  const askGroup = async (
    group: (typeof GROUPS)[number],
    q: string,
    near: LatLng | undefined,
    signal?: AbortSignal,
  ): Promise<Remote<KakaoPlace[]>> => {
    const query = new URLSearchParams({ query: q, category_group_code: group, size: '15' })
    if (near) {
      query.set('x', near.lng.toFixed(6))
      query.set('y', near.lat.toFixed(6))
      query.set('radius', String(RADIUS_M))
    }
    const told = await askJson(`${url}/v2/local/search/keyword.json?${query.toString()}`, {
      headers: { authorization: `KakaoAK ${key}` },
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
      signal,
    })
    if (!('value' in told)) return told
    const answer = answerSchema.safeParse(told.value)
    return answer.success
      ? { value: answer.data.documents }
      : failed('broken', `not Kakao Local: ${answer.error.message}`)
  }
  return {
    search: async (q, near, signal) => {
      const found: KakaoPlace[] = []
      for (const told of await Promise.all(
        GROUPS.map((group) => askGroup(group, q, near, signal)),
      )) {
        if (!('value' in told)) return told
        found.push(...told.value)
      }
      return { value: found }
    },
  }
}
