import { writeFileSync, mkdirSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { Plain, type Say } from '../say.ts'
import { type Child, startChild, tail } from './child.ts'
import { findLivekit, obtainLivekit } from './livekit.binary.ts'
import { choosePort, isFree, isUdpFree, waitFor } from './ports.ts'

interface LivekitOptions {
  /** Configuration, log and pid file are kept here. */
  folder: string
  key: string
  secret: string
  say: Say
  /** Signal port wanted; media uses the two after it. Others are chosen where one is taken. */
  port?: number
  /** Where LiveKit tells of people who come and go. */
  webhooks: string[]
  /** The address that phones on the same network reach; only this machine when left out. */
  lanAddress?: string
  /** A certificate that the webhook's address is served with. */
  trust?: string
}

export interface Livekit {
  /** Fixed from the beginning, whenever the SFU itself comes. */
  url: string
  key: string
  secret: string
  /** True once it answers; false when there is none to be had. Never rejects. */
  ready: Promise<boolean>
  stop(): Promise<void>
}

/**
 * The LiveKit of LIVEKIT_URL if given, else our own. Returns at once with address and keys: the app
 * opens while LiveKit is still being fetched or built, and voice appears when it answers.
 */
export async function findOrStartLivekit(
  options: LivekitOptions,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Livekit> {
  if (env.LIVEKIT_URL) return givenLivekit(env.LIVEKIT_URL, env, options.say)
  const ports = await choosePorts(options.port)
  const url = `ws://127.0.0.1:${ports.signal}`
  const ending = new AbortController()
  let child: Child | undefined
  const start = async (): Promise<boolean> => {
    try {
      const program = findLivekit() ?? (await obtainLivekit(options.say, ending.signal))
      if (ending.signal.aborted) return false
      child = launch(program, ports, options)
      return await untilReady(child, url)
    } catch (error) {
      if (!ending.signal.aborted)
        options.say(error instanceof Plain ? error.message : String(error))
      return false
    }
  }
  const ready = start()
  const stop = async (): Promise<void> => {
    ending.abort()
    await child?.stop()
    await ready
  }
  return { url, key: options.key, secret: options.secret, ready, stop }
}

async function givenLivekit(url: string, env: NodeJS.ProcessEnv, say: Say): Promise<Livekit> {
  const { LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret } = env
  if (!key || !secret) {
    throw new Plain('LIVEKIT_URL is set; it needs LIVEKIT_API_KEY and LIVEKIT_API_SECRET too.')
  }
  const ready = answers(url).then((yes) => {
    if (!yes) say(`no voice yet: the LiveKit of LIVEKIT_URL doesn't answer`)
    return yes
  })
  return { url, key, secret, ready, stop: async () => {} }
}

interface Ports {
  signal: number
  tcp: number
  udp: number
}

async function choosePorts(wanted?: number): Promise<Ports> {
  if (wanted !== undefined) {
    const free = await Promise.all([
      isFree(wanted),
      isFree(wanted + 1, '0.0.0.0'),
      isUdpFree(wanted + 2),
    ])
    if (free.every(Boolean)) return { signal: wanted, tcp: wanted + 1, udp: wanted + 2 }
  }
  return { signal: await choosePort(), tcp: await choosePort(), udp: await choosePort() }
}

function launch(program: string, ports: Ports, options: LivekitOptions): Child {
  mkdirSync(options.folder, { recursive: true })
  const config = join(options.folder, 'livekit.json')
  writeFileSync(config, JSON.stringify(livekitConfig(ports, options), null, 2), { mode: 0o600 })
  return startChild(options.folder, {
    name: 'livekit',
    command: program,
    args: ['--config', config],
    mark: config,
    // Go reads it on Linux; elsewhere the server's polling stands in for the webhooks.
    env: options.trust ? { ...process.env, SSL_CERT_FILE: options.trust } : process.env,
    // On SIGTERM LiveKit lets its rooms drain for seconds; it keeps nothing on disk, so it may die.
    stopSignal: 'SIGTERM',
    stopTimeoutMs: 500,
  })
}

/**
 * One machine, without internet. JSON is YAML too. A loopback node_ip needs loopback candidates, or
 * UDP is never bound; STUN points to nowhere near, or clients ask public servers.
 */
export function livekitConfig(ports: Ports, options: LivekitOptions): object {
  const loopback = interfaceOf('127.0.0.1') ?? 'lo'
  const lan = options.lanAddress
  const lanInterface = lan ? interfaceOf(lan) : undefined
  return {
    port: ports.signal,
    bind_addresses: ['127.0.0.1'],
    keys: { [options.key]: options.secret },
    logging: { level: 'info', json: true },
    rtc: {
      tcp_port: ports.tcp,
      udp_port: ports.udp,
      node_ip: lan ?? '127.0.0.1',
      use_external_ip: false,
      enable_loopback_candidate: lan === undefined,
      interfaces: { includes: [lanInterface ?? loopback] },
      stun_servers: ['127.0.0.1:3478'],
    },
    room: { auto_create: false },
    webhook: { api_key: options.key, urls: options.webhooks },
  }
}

function interfaceOf(address: string): string | undefined {
  return Object.entries(networkInterfaces()).find(([, addresses]) =>
    addresses?.some((each) => each.address === address),
  )?.[0]
}

async function untilReady(child: Child, url: string): Promise<boolean> {
  const ready = await waitFor(async () => !child.running() || (await answers(url)), 20_000)
  if (ready && child.running()) return true
  throw new Plain(
    `No voice: LiveKit didn't start (log: ${child.logFile}).\n${tail(child.logFile, 4)}`,
  )
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url.replace(/^ws/, 'http'), { signal: AbortSignal.timeout(2000) })
    return response.ok
  } catch {
    return false
  }
}
