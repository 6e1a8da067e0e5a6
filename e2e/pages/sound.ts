import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, expect } from '@playwright/test'
import type { Browser, Page } from '@playwright/test'

const RATE = 48_000
/**
 * Beeps, not one long tone: noise suppression takes what never changes for noise, and rightly so.
 */
const BEEP_S = 0.25
const REST_S = 0.15
const LENGTH_S = 8

/** A file with beeps of `hz`, as a microphone would bring them; made anew for each run. */
export function writeBeeps(hz: number): string {
  const samples = RATE * LENGTH_S
  const data = Buffer.alloc(samples * 2)
  for (let i = 0; i < samples; i++) {
    const at = (i / RATE) % (BEEP_S + REST_S)
    // Soft edges: a click would hold every frequency.
    const edge = Math.min(1, at / 0.01, Math.max(0, (BEEP_S - at) / 0.01))
    data.writeInt16LE(Math.round(Math.sin((2 * Math.PI * hz * i) / RATE) * edge * 16_000), i * 2)
  }
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + data.length, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(RATE, 24)
  head.writeUInt32LE(RATE * 2, 28)
  head.writeUInt16LE(2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36)
  head.writeUInt32LE(data.length, 40)
  const file = join(mkdtempSync(join(tmpdir(), 'bapmap-sound-')), `${hz}.wav`)
  writeFileSync(file, Buffer.concat([head, data]))
  return file
}

export interface Wish {
  /** What the microphone hears; without it Chromium's own beeps. */
  microphone?: string
  /** Whether pages get the microphone without being asked; without it the context's permissions decide. */
  asksNothing?: boolean
  /** Whether pages may play sound before anybody touched them. */
  playsAtOnce?: boolean
}

/** A browser with devices and habits of its own. */
export function launchChromium({ microphone, asksNothing, playsAtOnce }: Wish): Promise<Browser> {
  const { CHROMIUM } = process.env
  return chromium.launch({
    ...(CHROMIUM && { executablePath: CHROMIUM }),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...(asksNothing ? ['--use-fake-ui-for-media-stream'] : []),
      '--use-fake-device-for-media-stream',
      ...(microphone ? [`--use-file-for-fake-audio-capture=${microphone}`] : []),
      `--autoplay-policy=${playsAtOnce ? 'no-user-gesture-required' : 'document-user-activation-required'}`,
      '--disable-background-networking',
      '--disable-dev-shm-usage',
    ],
  })
}

/** A browser whose microphone plays this file. */
export function launchWithMicrophone(file: string): Promise<Browser> {
  return launchChromium({ microphone: file, asksNothing: true, playsAtOnce: true })
}

/** From now on this page's `loudness` can be read. Call before it is opened. */
export async function keepLoudness(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const made: GainNode[] = []
    Object.assign(window, { madeGains: made })
    const { createGain } = BaseAudioContext.prototype
    BaseAudioContext.prototype.createGain = function gain(this: BaseAudioContext) {
      const node = createGain.call(this)
      made.push(node)
      return node
    }
  })
}
/** How loud the newest voice is played: the factor at which the browser mixes it. */
export function loudness(page: Page): Promise<number | undefined> {
  return page.evaluate(
    () => (window as unknown as { madeGains: GainNode[] }).madeGains.at(-1)?.gain.value,
  )
}

export interface Heard {
  /** How far the tone stands above what is beside it, dB. */
  aboveDb: number
  /** Its own level, dB of full scale. */
  levelDb: number
  tracks: number
}

/**
 * What this page plays of `hz` now: the loudest of the next `ms`, decoded from the voices themselves, so that nothing short of the
 * other's sound arriving here counts.
 */
export function hear(page: Page, hz: number, ms = 900): Promise<Heard> {
  return page.evaluate(
    async ({ tone, span }) => {
      const context = new AudioContext()
      await context.resume()
      const analyser = new AnalyserNode(context, { fftSize: 8_192, smoothingTimeConstant: 0 })
      // After a reconnect of its own LiveKit leaves an emptied element, which plays nothing and is taken for the next voice.
      const voices = [...document.querySelectorAll<HTMLAudioElement>('audio[data-voice]')]
        .map(({ srcObject }) => srcObject)
        .filter((stream) => stream instanceof MediaStream)
      for (const stream of voices) context.createMediaStreamSource(stream).connect(analyser)
      const bins = new Float32Array(analyser.frequencyBinCount)
      const perBin = context.sampleRate / analyser.fftSize
      const best = { aboveDb: -Infinity, levelDb: -Infinity, tracks: voices.length }
      const until = performance.now() + span
      while (performance.now() < until) {
        await new Promise((resolve) => setTimeout(resolve, 40))
        analyser.getFloatFrequencyData(bins)
        const at = Math.round(tone / perBin)
        const level = Math.max(...bins.slice(at - 1, at + 2))
        // Beside it, away from its own skirts: half an octave below to half an octave above.
        const beside = [
          ...bins.slice(Math.round(at * 0.7), at - 12),
          ...bins.slice(at + 12, Math.round(at * 1.4)),
        ]
        const middle = beside.sort((a, b) => a - b)[beside.length >> 1] ?? -Infinity
        const above = Number.isFinite(level) ? level - Math.max(middle, -140) : -Infinity
        if (level > best.levelDb) Object.assign(best, { aboveDb: above, levelDb: level })
      }
      await context.close()
      return best
    },
    { tone: hz, span: ms },
  )
}

/** Loud and clear: not a neighbour's leakage, not the floor. */
const isTone = ({ aboveDb, levelDb }: Heard): boolean => aboveDb > 20 && levelDb > -60

export async function expectTone(page: Page, hz: number, timeout = 10_000): Promise<void> {
  await expect
    .poll(async () => isTone(await hear(page, hz)), {
      timeout,
      message: `${hz} Hz is heard`,
      intervals: [50],
    })
    .toBe(true)
}
/** Not now, and not for the second after. */
export async function expectSilence(page: Page, hz: number, timeout = 5_000): Promise<void> {
  await expect
    .poll(async () => isTone(await hear(page, hz)), {
      timeout,
      message: `${hz} Hz has stopped`,
      intervals: [50],
    })
    .toBe(false)
  expect(isTone(await hear(page, hz, 1_200)), `${hz} Hz stays away`).toBe(false)
}
