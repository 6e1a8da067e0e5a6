import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { livekitConfig } from './livekit.ts'
import { downloadArchive } from './livekit.binary.ts'

const NAME = 'livekit_1.0.0_linux_amd64.tar.gz'
let work = ''
let server: Server
let files: Record<string, Buffer | string> = {}
let base = ''

beforeEach(async () => {
  work = mkdtempSync(join(tmpdir(), 'bapmap-test-'))
  server = createServer((request, response) => {
    const file = files[(request.url ?? '').slice(1)]
    if (request.url?.startsWith('/moved/')) {
      response.writeHead(302, { location: request.url.replace('/moved', '') }).end()
    } else if (file === undefined) response.writeHead(404).end()
    else response.end(file)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
  rmSync(work, { recursive: true, force: true })
})

function makeRelease(): void {
  writeFileSync(join(work, 'livekit-server'), 'the program')
  execFileSync('tar', ['-czf', 'made.tar.gz', 'livekit-server'], { cwd: work })
  rmSync(join(work, 'livekit-server'))
  const archive = readFileSync(join(work, 'made.tar.gz'))
  const sum = createHash('sha256').update(archive).digest('hex')
  files = { [NAME]: archive, 'checksums.txt': `${'0'.repeat(64)}  other.zip\n${sum}  ${NAME}\n` }
}

const download = (from = base): Promise<string> =>
  downloadArchive(from, NAME, { work, say: () => {}, signal: new AbortController().signal })

test('an archive with the right checksum is unpacked, over a redirect too', async () => {
  makeRelease()
  expect(readFileSync(await download(), 'utf8')).toBe('the program')
  expect(readFileSync(await download(`${base}/moved`), 'utf8')).toBe('the program')
})

test('a changed archive is refused and nothing of it unpacked', async () => {
  makeRelease()
  files[NAME] = Buffer.concat([files[NAME] as Buffer, Buffer.from('more')])
  await expect(download()).rejects.toThrow('wrong checksum')
  expect(() => readFileSync(join(work, 'livekit-server'))).toThrow('ENOENT')
})

test('an archive that the checksum file does not name is refused', async () => {
  makeRelease()
  files['checksums.txt'] = `${'0'.repeat(64)}  other.zip\n`
  await expect(download()).rejects.toThrow('does not name')
})

test('a missing release says who answered what', async () => {
  files = {}
  await expect(download()).rejects.toThrow('answered 404')
})

test('a host that accepts but never answers TLS is given up in seconds', async () => {
  const silent = createTcpServer()
  await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done))
  const { port } = silent.address() as AddressInfo
  try {
    await expect(download(`https://127.0.0.1:${port}`)).rejects.toThrow('no connection within')
  } finally {
    silent.close()
  }
})

test('on one machine loopback candidates are on; with an address of the network they are off', () => {
  const ports = { signal: 1, tcp: 2, udp: 3 }
  const options = { folder: work, key: 'k', secret: 's'.repeat(32), say: () => {}, webhooks: [] }
  expect(livekitConfig(ports, options)).toMatchObject({
    bind_addresses: ['127.0.0.1'],
    rtc: { node_ip: '127.0.0.1', enable_loopback_candidate: true, udp_port: 3 },
    room: { auto_create: false },
  })
  expect(livekitConfig(ports, { ...options, lanAddress: '10.1.2.3' })).toMatchObject({
    rtc: { node_ip: '10.1.2.3', enable_loopback_candidate: false },
  })
})
