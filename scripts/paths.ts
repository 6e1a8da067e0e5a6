import { accessSync, constants, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { Plain } from './say.ts'

export const ROOT = resolve(import.meta.dirname, '..')
export const DATA = join(ROOT, '.data')

/** A tool of this project, as pnpm installed it. */
export const bin = (name: string): string => join(ROOT, 'node_modules', '.bin', name)

/**
 * Where downloaded and built programs are looked for, best first. A cache in the home folder is
 * shared by all clones, so that a second clone builds nothing again.
 */
export function cacheFolders(env: NodeJS.ProcessEnv = process.env): string[] {
  if (env.BAPMAP_CACHE) return [resolve(env.BAPMAP_CACHE)]
  const home = env.XDG_CACHE_HOME ?? join(homedir(), '.cache')
  return [join(home, 'bapmap'), join(ROOT, '.cache')]
}

/** The first cache folder that can be written. */
export function writableCache(env: NodeJS.ProcessEnv = process.env): string {
  for (const folder of cacheFolders(env)) if (makeWritable(folder)) return folder
  throw new Plain(
    `No folder to keep downloads in: ${cacheFolders(env).join(' and ')} cannot be written. ` +
      'Name one with BAPMAP_CACHE=/some/folder.',
  )
}

/** Makes the folder if need be, and tells whether this process may write there. */
export function makeWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The full path of a program on PATH, or undefined. Our own node_modules/.bin counts too. */
export function onPath(name: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    if (folder === '') continue
    const path = join(folder, name)
    if (isProgram(path)) return path
  }
  return undefined
}

export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
