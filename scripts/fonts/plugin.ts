import { join } from 'node:path'
import type { HtmlTagDescriptor, Plugin } from 'vite'
import { makeFonts } from './make.ts'

const PREFIX = 'virtual:fonts/'

/** Brings `virtual:fonts/ui.css` and `virtual:fonts/more.css`, made from Pretendard and our own texts, and names the first one's file in every page. */
export function fonts(): Plugin {
  let made: Promise<string> | undefined
  return {
    name: 'bapmap:fonts',
    async resolveId(id) {
      if (!id.startsWith(PREFIX)) return null
      return join(await (made ??= makeFonts()), id.slice(PREFIX.length))
    },
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle = {} }) =>
        Object.values(bundle)
          .filter((file) => file.type === 'asset' && file.names.includes('ui.woff2'))
          .map(({ fileName }) => preloadOf(fileName)),
    },
  }
}

/** Behind the files of code, in the body: with the fonts of the system the page can be read, without code it can't. */
const preloadOf = (file: string): HtmlTagDescriptor => ({
  tag: 'link',
  injectTo: 'body',
  attrs: { rel: 'preload', as: 'font', type: 'font/woff2', href: `/${file}`, crossorigin: true },
})
