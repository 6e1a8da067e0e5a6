import { z } from 'zod'
import { localeSchema, portraitSchema, rawNameSchema } from '#shared/users.ts'
import { personProcedure, router } from '#server/trpc/init.ts'
import type { Users } from './service.ts'

const profileSchema = z.object({
  name: rawNameSchema.optional(),
  portrait: portraitSchema.optional(),
  locale: localeSchema.optional(),
})

export function makeUsersRouter(users: Users) {
  return router({
    setProfile: personProcedure
      .input(profileSchema)
      .mutation(({ ctx, input }) => users.setProfile(ctx.person.id, input)),
  })
}
