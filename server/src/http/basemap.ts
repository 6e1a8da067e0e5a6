import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import serveStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { FetchSource } from 'pmtiles'
import type { MapTiles } from '#shared/map.ts'
import { type Config, ConfigError } from '../config.ts'
import { checkArchive, FileSource, UnusableArchive } from './basemap.archive.ts'

/** Where the server offers a file of its own; the stamp tells one content from the next. */
const OWN_PATH = '/basemap.pmtiles'
const CACHED_S = 86_400
/** A host that answers no sooner is away: the page asks it itself, later. */
const REMOTE_MS = 5_000

/** The map's ground as MAP_TILES asks for it, looked into. */
export interface Basemap {
  tiles: MapTiles
  attribution: string
  /** To be served by us; absolute. */
  file?: string
  /** What whoever runs this server should know, although it runs. */
  warning?: string
}

/** Looks at what MAP_TILES names. Throws ConfigError where no map would come of it; a host that is away just now is a warning. */
export async function readBasemap({
  MAP_TILES: named,
  MAP_ATTRIBUTION: attribution,
}: Pick<Config, 'MAP_TILES' | 'MAP_ATTRIBUTION'>): Promise<Basemap> {
  if (named.includes('{')) {
    const missing = ['{z}', '{x}', '{y}'].filter((part) => !named.includes(part))
    if (missing.length > 0)
      throw wrong(`"${named}" is a raster address without ${missing.join(', ')}`)
    return { tiles: { kind: 'raster', address: named }, attribution }
  }
  const isRemote = /^https?:\/\//i.test(named)
  try {
    return await (isRemote ? readRemote(named, attribution) : readFile(named, attribution))
  } catch (error) {
    if (error instanceof UnusableArchive) throw wrong(`"${named}" ${error.message}`)
    throw error
  }
}

const wrong = (what: string): ConfigError => new ConfigError([`MAP_TILES is wrong: ${what}.`])

async function readFile(named: string, attribution: string): Promise<Basemap> {
  const file = resolve(named)
  const found = await stat(file).catch(() => null)
  if (!found) throw new UnusableArchive(`is not there (looked for ${file})`)
  if (!found.isFile()) throw new UnusableArchive('is a folder; it must be a PMTiles file')
  if (
    !(await access(file, constants.R_OK).then(
      () => true,
      () => false,
    ))
  )
    throw new UnusableArchive('may not be read by this user')
  const source = new FileSource(file)
  try {
    const about = await checkArchive(source, found.size)
    const stamp = `${found.size.toString(36)}-${Math.floor(found.mtimeMs).toString(36)}`
    return {
      tiles: { kind: 'pmtiles', address: `${OWN_PATH}?v=${stamp}` },
      attribution: about.attribution ?? attribution,
      warning: about.warning,
      file,
    }
  } finally {
    await source.close()
  }
}

async function readRemote(address: string, attribution: string): Promise<Basemap> {
  if (!/\.pmtiles$/i.test(new URL(address).pathname))
    throw new UnusableArchive(
      'is neither a raster address with {z}, {x}, {y} nor one that ends in .pmtiles',
    )
  const tiles: MapTiles = { kind: 'pmtiles', address }
  const away = await fetch(address, {
    headers: { range: 'bytes=0-0' },
    signal: AbortSignal.timeout(REMOTE_MS),
  }).then(
    async (answer) => {
      await answer.body?.cancel()
      return answer.status === 206 ? null : `it answered ${answer.status} to a range request`
    },
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
  if (away) {
    const warning = `MAP_TILES "${address}" could not be looked into: ${away}. The map stays plain until browsers reach it`
    return { tiles, attribution, warning }
  }
  const about = await checkArchive(new FetchSource(address))
  return {
    tiles,
    attribution: about.attribution ?? attribution,
    warning: about.warning,
  }
}

/** Offers the file of `readBasemap`, that one alone, by ranges. Gone while we run, it is 404, and the page says that tiles are missing. */
export async function mountBasemap(app: FastifyInstance, { file }: Basemap): Promise<void> {
  if (!file) return
  const root = dirname(file)
  await app.register(serveStatic, { root, serve: false })
  app.get(OWN_PATH, async (_request, reply) =>
    reply.sendFile(basename(file), root, { maxAge: CACHED_S * 1_000, dotfiles: 'allow' }),
  )
}
