import { type Import, packageName } from './imports.ts'
import { FEATURE_GRAPH, placeFile, type ServerRole, type Zone } from './zones.ts'

type FeatureZone = Extract<Zone, { kind: 'server-feature' }>

const SHARED_PACKAGES = ['zod', 'es-hangul', '@noble/hashes']
const DATABASE_PACKAGES = ['kysely', 'pg']
const WIRE_PACKAGES = ['fastify', '@trpc/server', 'ws']

/** Files of the own feature that each role may use; `index` shows a feature, so it may see it all. */
const OWN: Record<ServerRole, readonly ServerRole[]> = {
  router: ['service', 'router'],
  service: ['repo', 'live', 'policy', 'service'],
  repo: ['repo'],
  live: ['live'],
  http: ['service', 'live', 'http'],
  jobs: ['service', 'repo', 'jobs'],
  policy: ['policy'],
  index: ['router', 'service', 'repo', 'live', 'http', 'jobs', 'policy', 'index'],
}

/** Why an import is not allowed, with where the code belongs; undefined when it is. */
export function judgeImport(
  file: string,
  zone: Zone,
  isTest: boolean,
  to: Import,
): string | undefined {
  if (to.isPackage) return judgePackage(zone, isTest, to)
  const { zone: target } = placeFile(to.target)
  if (!target) return undefined // styles, pictures, or a fault of its own
  if (isTest) return judgeTest(zone, target)
  switch (zone.kind) {
    case 'shared':
      return only(target, ['shared'], 'shared knows nothing but shared')
    case 'platform':
      return only(target, ['platform', 'shared', 'server-config'], 'platform knows no feature')
    case 'server-config':
      return only(target, ['shared'], 'configuration knows only shared')
    case 'server-http':
    case 'server-trpc':
      return only(
        target,
        ['platform', 'shared', 'server-config', 'server-http', 'server-trpc'],
        'http/ and trpc/ know no feature: what they ask is an argument, given in app.ts',
      )
    case 'server-main':
      return only(target, ['server-app', 'server-config', 'platform'], 'main only starts the app')
    case 'server-app':
    case 'server-testing':
      return startsWith(target, 'client') ? 'the server knows no client code' : undefined
    case 'migration':
      return only(target, ['migration', 'shared'], 'a migration must mean the same for ever')
    case 'server-feature':
      return judgeServerFeature(zone, target, to)
    case 'client-feature':
    case 'client-app':
    case 'client-ui':
    case 'client-lib':
    case 'client-main':
      return judgeClient(file, zone, target, to)
    case 'bench':
      return only(
        target,
        ['bench', 'server-app', 'server-config', 'server-testing', 'shared', 'e2e', 'scripts'],
        'a bench drives the app through server/src/app.ts',
      )
    case 'e2e':
      return only(target, ['e2e', 'shared', 'scripts'], 'browser tests know nothing of the inside')
    case 'scripts':
      return undefined
  }
}

function only(target: Zone, kinds: Zone['kind'][], why: string): string | undefined {
  return kinds.includes(target.kind) ? undefined : why
}

const startsWith = (zone: Zone, prefix: string): boolean => zone.kind.startsWith(prefix)

function judgePackage(zone: Zone, isTest: boolean, to: Import): string | undefined {
  const name = packageName(to.target)
  if (isTest) return undefined
  if (zone.kind === 'shared' && !SHARED_PACKAGES.includes(name)) {
    return `shared may use ${SHARED_PACKAGES.join(', ')} alone, so that it runs anywhere`
  }
  if (zone.kind !== 'server-feature') return undefined
  const { role } = zone
  if (DATABASE_PACKAGES.includes(name) && role !== 'repo' && !to.typeOnly) {
    return 'SQL lives in repo files and migrations alone'
  }
  if (
    ['service', 'policy', 'repo', 'live', 'jobs'].includes(role) &&
    WIRE_PACKAGES.includes(name)
  ) {
    if (role === 'live' && name === 'ws') return undefined // fan-out writes to sockets
    return `${role} knows nothing of the wire: that is router's and http's`
  }
  if (to.names.includes('TRPCError') && role !== 'router') {
    return 'TRPCError appears in routers and trpc/ alone; throw an AppError'
  }
  return undefined
}

