import { z } from 'zod'
import { localeSchema, portraitSchema, rawNameSchema } from './users.ts'

/** Opens, or finds again, the caller's room on Bap Island. Answers as `rooms.open` does. */
export const openDemoInput = z.object({
  locale: localeSchema,
  /** IANA zone of the visitor's browser. */
  zone: z.string().min(1).max(64),
  /** Absent: the ones of the visitor's last room, or a plain "guest". */
  nickname: rawNameSchema.optional(),
  portrait: portraitSchema.optional(),
})
