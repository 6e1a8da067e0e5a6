import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { cacheFolders, isProgram, onPath, writableCache } from '../paths.ts'
import { Plain, type Say, seconds } from '../say.ts'
import { hasDebianTools, treeEnv, unpackDebian } from './debian.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const TREE = 'chromium.tree'
/** The app brings its own Korean font; this one is for everything that the system draws. */
const PACKAGES = ['chromium', 'fonts-dejavu-core']

/** The browser of the tests: CHROMIUM, PATH, Playwright's own, a cache, else Debian's package. */
export async function findChromium(say: Say): Promise<string> {
  const named = process.env.CHROMIUM
  if (named) {
    if (isProgram(named)) return named
    throw new Plain(`CHROMIUM names ${named}, which is no program.`)
  }
  const here = [
    ...NAMES.map((name) => onPath(name)),
    chromium.executablePath(),
    ...cacheFolders().map((folder) => join(folder, TREE, 'run-chromium')),
  ]
  for (const path of here) if (path && isProgram(path) && works(path)) return path
  return unpackChromium(say)
}

async function unpackChromium(say: Say): Promise<string> {
  const how = '`sudo apt-get install chromium`, or `npx playwright install chromium`'
  if (process.platform !== 'linux' || !hasDebianTools()) {
    throw new Plain(`The browser tests need Chromium: ${how}, or name one with CHROMIUM=/path.`)
  }
  const since = performance.now()
  say("fetching Chromium (Debian's package, into the cache) …")
  let path: string
  try {
    path = makeLauncher(await unpackDebian(TREE, PACKAGES, writableCache()))
  } catch (cause) {
    const text = String((cause as { stderr?: string }).stderr ?? cause)
      .trim()
      .split('\n')
      .at(-1)
    throw new Plain(`The browser tests need Chromium, and fetching it failed (${text}): ${how}.`)
  }
  if (!works(path)) throw new Plain(`The Chromium in ${path} doesn't run here: ${how}.`)
  say(`Chromium is in the cache (${seconds(since)})`)
  return path
}

/** Playwright starts one program without our environment, so the libraries' paths are written into it. */
function makeLauncher(tree: string): string {
  const launcher = join(tree, 'run-chromium')
  const libraries = treeEnv(tree).LD_LIBRARY_PATH ?? ''
  const fonts = join(tree, 'fonts.conf')
  writeFileSync(
    fonts,
    `<?xml version="1.0"?><fontconfig><dir>${tree}/usr/share/fonts</dir>` +
      `<dir>/usr/share/fonts</dir><cachedir>${tree}/font-cache</cachedir></fontconfig>\n`,
  )
  writeFileSync(
    launcher,
    `#!/bin/sh\nexport LD_LIBRARY_PATH="${libraries}"\nexport FONTCONFIG_FILE="${fonts}"\n` +
      `exec "${tree}/usr/lib/chromium/chromium" "$@"\n`,
    { mode: 0o755 },
  )
  return launcher
}

function works(path: string): boolean {
  try {
    execFileSync(path, ['--version', '--no-sandbox'], { stdio: 'ignore', timeout: 20_000 })
    return true
  } catch {
    return false
  }
}
