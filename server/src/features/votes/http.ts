import type { FastifyInstance } from 'fastify'
import type { Pages } from '#server/http/pages.ts'
import { AppError } from '#shared/errors.ts'
import type { Locale } from '#shared/users.ts'
import { decisionIdSchema } from '#shared/votes.ts'
import type { DecisionView } from '#shared/votes.ts'
import { CARD } from './service.card.ts'
import type { Cards } from './service.card.ts'
import { cardText } from './service.card.text.ts'
import type { Votes } from './service.ts'

/** As long as a messenger may show the picture of a page that was unpublished since. */
const CARD_SECONDS = 300

/**
 * Share card and preview of a decision's page. Both show what visitors may see, whoever asks; unknown and unpublished are the same
 * 404. Crawlers name no language: they get the room's own. Makes no session.
 */
export function mountDecisions(
  app: FastifyInstance,
  pages: Pages,
  votes: Pick<Votes, 'decision'>,
  cards: Cards,
): void {
  app.get<{ Params: { id: string } }>('/d/:id/card.png', async (request, reply) => {
    const decision = await asVisitor(votes, request.params.id)
    if (!decision) return reply.code(404).send({ error: { code: 'not_found', params: {} } })
    const { png, etag } = await cards.render(
      decision,
      languageOf(request.headers['accept-language'], decision),
    )
    reply.headers({
      etag,
      'cache-control': `public, max-age=${CARD_SECONDS}`,
      vary: 'accept-language',
      'x-robots-tag': 'noindex',
      'cross-origin-resource-policy': 'cross-origin',
    })
    if (request.headers['if-none-match'] === etag) return reply.code(304).send()
    return reply.type('image/png').send(png)
  })
  pages.register('/d/:id', async (params, { request }) => {
    const decision = await asVisitor(votes, params.id ?? '')
    if (!decision) return { title: 'Bapmap · 밥맵', noindex: true, status: 404 }
    const locale = languageOf(request.headers['accept-language'], decision)
    const brand = locale === 'ko' ? '밥맵' : 'Bapmap'
    const { name, number } = decision.winner
    const { room, whenWhere, who } = cardText(decision, locale)
    const alt = locale === 'ko' ? `${number}번 ${name}` : `${number}: ${name}`
    return {
      title: `${name} · ${brand}`,
      description: `${room} · ${whenWhere} · ${who}`,
      noindex: true,
      image: { url: `/d/${decision.id}/card.png`, ...CARD, alt },
    }
  })
}

async function asVisitor(votes: Pick<Votes, 'decision'>, id: string): Promise<DecisionView | null> {
  if (!decisionIdSchema.safeParse(id).success) return null
  try {
    return await votes.decision(null, id)
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}

function languageOf(accepts: string | undefined, { locale }: DecisionView): Locale {
  if (!accepts) return locale
  return /\b(ko|en)\b/i.exec(accepts)?.[1]?.toLowerCase() === 'en' ? 'en' : 'ko'
}
