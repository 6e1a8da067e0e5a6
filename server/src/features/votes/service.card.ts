import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Resvg } from '@resvg/resvg-js'
import satori from 'satori'
import type { Locale } from '#shared/users.ts'
import type { DecisionView } from '#shared/votes.ts'
import { drawCard, INK, INK_2, PAPER, PERILLA_INK } from './service.card.art.ts'
import { cardText } from './service.card.text.ts'
import type { CardText } from './service.card.text.ts'

export const CARD = { width: 1200, height: 630 } as const
const KEPT = 60
const WEIGHTS = [
  ['Medium', 500],
  ['SemiBold', 600],
  ['Bold', 700],
  ['ExtraBold', 800],
] as const

export interface Card {
  png: Buffer
  /** Changes with what is drawn. */
  etag: string
}
export interface Cards {
  /** 1200×630, always light, of what visitors may see. Kept by content: one that was drawn is not drawn again. */
  render(decision: DecisionView, locale: Locale): Promise<Card>
}

type Fonts = Parameters<typeof satori>[1]['fonts']
interface Box {
  type: string
  props: {
    style: Record<string, string | number>
    children?: string | Box[]
    src?: string
    width?: number
    height?: number
  }
}
const box = (style: Record<string, string | number>, children: string | Box[]): Box => ({
  type: 'div',
  props: { style: { display: 'flex', ...style }, children },
})

export function makeCards(): Cards {
  const kept = new Map<string, Promise<Card>>()
  let fonts: Promise<Fonts> | undefined
  // One at a time: drawing takes a good part of a second of one core.
  let last: Promise<unknown> = Promise.resolve()
  return {
    render: (decision, locale) => {
      const text = cardText(decision, locale)
      const key = keyOf(decision, text)
      const known = kept.get(key)
      if (known) return known
      fonts ??= readFonts()
      const loaded = fonts
      const made = last.then(async () => ({
        png: await draw(decision, text, await loaded),
        etag: `"${key}"`,
      }))
      last = made.catch(() => undefined)
      made.catch(() => kept.delete(key))
      kept.set(key, made)
      const oldest = kept.keys().next().value
      if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
      return made
    },
  }
}

function keyOf({ winner, people }: DecisionView, text: CardText): string {
  const faces = people.map(({ portrait, seat, choseWinner }) => [portrait, seat, choseWinner])
  return createHash('sha256')
    .update(JSON.stringify([text, winner.number, winner.category, winner.menu, faces]))
    .digest('base64url')
    .slice(0, 22)
}

async function readFonts(): Promise<Fonts> {
  return Promise.all(
    WEIGHTS.map(async ([file, weight]) => {
      const url = import.meta.resolve(`pretendard/dist/public/static/Pretendard-${file}.otf`)
      return {
        name: 'Pretendard',
        weight,
        style: 'normal' as const,
        data: await readFile(new URL(url)),
      }
    }),
  )
}

async function draw(decision: DecisionView, text: CardText, fonts: Fonts): Promise<Buffer> {
  const ground = `data:image/svg+xml;base64,${Buffer.from(await drawCard(decision)).toString('base64')}`
  const words = box(
    {
      position: 'absolute',
      left: 72,
      top: 72,
      width: 760,
      flexDirection: 'column',
      color: INK,
      wordBreak: 'keep-all',
    },
    [
      box(
        {
          fontSize: 36,
          fontWeight: 600,
          color: PERILLA_INK,
          letterSpacing: -0.4,
          display: 'block',
          lineClamp: 1,
        },
        text.room,
      ),
      box(
        {
          fontSize: text.nameSize,
          fontWeight: 800,
          lineHeight: 1.15,
          marginTop: 6,
          letterSpacing: -0.035 * text.nameSize,
          lineClamp: 2,
          // Two lines reach down to where the people sit.
          maxWidth: text.nameSize === 64 ? 580 : 760,
          display: 'block',
        },
        text.name,
      ),
      box(
        {
          fontSize: 34,
          fontWeight: 500,
          lineHeight: 1.5,
          marginTop: 14,
          color: INK_2,
          maxWidth: 500,
          display: 'block',
          lineClamp: 2,
        },
        text.whenWhere,
      ),
      box(
        { fontSize: 34, fontWeight: 500, lineHeight: 1.5, color: INK_2, maxWidth: 500 },
        text.who,
      ),
    ],
  )
  const number = box(
    {
      position: 'absolute',
      left: 636,
      top: 488,
      width: 104,
      height: 104,
      alignItems: 'center',
      justifyContent: 'center',
      color: PAPER,
      fontSize: decision.winner.number > 99 ? 46 : 64,
      fontWeight: 700,
    },
    String(decision.winner.number),
  )
  const picture: Box = {
    type: 'img',
    props: { src: ground, ...CARD, style: { position: 'absolute', left: 0, top: 0 } },
  }
  const root = box({ ...CARD, position: 'relative', fontFamily: 'Pretendard' }, [
    picture,
    words,
    number,
  ])
  const svg = await satori(root, { ...CARD, fonts })
  return new Resvg(svg, { font: { loadSystemFonts: false } }).render().asPng()
}
