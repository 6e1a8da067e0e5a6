/**
 * How long a person waits from the tap on "Join voice" until their microphone is published and heard by the SFU, and how much is lost:
 * 8 publishers with a fake microphone, each in a browser context of its own, joining one by one in one room of the real SFU with the
 * token that the product gives. Env: LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET, CHROMIUM.
 */
import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { chromium } from '@playwright/test'
import type { Page } from '@playwright/test'
import { makeVoice } from '#server/features/voice/index.ts'
import { makeLog } from '#server/platform/log.ts'
import { makeSfu } from '#server/platform/sfu.ts'
import { systemClock } from '#server/platform/clock.ts'

const PUBLISHERS = 8
const LISTEN_MS = 15_000

interface Heard {
  packets: number
  lost: number
  protocols: string[]
}
/** What the page below puts into its global scope. */
interface VoicePage {
  joinVoice(url: string, token: string): Promise<number>
  heard(): Promise<Heard>
}

const page = `<!doctype html><title>voice</title><script src="/livekit.js"></script><script>
let room
window.joinVoice = async (url, token) => {
  const started = performance.now()
  room = new LivekitClient.Room({ adaptiveStream: true, dynacast: true })
  await room.connect(url, token, { rtcConfig: { iceServers: [] } })
  await room.localParticipant.setMicrophoneEnabled(true)
  return performance.now() - started
}
window.heard = async () => {
  let packets = 0, lost = 0
  const protocols = new Set()
  for (const person of room.remoteParticipants.values()) for (const publication of person.trackPublications.values()) {
    const report = await publication.track?.getRTCStatsReport()
    for (const stat of report?.values() ?? []) {
      if (stat.type === 'inbound-rtp') { packets += stat.packetsReceived; lost += stat.packetsLost }
      if (stat.type === 'local-candidate') protocols.add(stat.protocol)
    }
  }
  return { packets, lost, protocols: [...protocols] }
}
</script>`

function quantile(sorted: readonly number[], q: number): number {
  return Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * q) - 1)] ?? 0)
}

function voiceOf(url: string): ReturnType<typeof makeVoice> {
  const sfu = makeSfu(
    { url, key: process.env['LIVEKIT_API_KEY'], secret: process.env['LIVEKIT_API_SECRET'] },
    systemClock,
  )
  const member = { seat: 1, name: '', portrait: '', host: false, acting: false, writable: true }
  return makeVoice({
    sfu,
    // Who may join is measured elsewhere; what counts here is the way from a token to sound.
    rooms: { requireMember: async (roomId, personId) => ({ ...member, roomId, personId }) },
    live: {
      note: async () => {},
      noted: async () => [],
      forgetIfOld: async () => {},
      firstSight: async () => true,
      takeTurn: async () => false,
    },
    log: makeLog('silent'),
    publicUrl: url.replace(/^http/, 'ws'),
  })
}

const url = process.env['LIVEKIT_URL']
if (!url)
  throw new Error(
    'bench voice needs LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET of a running LiveKit',
  )
const script = join(
  dirname(createRequire(import.meta.url).resolve('livekit-client')),
  'livekit-client.umd.js',
)
const server = createServer((request, response) => {
  if (request.url === '/livekit.js')
    void readFile(script).then((text) =>
      response.setHeader('content-type', 'text/javascript').end(text),
    )
  else response.setHeader('content-type', 'text/html').end(page)
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const browser = await chromium.launch({
  ...(process.env['CHROMIUM'] ? { executablePath: process.env['CHROMIUM'] } : {}),
  args: [
    '--no-sandbox',
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    '--autoplay-policy=no-user-gesture-required',
    '--disable-background-networking',
  ],
})
try {
  const voice = voiceOf(url)
  const roomId = randomUUID()
  const pages: Page[] = []
  const joins: number[] = []
  for (let i = 0; i < PUBLISHERS; i++) {
    const context = await browser.newContext()
    const tab = await context.newPage()
    await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    const asked = performance.now()
    const { url: address, token } = await voice.token(
      randomUUID(),
      roomId,
      `device${i}${'0'.repeat(8)}`,
    )
    const tokenMs = performance.now() - asked
    joins.push(
      tokenMs +
        (await tab.evaluate(([a, b]) => (globalThis as unknown as VoicePage).joinVoice(a, b), [
          address,
          token,
        ] as const)),
    )
    pages.push(tab)
    process.stderr.write(`publisher ${i + 1} joined in ${Math.round(joins.at(-1) ?? 0)} ms\n`)
  }
  await new Promise((resolve) => setTimeout(resolve, LISTEN_MS))
  const reports = await Promise.all(
    pages.map((tab) => tab.evaluate(() => (globalThis as unknown as VoicePage).heard())),
  )
  const packets = reports.reduce((sum, report) => sum + report.packets, 0)
  const lost = reports.reduce((sum, report) => sum + report.lost, 0)
  if (packets === 0) throw new Error('nobody heard anything')
  const protocols = [...new Set(reports.flatMap((report) => report.protocols))]
  const sorted = joins.toSorted((a, b) => a - b)
  process.stderr.write(`${packets} packets heard, ${lost} lost\n`)
  console.log(
    JSON.stringify({
      bench: 'voice',
      publishers: PUBLISHERS,
      joinP50Ms: quantile(sorted, 0.5),
      joinP95Ms: quantile(sorted, 0.95),
      lossPercent: Number(((100 * lost) / (packets + lost)).toFixed(3)),
      protocol: protocols.length === 1 ? protocols[0] : protocols.join('+'),
    }),
  )
} finally {
  await browser.close()
  server.close()
}
