import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, resolve, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.mp3': 'audio/mpeg',
  '.otf': 'font/otf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}
const SQUEEZABLE = /^(?:text\/|application\/(?:json|manifest|wasm)|image\/svg|font\/otf)/
/** Below this, in bytes, the header of a compressed answer costs more than it saves. */
const SMALLEST_BYTES = 1_024
/** Brotli's: about gzip's time, a tenth smaller. */
const QUICK_QUALITY = 5
/** Vite puts a hash of the content into these names. */
const HASHED = /^\/assets\//

interface Asset {
  path: string
  type: string
  hashed: boolean
}

interface Body {
  bytes: Buffer
  etag: string
  encoding?: 'br' | 'gzip'
}

/**
 * Serves the built client from memory: the folder is read once, so no address can reach another file. Compressed at the
 * highest level when first asked for, then kept; hashed names are cached for ever. Source maps stay inside.
 */
export async function mountAssets(app: FastifyInstance, folder: string): Promise<void> {
  const root = resolve(folder)
  const assets = await listAssets(root)
  const bodies = new Map<string, Promise<Body>>()
  const bodyOf = (asset: Asset, encoding: 'br' | 'gzip' | undefined): Promise<Body> => {
    const key = `${encoding ?? ''} ${asset.path}`
    const known = bodies.get(key)
    if (known) return known
    const made = makeBody(asset, encoding)
    bodies.set(key, made)
    made.catch(() => bodies.delete(key))
    return made
  }
  const send = async (
    asset: Asset,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> => {
    const squeezable = SQUEEZABLE.test(asset.type)
    const { bytes, etag, encoding } = await bodyOf(
      asset,
      squeezable ? encodingFor(request) : undefined,
    )
    reply.type(asset.type).header('etag', etag)
    reply.header('cache-control', asset.hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    if (squeezable) reply.header('vary', 'accept-encoding')
    if (request.headers['if-none-match'] === etag) return reply.code(304).send()
    if (encoding) reply.header('content-encoding', encoding)
    return reply.send(bytes)
  }
  for (const [url, asset] of assets) app.get(url, (request, reply) => send(asset, request, reply))
}

async function listAssets(root: string): Promise<Map<string, Asset>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => [])
  const found = new Map<string, Asset>()
  for (const entry of entries) {
    const type = types[extname(entry.name)]
    if (!entry.isFile() || !type) continue
    const path = join(entry.parentPath, entry.name)
    const url = `/${relative(root, path).split(sep).map(encodeURIComponent).join('/')}`
    // index.html is every page's frame, filled per address; see pages.ts.
    if (url !== '/index.html') found.set(url, { path, type, hashed: HASHED.test(url) })
  }
  return found
}

async function makeBody(asset: Asset, encoding: 'br' | 'gzip' | undefined): Promise<Body> {
  const plain = await readFile(asset.path)
  const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}${encoding ?? ''}"`
  if (!encoding || plain.length < SMALLEST_BYTES) return { bytes: plain, etag }
  const bytes = await squeeze(plain, encoding)
  return bytes.length < plain.length ? { bytes, etag, encoding } : { bytes: plain, etag }
}

/** The better of the encodings that the browser takes. */
export function encodingFor(request: Pick<FastifyRequest, 'headers'>): 'br' | 'gzip' | undefined {
  const accepted = String(request.headers['accept-encoding'] ?? '')
  if (/\bbr\b/.test(accepted)) return 'br'
  return /\bgzip\b/.test(accepted) ? 'gzip' : undefined
}

/** What is made anew for each request: squeezed as much as a moment allows. */
export async function squeezeNow(
  request: Pick<FastifyRequest, 'headers'>,
  plain: Buffer,
): Promise<Omit<Body, 'etag'>> {
  const encoding = encodingFor(request)
  if (!encoding || plain.length < SMALLEST_BYTES) return { bytes: plain }
  const bytes =
    encoding === 'gzip'
      ? await zip(plain)
      : await brotli(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: QUICK_QUALITY } })
  return { bytes, encoding }
}

function squeeze(plain: Buffer, encoding: 'br' | 'gzip'): Promise<Buffer> {
  if (encoding === 'gzip') return zip(plain, { level: 9 })
  return brotli(plain, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
    },
  })
}
