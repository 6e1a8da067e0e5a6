import type { BrowserContextOptions } from '@playwright/test'

export type Theme = 'light' | 'dark'
export type Lang = 'ko' | 'en'
const PHONE = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  deviceScaleFactor: 2,
}
const DESKTOP = { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 }
export const DEVICES = {
  phone: PHONE,
  'phone-360': {
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
    deviceScaleFactor: 2,
  },
  tablet: { viewport: { width: 820, height: 1180 }, hasTouch: true, deviceScaleFactor: 1 },
  desktop: DESKTOP,
  /** Text twice as large by the reader's own choice. */
  'phone-large': PHONE,
  /** A window of 1280 by 900, zoomed to 200 %. */
  'desktop-zoomed': { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 },
  'phone-forced': { ...PHONE, forcedColors: 'active' },
  'desktop-forced': { ...DESKTOP, forcedColors: 'active' },
} satisfies Record<string, BrowserContextOptions>
export type Device = keyof typeof DEVICES

/** How one browser looks at the product. */
export interface Look {
  device: Device
  theme: Theme
  lang: Lang
}

export const isLarge = ({ device }: Look): boolean => device.endsWith('-large')
export const isPhone = ({ device }: Look): boolean => device.startsWith('phone')

export function contextOptions(look: Look): BrowserContextOptions {
  return {
    ...DEVICES[look.device],
    colorScheme: look.theme,
    locale: look.lang === 'ko' ? 'ko-KR' : 'en-US',
    timezoneId: 'Asia/Seoul',
    reducedMotion: 'reduce',
    permissions: ['microphone'],
  }
}

/** Main states for readers who change what they see: words are longest in English. */
const READERS: readonly Look[] = [
  { device: 'phone-large', theme: 'light', lang: 'en' },
  { device: 'desktop-zoomed', theme: 'light', lang: 'en' },
  { device: 'phone-forced', theme: 'light', lang: 'ko' },
  { device: 'desktop-forced', theme: 'dark', lang: 'en' },
]

/** Main states are taken in every look, the others on the phone and the desktop. */
export function looksOf(wide: boolean): Look[] {
  const devices: Device[] = wide
    ? ['phone', 'phone-360', 'tablet', 'desktop']
    : ['phone', 'desktop']
  const looks: Look[] = []
  for (const theme of ['light', 'dark'] as const)
    for (const lang of ['ko', 'en'] as const)
      for (const device of devices) {
        // The narrow ones are about room for words: once a theme is enough.
        if (wide && (device === 'phone-360' || device === 'tablet') && theme === 'dark') continue
        looks.push({ device, theme, lang })
      }
  return wide ? [...looks, ...READERS] : looks
}
