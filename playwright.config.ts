import { defineConfig, devices } from '@playwright/test'

const { E2E_BASE_URL, CHROMIUM } = process.env
// Other tools read this file too; only Playwright itself needs the servers.
if (!E2E_BASE_URL && process.argv[1]?.includes('playwright')) {
  throw new Error('Browser tests need their servers: run them with "pnpm e2e"')
}

/** `scripts/e2e.ts` starts what the tests run against, and tells where it is by the environment. */
export default defineConfig({
  testDir: 'e2e/specs',
  outputDir: 'test-results',
  // Two cores: more browsers than that only slow each other down until time-outs fail.
  workers: 1,
  // A stalled machine starves a browser now and then: once more, and the last lines say which needed it.
  retries: 1,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  use: {
    ...(E2E_BASE_URL && { baseURL: E2E_BASE_URL }),
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    locale: 'ko-KR',
    timezoneId: 'Asia/Seoul',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    permissions: ['microphone', 'clipboard-read', 'clipboard-write'],
    launchOptions: {
      ...(CHROMIUM && { executablePath: CHROMIUM }),
      args: [
        // A root's Chromium has no sandbox.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
        '--autoplay-policy=no-user-gesture-required',
        '--disable-background-networking',
        '--disable-dev-shm-usage',
      ],
    },
  },
  projects: [{ name: 'chromium' }],
})
