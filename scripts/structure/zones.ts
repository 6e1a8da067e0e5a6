/** The features that exist, with the features whose `index` each may use. No other edges, no cycles. */
export const FEATURE_GRAPH: Record<string, readonly string[]> = {
  auth: [],
  users: ['auth'],
  places: ['auth'],
  chat: ['auth', 'users'],
  rooms: ['auth', 'users', 'places', 'chat'],
  votes: ['rooms', 'chat', 'users', 'places'],
  voice: ['rooms'],
  demo: ['auth', 'users', 'rooms', 'votes', 'chat', 'places'],
}

const SERVER_ROLES = [
  'router',
  'service',
  'repo',
  'live',
  'http',
  'jobs',
  'policy',
  'index',
] as const
const CLIENT_ROLES = ['page', 'api', 'state', 'index'] as const
/** What shared holds beside one file a feature. */
const SHARED_TOPICS = ['errors', 'limits', 'geo', 'text', 'faces', 'dishes', 'map']

export type ServerRole = (typeof SERVER_ROLES)[number]

/** Where a file is, as far as the rules care. */
export type Zone =
  | { kind: 'shared' | 'server-app' | 'server-main' | 'server-config' | 'server-testing' }
  | { kind: 'platform' | 'server-http' | 'server-trpc' | 'migration' | 'bench' | 'e2e' | 'scripts' }
  | { kind: 'server-feature'; feature: string; role: ServerRole }
  | { kind: 'client-app' | 'client-ui' | 'client-lib' | 'client-main' }
  | { kind: 'client-feature'; feature: string; isIndex: boolean }

export interface Placed {
  zone?: Zone
  isTest: boolean
  /** Why the file may not be called so, and where it belongs. */
  fault?: string
}

const TOP: Record<string, Zone['kind']> = {
  'server/src/app.ts': 'server-app',
  'server/src/main.ts': 'server-main',
  'server/src/config.ts': 'server-config',
  'client/src/main.tsx': 'client-main',
}

const FOLDERS: [RegExp, Zone['kind']][] = [
  [/^server\/src\/testing(\.\w+)?\.ts$/, 'server-testing'],
  [/^server\/src\/platform\//, 'platform'],
  [/^server\/src\/http\//, 'server-http'],
  [/^server\/src\/trpc\//, 'server-trpc'],
  [/^client\/src\/app\//, 'client-app'],
  [/^client\/src\/ui\//, 'client-ui'],
  [/^client\/src\/lib\//, 'client-lib'],
  [/^bench\//, 'bench'],
  [/^e2e\/(pages\/|specs\/|[\w.]+$)/, 'e2e'],
  [/^scripts\//, 'scripts'],
]

/** Tells the zone of a path, or what is wrong with its name. */
export function placeFile(path: string): Placed {
  const isTest = /\.test\.tsx?$/.test(path)
  const file = path.replace(/(\.db)?\.test(\.tsx?)$/, '$2')
  const top = TOP[file]
  if (top) return { zone: { kind: top } as Zone, isTest }
  for (const [pattern, kind] of FOLDERS) {
    if (pattern.test(file)) return { zone: { kind } as Zone, isTest }
  }
  if (file.startsWith('server/migrations/')) return { isTest, ...placeMigration(file) }
  if (file.startsWith('shared/src/')) return { isTest, ...placeShared(file) }
  const feature = /^(server|client)\/src\/features\/([^/]+)\/(.+)$/.exec(file)
  if (feature) {
    const [, side, name = '', rest = ''] = feature
    return { isTest, ...placeFeature(side === 'server', name, rest) }
  }
  return {
    isTest,
    fault: 'no place in the layout: code lives in a feature, platform, http, trpc, app, ui or lib',
  }
}

function placeMigration(file: string): Omit<Placed, 'isTest'> {
  if (/\/\d{4}_[a-zA-Z][\w]*\.ts$/.test(file)) return { zone: { kind: 'migration' } }
  return { fault: 'a migration is called NNNN_what.ts' }
}

function placeShared(file: string): Omit<Placed, 'isTest'> {
  const name = /^shared\/src\/([^/.]+)(\.\w+)*\.ts$/.exec(file)?.[1]
  if (name && (name in FEATURE_GRAPH || SHARED_TOPICS.includes(name))) {
    return { zone: { kind: 'shared' } }
  }
  return {
    fault: `shared has one file a feature (feature.ts or feature.topic.ts), and ${SHARED_TOPICS.join(', ')}`,
  }
}

function placeFeature(server: boolean, feature: string, rest: string): Omit<Placed, 'isTest'> {
  if (!(feature in FEATURE_GRAPH)) {
    return {
      fault: `"${feature}" is no feature; there are ${Object.keys(FEATURE_GRAPH).join(', ')}`,
    }
  }
  if (!server && rest.startsWith('ui/')) {
    return { zone: { kind: 'client-feature', feature, isIndex: false } }
  }
  const role = /^([a-z]+)(\.\w+)*\.tsx?$/.exec(rest)?.[1]
  if (server) {
    const found = SERVER_ROLES.find((each) => each === role)
    if (found) return { zone: { kind: 'server-feature', feature, role: found } }
    return {
      fault: `a server file is role.ts or role.topic.ts, of the roles ${SERVER_ROLES.join(' ')}`,
    }
  }
  const found = CLIENT_ROLES.find((each) => each === role)
  if (found) return { zone: { kind: 'client-feature', feature, isIndex: found === 'index' } }
  return {
    fault: `a client file is role.ts or role.topic.ts, of the roles ${CLIENT_ROLES.join(' ')}, or lies in ui/`,
  }
}
