import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { crc32, deflateSync } from 'node:zlib'

const SIZE = 256

/** One grey block with a border, of a shade that its place decides: two tiles are told apart. */
function paintTile(z: number, x: number, y: number): Buffer {
  const shade = 205 + ((x * 31 + y * 17 + z * 7) % 40)
  const rows: Buffer[] = []
  for (let row = 0; row < SIZE; row++) {
    const line = Buffer.alloc(SIZE + 1, shade)
    line[0] = 0 // PNG: this row is not filtered
    line[1] = 150
    if (row === 0) line.fill(150, 1)
    rows.push(line)
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(SIZE, 0)
  header.writeUInt32BE(SIZE, 4)
  header.set([8, 0, 0, 0, 0], 8) // 8 bits of grey
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

/** Map tiles for tests and pictures, the same on every machine; `address` is for MAP_TILES. */
export async function serveTiles(): Promise<{ address: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    const [, z, x, y] = /^\/(\d+)\/(\d+)\/(\d+)\.png/.exec(request.url ?? '') ?? []
    if (z === undefined || x === undefined || y === undefined) {
      response.writeHead(404).end()
      return
    }
    response
      .writeHead(200, {
        'content-type': 'image/png',
        'cache-control': 'max-age=3600',
        'access-control-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
      })
      .end(paintTile(Number(z), Number(x), Number(y)))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const stop = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
  return { address: `http://127.0.0.1:${port}/{z}/{x}/{y}.png`, stop }
}
