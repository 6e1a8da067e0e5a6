import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '#server/app.ts'
import { joinTestRoom, openTestRoom, proposePin, type TestRoom } from '#server/testing.rooms.ts'
import { makeTestWorld, type TestWorld } from '#server/testing.ts'

let world: TestWorld
let app: App
let folder: string
let room: TestRoom

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'client-'))
  await mkdir(join(folder, 'assets'))
  const page = '<!doctype html><html lang="ko"><head><title>x</title></head><body></body></html>'
  await writeFile(join(folder, 'index.html'), page)
  const door = ['/assets/door-1.js', '/assets/door-2.css']
  const pages = {
    '*': { '': ['/assets/any-0.js'] },
    '/r/:code': { '': [...door, '/assets/ui.woff2'], inside: [...door, '/assets/inside-3.js'] },
  }
  await writeFile(join(folder, 'preloads.json'), JSON.stringify(pages))
  world = await makeTestWorld()
  app = await world.serve({ CLIENT_DIR: folder })
  room = await openTestRoom(world, app)
  await proposePin(room.host, room.roomId, '</script>국밥집')
})
afterAll(async () => {
  await world.end()
  await rm(folder, { recursive: true })
})

interface Opened {
  html: string
  headers: Record<string, string | string[] | undefined>
  /** By path: what came with the page. */
  answers: Map<string, unknown>
}

/** As a browser that opens a page; `fetch` would say that it only reads one. */
async function open(path: string, headers: Record<string, string> = BROWSER): Promise<Opened> {
  const { bytes, answer } = await new Promise<{ bytes: Buffer; answer: Opened['headers'] }>(
    (resolve, reject) => {
      request(app.url() + path, { headers }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () =>
          resolve({ bytes: Buffer.concat(chunks), answer: response.headers }),
        )
      })
        .on('error', reject)
        .end()
    },
  )
  const plain = answer['content-encoding'] === 'br' ? brotliDecompressSync(bytes) : bytes
  const html = plain.toString()
  const data = /<script type="application\/json" id="early">(.*?)<\/script>/.exec(html)?.[1]
  const said = JSON.parse(data ?? '[]') as { path: string; data: unknown }[]
  return {
    html,
    headers: answer,
    answers: new Map(said.map((one) => [one.path, one.data])),
  }
}
const BROWSER = { 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate' }
const linksOf = ({ headers }: Opened): string[] => String(headers['link']).split(', ')
const DOOR = [
  '<https://tile.openstreetmap.org>; rel=preconnect',
  '</assets/door-1.js>; rel=modulepreload; crossorigin',
  '</assets/door-2.css>; rel=preload; as=style; crossorigin',
]
const FONT = '</assets/ui.woff2>; rel=preload; as=font; type="font/woff2"; crossorigin'

test('a newcomer gets with the page what its code would ask first, and the files of the door', async () => {
  const page = await open(`/r/${room.code}`)
  expect(page.answers.get('rooms.peek')).toEqual(
    await world.client(app).trpc.rooms.peek.query({ code: room.code }),
  )
  expect(page.answers.get('auth.me')).toEqual({ person: null })
  expect(page.answers.get('/config.json')).toHaveProperty('limits')
  expect([...page.answers.keys()]).not.toContain('rooms.snapshot')
  expect(linksOf(page)).toEqual([...DOOR, FONT])
  // No session by reading, no copy that would be shown later, and no name that ends the data early.
  expect(page.headers['set-cookie']).toBeUndefined()
  expect(page.headers['cache-control']).toBe('private, no-store')
  expect(JSON.stringify(page.answers.get('rooms.peek'))).toContain('</script>국밥집')
})

test('a member gets the room itself too, and the files of the room', async () => {
  const member = await joinTestRoom(world, app, room.code)
  const headers = { ...BROWSER, cookie: member.cookie(), 'accept-encoding': 'gzip, br' }
  const page = await open(`/r/${room.code}`, headers)
  expect(page.headers['content-encoding']).toBe('br')
  expect([...page.answers.keys()].slice(-2)).toEqual(['rooms.snapshot', 'votes.state'])
  expect(page.answers.get('rooms.snapshot')).toMatchObject({
    candidates: [{ name: '</script>국밥집' }],
  })
  expect(linksOf(page)).toEqual([...DOOR, '</assets/inside-3.js>; rel=modulepreload; crossorigin'])
})

test('a messenger that looks for a preview is told of no place and no person', async () => {
  const page = await open(`/r/${room.code}`, { 'user-agent': 'facebookexternalhit/1.1' })
  expect(page.answers.size).toBe(0)
  expect(page.html).not.toContain('국밥집')
  expect(page.html).not.toContain('민수')
  expect(page.html).toContain('og:title')
  expect(linksOf(page)).toEqual([...DOOR, FONT])
})

test('any other page names its own files alone', async () => {
  const page = await open('/settings')
  expect(linksOf(page)).toEqual(['</assets/any-0.js>; rel=modulepreload; crossorigin'])
  expect(page.answers.size).toBe(0)
})

test('of a locked room a stranger gets the lock alone', async () => {
  const locked = await openTestRoom(world, app)
  await locked.host.trpc.rooms.changeRoom.mutate({ roomId: locked.roomId, locked: true })
  const page = await open(`/r/${locked.code}`)
  expect(page.answers.get('rooms.peek')).toEqual({ state: 'locked' })
  expect(page.html).not.toContain('민수')
})
