/**
 * How long a person waits from the tap on "Join voice" until their microphone is published and heard by the SFU, and how much is lost:
 * 8 publishers with a fake microphone, each in a browser context of its own, joining one by one in one room of the real SFU with the
 * token and the signalling relay that the product gives. Env: DATABASE_URL, REDIS_URL, LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET, CHROMIUM.
 */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { chromium } from '@playwright/test'
import type { Page } from '@playwright/test'
import type { VoiceStatus, VoiceToken } from '#shared/voice.ts'
import { Guest, portrait } from '../e2e/api.ts'
import { startCluster } from '../e2e/cluster.ts'

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

if (!process.env['LIVEKIT_URL'])
  throw new Error(
    'bench voice needs LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET of a running LiveKit',
  )
const script = join(
  dirname(createRequire(import.meta.url).resolve('livekit-client')),
  'livekit-client.umd.js',
)
const cluster = await startCluster(1, { LOG_LEVEL: 'warn' })
const browser = await chromium.launch({
  ...(process.env['CHROMIUM'] ? { executablePath: process.env['CHROMIUM'] } : {}),
  args: [
    '--no-sandbox',
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    '--autoplay-policy=no-user-gesture-required',
    '--disable-background-networking',
    // The page below comes from this script, not from the network: Chromium would ask before it may reach this machine.
    '--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessForWebSockets',
  ],
})
try {
  const host = await new Guest(cluster.url).signIn()
  const { roomId, code } = await host.mutate<{ roomId: string; code: string }>('rooms.open', {
    locale: 'en',
    zone: 'Europe/Rome',
    nickname: 'Host',
    portrait: portrait(),
  })
  for (let tries = 0; ; tries++) {
    if ((await host.query<VoiceStatus>('voice.status', { roomId })).available) break
    if (tries === 60) throw new Error('LiveKit did not answer within 30 s')
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  const pages: Page[] = []
  const joins: number[] = []
  for (let i = 0; i < PUBLISHERS; i++) {
    const context = await browser.newContext()
    // On the product's own origin: its signalling relay refuses foreign pages.
    await context.route(`${cluster.url}/livekit.js`, (route) => route.fulfill({ path: script }))
    await context.route(`${cluster.url}/bench`, (route) =>
      route.fulfill({ body: page, contentType: 'text/html' }),
    )
    const tab = await context.newPage()
    await tab.goto(`${cluster.url}/bench`)
    const guest = i === 0 ? host : await new Guest(cluster.url).signIn()
    if (i > 0) {
      await guest.mutate('rooms.join', { code, nickname: `Guest ${i}`, portrait: portrait() })
    }
    const asked = performance.now()
    const device = `device${i}${'0'.repeat(8)}`
    const { url: address, token } = await guest.mutate<VoiceToken>('voice.token', {
      roomId,
      device,
    })
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
  await cluster.close()
}
