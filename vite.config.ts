import { readFileSync } from 'node:fs'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'
import type { HtmlTagDescriptor, Plugin, Rolldown } from 'vite'
import solid from 'vite-plugin-solid'
import { fontOf, fonts } from './scripts/fonts/plugin.ts'

/** Only these do something by being loaded. Of all others a page gets what it uses, also through a feature's index. */
const ACTS_WHEN_LOADED = /\.css$|\/client\/src\/main\.tsx$/

/** Needed by every page, and by the room's; the server names the latter in rooms alone (pages.ts), by who comes. */
const ENTRY = ['index.html']
const BOOT = ['src/app/boot.tsx']
const DOOR = ['src/app/room.page.tsx']
/** For each page and each part of its visitors: what the first picture needs, then what comes behind it. */
const OF_PAGES: Record<string, Record<string, readonly (readonly string[])[]>> = {
  '*': { '': [[]] },
  '/r/:code': {
    // Read before its map is there; yet the map is the largest part of the picture.
    '': [DOOR, ['src/app/room/joinMap.tsx']],
    inside: [[...DOOR, 'src/app/room/screen.tsx']],
  },
}
/** Here code and tiles fill the line: the font comes when they are through, as soon as the first text asks for it. */
const FONT_LATER = ['inside']

/** Such files stay with the pages that read them: zod would come to every page along with them. */
const isOfSchemas = (id: string): boolean =>
  /^import .* from 'zod'$/m.test(readFileSync(id, 'utf8'))

/**
 * Files asked for together come as one: six of them travel at a time, and each round costs a phone 150 ms. `base` is what
 * every page is made of; the entry's own parts stay out, so that it runs before the rest is here.
 */
const GROUPS = [
  {
    name: 'leaflet',
    test: /\/leaflet\/|\/client\/src\/lib\/leaflet/,
    priority: 3,
    // With them would come the helper that loads parts later, and with that the entry of every page.
    includeDependenciesRecursively: false,
  },
  {
    name: 'base',
    test: /\/client\/src\/(?:lib\/(?!early|fonts|livekit|areas)|ui\/(?:base|brand|button|class|clock|dish|field|icons|media|person|portrait|states|theme|toast|vote\.css|dishes\.svg)\b|app\/(?:boot|app|broken|heldVoice)|features\/(?:rooms\/(?:api|state\.title)|users\/(?:state\.names|ui\/fields)))|\/lucide-solid\/dist|\/solid-js\/|\/@solidjs\/router\/|\/@trpc\//,
    priority: 2,
    includeDependenciesRecursively: false,
    minShareCount: 2,
  },
  {
    name: 'inside',
    test: /\/client\/src\/(?:features\/(?:votes\/(?:api|ui\/draw|ui\/decision\/directions)|voice\/(?:state\.(?:space|settings)|ui\/bar))|ui\/(?:menu|vote|seats)\.tsx|lib\/areas)|\/@noble\/|\/votes\.draw\./,
    priority: 1,
    minShareCount: 2,
    includeDependenciesRecursively: false,
  },
  {
    name: 'shared',
    test: (id: string) =>
      /\/shared\/src\/(?!rooms\.code|votes\.draw|places\.(?:marks|search))/.test(id) &&
      !isOfSchemas(id),
    priority: 1,
    minShareCount: 2,
    includeDependenciesRecursively: false,
  },
]

type Bundle = Rolldown.OutputBundle

/** Files of these modules and of all that they import statically, code and style. */
function filesOf(bundle: Bundle, modules: readonly string[]): Set<string> {
  const files = new Set<string>()
  const add = (file: string): void => {
    const chunk = bundle[file]
    if (files.has(file) || chunk?.type !== 'chunk') return
    files.add(file)
    for (const css of chunk.viteMetadata?.importedCss ?? []) files.add(css)
    for (const imported of chunk.imports) add(imported)
  }
  for (const chunk of Object.values(bundle)) {
    if (chunk.type !== 'chunk') continue
    const from = chunk.facadeModuleId ?? ''
    if (modules.some((name) => from.endsWith(`/client/${name}`))) add(chunk.fileName)
  }
  return files
}

