import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { makeKakaoLocal } from './kakao.ts'
import { makeOverpass } from './overpass.ts'
import { askJson } from './remote.ts'

const servers: Server[] = []

/** A service on this machine that speaks as `answer` does. */
async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const say =
  (status: number, body: unknown, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    void response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(typeof body === 'string' ? body : JSON.stringify(body))

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

const box = { south: 37.5, west: 127, north: 37.52, east: 127.02 }
const node = { type: 'node', id: 1, lat: 37.51, lon: 127.01, tags: { amenity: 'cafe', name: '밥' } }

describe('Overpass', () => {
  it('is asked for the food places of a box, and says who asks', async () => {
    let asked = { body: '', agent: '' }
    const url = await serve((request, response) => {
      let body = ''
      request.on('data', (chunk) => (body += chunk))
      request.on('end', () => {
        asked = { body, agent: request.headers['user-agent'] ?? '' }
        say(200, { version: 0.6, elements: [node] })(request, response)
      })
    })
    const told = await makeOverpass({ url, userAgent: 'Bapmap/1 (x)' }).find(box, {
      amenity: ['cafe', 'bar'],
    })
    expect(told).toEqual({ value: [node] })
    const query = new URLSearchParams(asked.body).get('data') ?? ''
    expect(query).toContain('[bbox:37.500000,127.000000,37.520000,127.020000]')
    expect(query).toContain('nwr["amenity"~"^(cafe|bar)$"];')
    expect(query).toContain('out center tags')
    expect(asked.agent).toBe('Bapmap/1 (x)')
  })

  it.each<[string, RequestListener, object]>([
    [
      '429 with its wait',
      say(429, '', { 'retry-after': '17' }),
      { fault: 'busy', retryAfterMs: 17_000 },
    ],
    ['504', say(504, '<html>too busy</html>'), { fault: 'busy', retryAfterMs: null }],
    [
      'a remark under 200, with a part of the results',
      say(200, { elements: [node], remark: 'runtime error: Query timed out in "query" at line 1' }),
      { fault: 'busy' },
    ],
    [
      'an answer that is cut off',
      say(200, '{"elements":[{"type":"node","id":1'),
      { fault: 'broken' },
    ],
    ['a page of a login wall', say(200, '<html>Sign in</html>'), { fault: 'broken' }],
    ['JSON of something else', say(200, { hello: 1 }), { fault: 'broken' }],
    ['400 for a query it does not understand', say(400, 'parse error'), { fault: 'broken' }],
    ['403', say(403, 'blocked'), { fault: 'refused' }],
    [
      'a connection that breaks in the middle',
      (_, response) => {
        response.writeHead(200, { 'content-length': '1000' })
        response.write('{"elements":[')
        setTimeout(() => response.destroy(), 20)
      },
      { fault: 'unreachable' },
    ],
  ])('%s is no answer', async (_, answer, fault) => {
    const url = await serve(answer)
    expect(
      await makeOverpass({ url, userAgent: 'x' }).find(box, { amenity: ['cafe', 'bar'] }),
    ).toMatchObject(fault)
  })

  it('nobody there is told as such', async () => {
    const url = await serve(say(200, {}))
    await new Promise((done) => servers.pop()?.close(done))
    expect(
      await makeOverpass({ url, userAgent: 'x' }).find(box, { amenity: ['cafe', 'bar'] }),
    ).toMatchObject({
      fault: 'unreachable',
    })
  })
})

describe('any service', () => {
  it('that sends without end is cut off', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200)
      const timer = setInterval(() => response.write('x'.repeat(10_000)), 1)
      response.on('close', () => clearInterval(timer))
    })
    const told = await askJson(url, { timeoutMs: 10_000, maxBytes: 50_000 })
    expect(told).toMatchObject({ fault: 'broken', message: 'more than 50000 bytes' })
  })

  it('that says nothing counts as busy', async () => {
    const url = await serve(() => undefined)
    expect(await askJson(url, { timeoutMs: 50, maxBytes: 100 })).toMatchObject({ fault: 'busy' })
  })

  it('is not waited for by who went away', async () => {
    const url = await serve(() => undefined)
    const gone = new AbortController()
    const asking = askJson(url, { timeoutMs: 10_000, maxBytes: 100, signal: gone.signal })
    gone.abort(new Error('gone'))
    await expect(asking).rejects.toThrow('gone')
  })
})

describe('Kakao Local', () => {
  const document = {
    id: '8137464',
    place_name: '동일루',
    category_name: '음식점 > 중식 > 중화요리',
    category_group_code: 'FD6',
    category_group_name: '음식점',
    phone: '02-325-0000',
    address_name: '서울 마포구 망원동 1-1',
    road_address_name: '서울 마포구 망원로 1',
    x: '126.9052',
    y: '37.5561',
    place_url: 'http://place.map.kakao.com/8137464',
    distance: '120',
  }
  const meta = { total_count: 1, pageable_count: 1, is_end: true, same_name: {} }

  it('is asked for restaurants and cafés near by, with the key', async () => {
    const asked: URL[] = []
    let key = ''
    const url = await serve((request, response) => {
      key = request.headers.authorization ?? ''
      const address = new URL(request.url ?? '', 'http://x')
      asked.push(address)
      const documents = address.searchParams.get('category_group_code') === 'FD6' ? [document] : []
      say(200, { documents, meta })(request, response)
    })
    const told = await makeKakaoLocal({ url, key: 'k' }).search('동일루', {
      lat: 37.55,
      lng: 126.9,
    })
    expect(told).toMatchObject({ value: [{ id: '8137464', x: 126.9052, y: 37.5561 }] })
    expect(key).toBe('KakaoAK k')
    expect(asked.map(({ pathname }) => pathname)).toEqual(
      Array(2).fill('/v2/local/search/keyword.json'),
    )
    expect(asked[0]?.searchParams.get('query')).toBe('동일루')
    expect(asked[0]?.searchParams.get('radius')).toBe('20000')
  })

  it.each<[string, RequestListener, string]>([
    [
      'a wrong key',
      say(401, { errorType: 'AccessDeniedError', message: 'wrong appKey' }),
      'refused',
    ],
    ['a used-up quota', say(429, { code: -10, msg: 'API limit has been exceeded.' }), 'busy'],
    ['another format', say(200, { documents: [{ id: 1 }] }), 'broken'],
  ])('%s', async (_, answer, fault) => {
    const url = await serve(answer)
    expect(await makeKakaoLocal({ url, key: 'k' }).search('국수', undefined)).toMatchObject({
      fault,
    })
  })
})
