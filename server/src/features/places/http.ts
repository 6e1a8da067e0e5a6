import type { Pages } from '#server/http/pages.ts'
import { AppError } from '#shared/errors.ts'
import type { PlaceDetails } from '#shared/places.details.ts'
import { placeIdSchema } from '#shared/places.ts'
import type { Places } from './service.ts'

/** Previews of places, by name and address; an unknown one is a 404. The page itself gets what it will read. Makes no session. */
export function mountPlacePages(pages: Pages, places: Pick<Places, 'details'>): void {
  pages.register(
    '/place/:id',
    async (params, { locale }) => {
      const brand = locale === 'ko' ? '밥맵' : 'Bapmap'
      const place = await find(places, params.id ?? '')
      if (!place) return { title: 'Bapmap · 밥맵', status: 404 }
      const [title, other] =
        locale === 'en' && place.nameEn ? [place.nameEn, place.name] : [place.name, place.nameEn]
      const about = [other, place.address, place.menus[0]?.name].filter(Boolean)
      return {
        title: `${title} · ${brand}`,
        ...(about.length > 0 && { description: about.join(' · ') }),
      }
    },
    async (params, ask) => {
      await ask('places.details', { id: params.id })
      return undefined
    },
  )
}

async function find(places: Pick<Places, 'details'>, id: string): Promise<PlaceDetails | null> {
  if (!placeIdSchema.safeParse(id).success) return null
  try {
    return await places.details(null, id)
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}
