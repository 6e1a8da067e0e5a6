import { z } from 'zod'

export const locales = ['ko', 'en'] as const
export const localeSchema = z.enum(locales)
export type Locale = z.infer<typeof localeSchema>

/** Better-auth's user id: a random uuid, never shown. */
export type PersonId = string

/** A drawn portrait is made from this seed alone; see `client/src/ui` for how. */
export const portraitSchema = z.string().regex(/^[a-z0-9]{4,16}$/)
export type PortraitSeed = string

export interface Person {
  id: PersonId
  name: string
  portrait: PortraitSeed
  locale: Locale
  guest: boolean
}

/** Wire shape of a name: only bounded here; `cleanName` decides, so that the refusal can say why. */
export const rawNameSchema = z.string().max(1_000)
