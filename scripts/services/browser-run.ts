import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Say } from '../say.ts'
import { findChromium } from './chromium.ts'
import { buildClient } from './client-build.ts'
import { startServer, untilServes } from './own.ts'
import { choosePort } from './ports.ts'
import { startThrowaway, type Throwaway } from './throwaway.ts'
import { encodeArchive, encodeTile } from './pmtiles.ts'
import { serveTiles } from './tiles.ts'

interface Endings {
  push(end: () => Promise<void> | void): void
}

/** Tests sign in hundreds of guests from one address, which people don't. */
const LIMITS = 'SIGN_INS_PER_ADDRESS=2000'

/**
 * What browser tests run against: the built client, throw-away services, tiles, Chromium, and two
 * servers on the same data. Returns the environment that tells a test where all of it is; servers
 * that a test starts itself find their services in the same environment.
 */
export async function startBrowserRun(
  endings: Endings,
  say: Say,
  signal: AbortSignal,
): Promise<Record<string, string>> {
  const ports = [await choosePort(), await choosePort()] as const
  const webhooks = [`http://127.0.0.1:${ports[0]}/livekit/webhook`]
  const keep = async (starting: Promise<Throwaway>): Promise<Throwaway> => {
    const services = await starting
    endings.push(() => services.stop())
    return services
  }
  const starting = [
    keep(startThrowaway({ webhooks, say })),
    findChromium(say),
    buildClient(say, signal),
  ] as const
  await Promise.allSettled(starting)
  const [services, chromium] = await Promise.all(starting)
  const tiles = await serveTiles()
  endings.push(() => tiles.stop())
  const env = { ...services.env, MAP_TILES: tiles.address, LIMITS }
  const basemap = join(services.folder, 'shore.pmtiles')
  await writeFile(basemap, encodeShore())
  const grounds = [tiles.address, basemap]
  for (const [index, MAP_TILES] of grounds.entries())
    await startOne(endings, services.folder, { ...env, MAP_TILES }, index, ports[index] ?? 0)
  return {
    ...env,
    CHROMIUM: chromium,
    E2E_BASE_URL: `http://localhost:${ports[0]}`,
    E2E_SECOND_URL: `http://localhost:${ports[1]}`,
    E2E_LOGS: `${services.folder}/logs`,
    ...Object.fromEntries(
      Object.entries(services.env).map(([name, value]) => [`E2E_${name}`, value]),
    ),
  }
}

/**
 * A basemap for the second server: in every tile of the world the west is land, with a street in the words of the current schema and one in
 * those of the older, and the east water.
 */
const encodeShore = (): Buffer =>
  encodeArchive({
    maxZoom: 10,
    metadata: { attribution: '<b>물가</b> 지도' },
    tile: encodeTile([
      { layer: 'earth', tags: { kind: 'earth' }, box: [0, 0, 0.5, 1] },
      { layer: 'water', tags: { kind: 'ocean' }, box: [0.5, 0, 1, 1] },
      {
        layer: 'roads',
        tags: { kind: 'major_road', kind_detail: 'primary' },
        box: [0.47, 0, 0.47, 1],
        line: true,
      },
      {
        layer: 'roads',
        tags: { 'pmap:kind': 'major_road', highway: 'primary' },
        box: [0.44, 0, 0.44, 1],
        line: true,
      },
    ]),
  })

async function startOne(
  endings: Endings,
  folder: string,
  env: Record<string, string>,
  index: number,
  port: number,
): Promise<void> {
  const place = { PORT: String(port), HOST: '127.0.0.1', PUBLIC_URL: `http://localhost:${port}` }
  const server = startServer(folder, { ...env, ...place }, { name: `server-${index + 1}` })
  endings.push(() => server.stop())
  await untilServes(server, `http://127.0.0.1:${port}`)
}
