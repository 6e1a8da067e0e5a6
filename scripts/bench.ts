import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { withEndings } from './ending.ts'
import { ROOT } from './paths.ts'
import { failWith, Plain, say } from './say.ts'
import { startBrowserRun } from './services/browser-run.ts'
import { findChromium } from './services/chromium.ts'
import { buildClient } from './services/client-build.ts'
import { startThrowaway } from './services/throwaway.ts'
import { runTool } from './tools.ts'

/** Every bench ends within 8 minutes, or is ended. */
const LONGEST_MS = 480_000
/** These need the whole app running; the others start what they measure themselves. */
const WITH_APP = ['load', 'flood']
/** These open the built client in a browser, on a server of their own. */
const WITH_CLIENT = ['places']

/** `pnpm bench NAME`: runs bench/NAME.ts on throw-away services; its JSON is the last thing on stdout. */
await withEndings(async (endings, stopped) => {
  const [name, ...args] = process.argv.slice(2).filter((arg) => arg !== '--')
  const file = join(ROOT, 'bench', `${name}.ts`)
  if (!name || !/^\w+$/.test(name) || !existsSync(file)) {
    throw new Plain(`There is no bench "${name ?? ''}": name a file of bench/ without its ending.`)
  }
  const given: Record<string, string> = WITH_APP.includes(name)
    ? await startBrowserRun(endings, say, stopped)
    : await startServicesOnly(endings)
  if (WITH_CLIENT.includes(name)) await buildClient(say, stopped)
  const tooLong = AbortSignal.timeout(LONGEST_MS)
  const { code, stdout } = await runTool(process.execPath, [file, ...args], {
    env: { ...process.env, ...given },
    show: true,
    signal: AbortSignal.any([stopped, tooLong]),
  })
  const last = stdout.trimEnd().split('\n').at(-1) ?? ''
  if (tooLong.aborted) throw new Plain(`The bench took more than ${LONGEST_MS / 60_000} minutes.`)
  if (code !== 0) throw new Plain(`The bench ended with code ${code}.`)
  if (!isObject(last)) throw new Plain('The bench printed no JSON object as its last line.')
  process.stdout.write(`${last}\n`)
}).catch(failWith)

async function startServicesOnly(endings: {
  push(end: () => Promise<void>): void
}): Promise<Record<string, string>> {
  const services = await startThrowaway()
  endings.push(() => services.stop())
  return { ...services.env, CHROMIUM: await findChromium(say) }
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}