/** Tests may reach for platform and app to build the real thing; the feature graph still holds. */
function judgeTest(zone: Zone, target: Zone): string | undefined {
  if (zone.kind === 'shared') return only(target, ['shared'], 'shared knows nothing but shared')
  if (startsWith(zone, 'client') && startsWith(target, 'server')) {
    return 'client tests know no server code'
  }
  if (zone.kind !== 'server-feature' || target.kind !== 'server-feature') return undefined
  return target.feature === zone.feature ? undefined : judgeOtherFeature(zone, target)
}

function judgeServerFeature(zone: FeatureZone, target: Zone, to: Import): string | undefined {
  if (target.kind === 'shared') return undefined
  if (target.kind === 'server-feature') {
    return target.feature === zone.feature
      ? judgeOwn(zone, target)
      : judgeOtherFeature(zone, target)
  }
  if (target.kind === 'platform') return judgePlatform(zone.role, to)
  if (target.kind === 'server-trpc') {
    const init = to.target === 'server/src/trpc/init.ts'
    if (zone.role === 'router' && init) return undefined
    return 'only routers use trpc/, and of it only trpc/init.ts'
  }
  if (target.kind === 'server-http') {
    return zone.role === 'http' ? undefined : 'only http files use server/src/http'
  }
  return 'a feature gets everything else as an argument, given in app.ts'
}

function judgeOwn(zone: FeatureZone, target: FeatureZone): string | undefined {
  if (OWN[zone.role].includes(target.role)) return undefined
  return `${zone.role} may use ${OWN[zone.role].join(', ')} of its feature, not ${target.role}`
}

function judgeOtherFeature(zone: FeatureZone, target: FeatureZone): string | undefined {
  const known = FEATURE_GRAPH[zone.feature] ?? []
  if (!known.includes(target.feature)) {
    return (
      `${zone.feature} may know ${known.join(', ') || 'no other feature'}, not ${target.feature}: ` +
      'pass a hook in app.ts, or put it together in the client'
    )
  }
  if (target.role !== 'index')
    return `of another feature only its index: ${target.feature}/index.ts`
  if (zone.role === 'service' || zone.role === 'index') return undefined
  return 'only a service (or index) uses other features'
}

function judgePlatform(role: ServerRole, to: Import): string | undefined {
  const file = to.target.replace('server/src/platform/', '')
  if (role === 'policy') return 'a policy is pure: it knows shared alone'
  if (role === 'router') return 'a router is a schema, a kind and one call of its service'
  if (role === 'http' || to.typeOnly) return undefined
  if (role === 'repo' && /^db(\.\w+)?\.ts$/.test(file)) return undefined
  if (role === 'live' && /^(redis|bus)(\.\w+)?\.ts$/.test(file)) return undefined
  return `${role} may use only types of platform/${file}: take what it does as an argument`
}

function judgeClient(file: string, zone: Zone, target: Zone, to: Import): string | undefined {
  if (startsWith(target, 'server')) {
    const theLine = to.typeOnly && /^\{\s*(type\s+)?AppRouter\s*\}$/.test(to.names)
    if (file === 'client/src/lib/trpc.ts' && theLine) return undefined
    return 'the client knows of the server one line: import type { AppRouter }, in lib/trpc.ts'
  }
  if (target.kind === 'shared') return undefined
  if (!startsWith(target, 'client')) return 'the client knows client and shared alone'
  switch (zone.kind) {
    case 'client-lib':
      return only(target, ['client-lib'], 'lib knows lib and shared')
    case 'client-ui':
      return only(target, ['client-ui', 'client-lib'], 'ui knows ui, lib and shared, no feature')
    case 'client-feature':
      if (target.kind === 'client-feature') {
        if (target.feature === zone.feature || target.isIndex) return undefined
        return `of another feature only its index: ${target.feature}/index.ts`
      }
      return only(
        target,
        ['client-ui', 'client-lib'],
        'a feature knows no app: pages of several features live there',
      )
    default:
      if (target.kind !== 'client-feature' || target.isIndex) return undefined
      return `app uses a feature by its index: ${target.feature}/index.ts`
  }
}
