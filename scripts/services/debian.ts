import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { onPath } from '../paths.ts'

const run = promisify(execFile)

/** Folders inside an unpacked package tree that may hold libraries. */
const LIBRARIES = ['usr/lib', 'lib']
const ARCHITECTURES = ['x86_64-linux-gnu', 'aarch64-linux-gnu']

/** Whether Debian's tools are here. Nothing is installed into the system, so no rights are needed. */
export const hasDebianTools = (): boolean =>
  ['apt-get', 'dpkg'].every((tool) => onPath(tool) !== undefined)

/**
 * Unpacks packages with all that they need and this system lacks into `<cache>/<name>`: no system
 * service, no password prompt. Returns that folder; throws when the packages can't be had.
 */
export async function unpackDebian(
  name: string,
  packages: string[],
  cache: string,
): Promise<string> {
  const target = join(cache, name)
  mkdirSync(cache, { recursive: true })
  const work = mkdtempSync(join(cache, `${name}.`))
  try {
    const missing = await missingPackages(packages)
    await run('apt-get', ['download', ...missing], { cwd: work, timeout: 600_000 })
    const files = readdirSync(work).filter((file) => file.endsWith('.deb'))
    for (const file of files) await run('dpkg', ['-x', file, 'tree'], { cwd: work })
    // What is there was found not to run by the caller, or it wouldn't ask.
    rmSync(target, { recursive: true, force: true })
    renameSync(join(work, 'tree'), target)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return target
}

/** Names of the packages and of all dependencies that are not installed, as apt itself resolves them. */
async function missingPackages(packages: string[]): Promise<string[]> {
  try {
    return await resolvePackages(packages)
  } catch (error) {
    // A bare machine has no package lists yet; only root may fetch them.
    if (process.getuid?.() !== 0) throw error
    await run('apt-get', ['update'], { timeout: 300_000 })
    return await resolvePackages(packages)
  }
}

async function resolvePackages(packages: string[]): Promise<string[]> {
  const args = ['install', '--print-uris', '-y', '-qq', '--no-install-recommends', ...packages]
  const { stdout } = await run('apt-get', args, { timeout: 60_000 })
  const names = [...stdout.matchAll(/^'[^']+' ([^_ ]+)_/gm)].map((match) => match[1] ?? '')
  // A package that is installed but not on PATH is wanted all the same.
  return [...new Set([...packages, ...names])]
}

/** Environment in which a program of an unpacked tree finds its libraries. */
export function treeEnv(tree: string): NodeJS.ProcessEnv {
  const known = process.env.LD_LIBRARY_PATH
  const folders = libraryFolders(tree)
  return {
    ...process.env,
    LD_LIBRARY_PATH: (known === undefined ? folders : [...folders, known]).join(':'),
  }
}

function libraryFolders(tree: string): string[] {
  const roots = LIBRARIES.map((folder) => join(tree, folder))
  const shared = roots.flatMap((root) => ARCHITECTURES.map((name) => join(root, name)))
  // Some packages keep a library for themselves one level down, named by an absolute path that isn't true here.
  const own = shared
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => join(folder, entry.name))
        .filter((inner) => readdirSync(inner).some((file) => /^lib.+\.so/.test(file))),
    )
  return [...roots, ...shared, ...own].filter((folder) => existsSync(folder))
}

/** Environment for a program at `path`, if that is inside a tree of ours; else the usual one. */
export function envFor(path: string): NodeJS.ProcessEnv {
  let folder = dirname(path)
  while (folder !== dirname(folder)) {
    if (folder.endsWith('.tree')) return treeEnv(folder)
    folder = dirname(folder)
  }
  return process.env
}
