import { join } from 'node:path'
import type { Plugin, Rolldown } from 'vite'
import { makeFonts } from './make.ts'

const PREFIX = 'virtual:fonts/'

/** Brings `virtual:fonts/ui.css` and `virtual:fonts/more.css`, made from Pretendard and our own texts. */
export function fonts(): Plugin {
  let made: Promise<string> | undefined
  return {
    name: 'bapmap:fonts',
    async resolveId(id) {
      if (!id.startsWith(PREFIX)) return null
      return join(await (made ??= makeFonts()), id.slice(PREFIX.length))
    },
  }
}

/** The file with the letters of our own texts, as the build calls it. */
export function fontOf(bundle: Rolldown.OutputBundle): string[] {
  return Object.values(bundle)
    .filter((file) => file.type === 'asset' && file.names.includes('ui.woff2'))
    .map(({ fileName }) => fileName)
}
