import { z } from 'zod'
import { localeSchema, portraitSchema, rawNameSchema } from './users.ts'

/** Opens, or finds again, the caller's room on Bap Island. Answers as `rooms.open` does. */
export const openDemoInput = z.object({
  locale: localeSchema,
  /** Absent: the ones of the visitor's last room, or a plain "guest". */
  nickname: rawNameSchema.optional(),
  portrait: portraitSchema.optional(),
})