const sizeOf = (file: Bundle[string] | undefined): number =>
  file?.type === 'chunk' ? file.code.length : (file?.source.length ?? 0)

const linkOf = (file: string): HtmlTagDescriptor => ({
  tag: 'link',
  injectTo: 'head',
  attrs: file.endsWith('.css')
    ? { rel: 'preload', as: 'style', href: `/${file}`, crossorigin: true }
    : { rel: 'modulepreload', href: `/${file}`, crossorigin: true },
})

/**
 * Files that need one another run in an order that nobody wrote: one finds the other's values not there yet, and the page stays blank.
 * A group above then holds a module whose dependency it doesn't.
 */
function acyclic(): Plugin {
  return {
    name: 'bapmap:acyclic',
    apply: 'build',
    generateBundle(_options, bundle) {
      const done = new Set<string>()
      const walk = (file: string, way: readonly string[]): void => {
        if (way.includes(file))
          this.error(
            `these files need one another: ${[...way.slice(way.indexOf(file)), file].join(' → ')}`,
          )
        const chunk = bundle[file]
        if (done.has(file) || chunk?.type !== 'chunk') return
        for (const imported of chunk.imports) walk(imported, [...way, file])
        done.add(file)
      }
      for (const file of Object.keys(bundle)) walk(file, [])
    },
  }
}

/** Names the files that a page will ask for a round trip later, so that they come with the first. */
function preloads(): Plugin {
  return {
    name: 'bapmap:preloads',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle = {} }) => {
        const known = filesOf(bundle, ENTRY)
        return [...filesOf(bundle, BOOT)].filter((file) => !known.has(file)).map(linkOf)
      },
    },
    generateBundle: {
      // When the chunks that held styles alone are gone.
      order: 'post',
      handler(_options, bundle) {
        // Large ones first: beside them the small ones fill the other connections, instead of all waiting for the largest.
        const bySize = (modules: readonly string[]): string[] =>
          modules
            .flatMap((one) => [...filesOf(bundle, [one])])
            .toSorted((a, b) => sizeOf(bundle[b]) - sizeOf(bundle[a]))
        const named = (part: string, [first = [], ...later]: readonly (readonly string[])[]) => {
          const files = [[...ENTRY, ...BOOT, ...first], ...later].flatMap(bySize)
          // A file of schemas in a group above brings it to every page, 24 kB of the 200 that a room may take.
          for (const file of files) {
            const chunk = bundle[file]
            if (chunk?.type === 'chunk' && chunk.moduleIds.some((id) => id.includes('/zod/')))
              this.error(`zod would come with every page, in ${file}`)
          }
          const font = FONT_LATER.includes(part) ? [] : fontOf(bundle)
          return [...new Set([...files, ...font])].map((file) => `/${file}`)
        }
        const pages = Object.entries(OF_PAGES).map(([path, parts]) => [
          path,
          Object.fromEntries(
            Object.entries(parts).map(([part, modules]) => [part, named(part, modules)]),
          ),
        ])
        this.emitFile({
          type: 'asset',
          fileName: 'preloads.json',
          source: JSON.stringify(Object.fromEntries(pages)),
        })
      },
    },
  }
}

export default defineConfig({
  root: 'client',
  plugins: [solid(), tailwindcss(), fonts(), acyclic(), preloads()],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    sourcemap: 'hidden',
    target: 'es2022',
    // A font inside a style sheet would come whether a page has its letters or not.
    assetsInlineLimit: (file) => (file.endsWith('.woff2') ? false : undefined),
    rolldownOptions: {
      output: { codeSplitting: { groups: GROUPS } },
      treeshake: {
        moduleSideEffects: [
          { test: ACTS_WHEN_LOADED, sideEffects: true },
          { test: /\/(?:client|shared)\/src\//, sideEffects: false },
        ],
      },
    },
  },
})
