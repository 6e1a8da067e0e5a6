import { configDefaults, defineConfig } from 'vitest/config'
import solid from 'vite-plugin-solid'

const node = ['shared/src/**', 'server/**', 'scripts/**', 'bench/**'].map((at) => `${at}/*.test.ts`)
const database = ['**/*.db.test.ts']

/**
 * `unit` and `unit-client` need nothing but the code; `db` needs the services whose addresses
 * `scripts/test-db.ts` puts into the environment.
 */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: node,
          exclude: [...configDefaults.exclude, ...database],
          testTimeout: 20_000,
        },
      },
      {
        plugins: [solid()],
        // Without this vitest resolves solid-js to its server build, which renders nothing.
        resolve: { conditions: ['development', 'browser'] },
        test: {
          name: 'unit-client',
          environment: 'jsdom',
          include: ['client/src/**/*.test.{ts,tsx}'],
          server: { deps: { inline: [/solid/, /@kobalte/, /lucide-solid/] } },
          testTimeout: 20_000,
          // What appears is waited for one second, which a stalled machine may take from it.
          retry: 1,
        },
      },
      {
        test: {
          name: 'db',
          include: database,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 10_000 } },
          // Real servers, and signals and clocks between them: on a machine that stalls, once more; a retry is shown.
          retry: 1,
        },
      },
    ],
  },
})
