import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { request as requestPlain } from 'node:http'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { cacheFolders, isProgram, onPath, writableCache } from '../paths.ts'
import { Plain, type Say, seconds } from '../say.ts'

const run = promisify(execFile)

export const LIVEKIT_VERSION = '1.13.5'
const RELEASES = `https://github.com/livekit/livekit/releases/download/v${LIVEKIT_VERSION}`
const PROGRAM = `livekit-server-${LIVEKIT_VERSION}`
/** Where the release can't be reached at all we want to know soon, and build instead. */
const CONNECT_MS = 4000
const DOWNLOAD_MS = 300_000

/** A LiveKit that is already here: LIVEKIT_SERVER, PATH, or a cache. */
export function findLivekit(): string | undefined {
  const named = process.env.LIVEKIT_SERVER
  if (named) {
    if (isProgram(named)) return named
    throw new Plain(`LIVEKIT_SERVER names ${named}, which is no program.`)
  }
  return (
    onPath('livekit-server') ??
    cacheFolders()
      .map((folder) => join(folder, PROGRAM))
      .find((path) => isProgram(path))
  )
}

/** Downloads the release, else builds it with Go. Minutes at worst; throws a Plain that says how to get it. */
export async function obtainLivekit(say: Say, signal: AbortSignal): Promise<string> {
  const cache = writableCache()
  const target = join(cache, PROGRAM)
  const why: string[] = []
  for (const [way, obtain] of [
    ['download', downloadRelease],
    ['build', buildWithGo],
  ] as const) {
    const work = mkdtempSync(join(cache, 'livekit.'))
    try {
      const program = await obtain(work, say, signal)
      chmodSync(program, 0o755)
      renameSync(program, target)
      return target
    } catch (error) {
      signal.throwIfAborted()
      why.push(`${way}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`)
    } finally {
      // Go's module cache is read-only, hence not in here; the rest can always be removed.
      rmSync(work, { recursive: true, force: true })
    }
  }
  const how =
    process.platform === 'darwin'
      ? '`brew install livekit`'
      : `put livekit-server ${LIVEKIT_VERSION} on PATH (github.com/livekit/livekit/releases), or install Go 1.21 or newer`
  throw new Plain(`No voice: LiveKit is missing. To have it: ${how}. (${why.join('; ')})`)
}

async function downloadRelease(work: string, say: Say, signal: AbortSignal): Promise<string> {
  const arch = { x64: 'amd64', arm64: 'arm64' }[process.arch as string]
  if (process.platform !== 'linux' || !arch) throw new Error('no release for this platform')
  return downloadArchive(RELEASES, `livekit_${LIVEKIT_VERSION}_linux_${arch}.tar.gz`, {
    work,
    say,
    signal,
  })
}

interface DownloadTo {
  work: string
  say: Say
  signal: AbortSignal
}

/** Fetches an archive with its checksum from `base`, refuses a wrong one, and unpacks livekit-server. */
export async function downloadArchive(
  base: string,
  name: string,
  { work, say, signal }: DownloadTo,
): Promise<string> {
  const since = performance.now()
  const sums = (await fetchWhole(`${base}/checksums.txt`, signal)).toString()
  const expected = sums
    .split('\n')
    .map((line) => line.trim().split(/\s+\*?/))
    .find(([, file]) => file === name)?.[0]
  if (!expected) throw new Error(`the checksum file of the release does not name ${name}`)
  say(`fetching LiveKit ${LIVEKIT_VERSION} …`)
  const archive = await fetchWhole(`${base}/${name}`, signal)
  const actual = createHash('sha256').update(archive).digest('hex')
  if (actual !== expected.toLowerCase()) throw new Error(`${name} has a wrong checksum`)
  writeFileSync(join(work, name), archive)
  await run('tar', ['-xzf', name, 'livekit-server'], { cwd: work })
  say(`LiveKit is fetched (${seconds(since)})`)
  return join(work, 'livekit-server')
}

/** GET with redirects; a connection that isn't made within CONNECT_MS is given up. */
function fetchWhole(url: string, signal: AbortSignal, redirects = 5): Promise<Buffer> {
  return new Promise((done, fail) => {
    const get = url.startsWith('https:') ? request : requestPlain
    const call = get(url, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(DOWNLOAD_MS)]),
      agent: false,
    })
    const timer = setTimeout(
      () => call.destroy(new Error(`no connection within ${CONNECT_MS / 1000} s`)),
      CONNECT_MS,
    )
    call.once('socket', (socket) => {
      const event = url.startsWith('https:') ? 'secureConnect' : 'connect'
      socket.once(event, () => clearTimeout(timer))
    })
    call.once('error', (error) => {
      clearTimeout(timer)
      fail(error)
    })
    call.once('response', (response) => {
      const { statusCode = 0, headers } = response
      const onward = headers.location
      if (statusCode >= 300 && statusCode < 400 && onward && redirects > 0) {
        response.resume()
        fetchWhole(new URL(onward, url).href, signal, redirects - 1).then(done, fail)
        return
      }
      if (statusCode !== 200) {
        response.resume()
        fail(new Error(`${new URL(url).host} answered ${statusCode}`))
        return
      }
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.once('end', () => done(Buffer.concat(parts)))
      response.once('error', fail)
    })
    call.end()
  })
}

async function buildWithGo(work: string, say: Say, signal: AbortSignal): Promise<string> {
  const go = onPath('go') ?? ['/usr/local/go/bin/go', '/opt/homebrew/bin/go'].find(isProgram)
  if (!go) throw new Error('Go is not installed')
  const since = performance.now()
  say(`building LiveKit ${LIVEKIT_VERSION} with Go, once (about two minutes) …`)
  const notice = setInterval(() => say(`still building LiveKit (${seconds(since)})`), 30_000)
  try {
    await goInstall(go, work, signal)
  } finally {
    clearInterval(notice)
  }
  say(`LiveKit is built (${seconds(since)})`)
  return join(work, 'server')
}

/** GOTOOLCHAIN=auto: a Go of 1.21 or later fetches the newer one that LiveKit asks for. */
function goInstall(go: string, work: string, signal: AbortSignal): Promise<void> {
  const env = { ...process.env, GOBIN: work, GOTOOLCHAIN: 'auto', CGO_ENABLED: '0' }
  mkdirSync(work, { recursive: true })
  return new Promise((done, fail) => {
    const args = ['install', `github.com/livekit/livekit-server/cmd/server@v${LIVEKIT_VERSION}`]
    // A group of its own, so that the compilers that go starts end with it.
    const child = spawn(go, args, { env, stdio: ['ignore', 'ignore', 'pipe'], detached: true })
    // The app is open meanwhile: it goes first.
    if (child.pid) setPriority(child.pid, constants.priority.PRIORITY_LOW)
    const stop = (): void => {
      if (child.pid) process.kill(-child.pid, 'SIGKILL')
    }
    signal.addEventListener('abort', stop, { once: true })
    let errors = ''
    child.stderr.on('data', (text: Buffer) => (errors = (errors + text.toString()).slice(-4000)))
    child.once('error', fail)
    child.once('close', (code) => {
      signal.removeEventListener('abort', stop)
      if (code === 0) done()
      else fail(new Error(`go install failed: ${errors.trim().split('\n').at(-1) ?? code}`))
    })
  })
}
