import { z } from 'zod'
import { roomCodeSchema } from '#shared/rooms.ts'
import type { Person, PersonId } from '#shared/users.ts'
import { nothing, personProcedure, publicProcedure, router } from '#server/trpc/init.ts'
import type { Auth } from './service.ts'

const handoffSchema = z.object({
  roomCode: roomCodeSchema.optional(),
})

/** `profileOf` is given by `app.ts`: auth does not know users. */
export function makeAuthRouter(auth: Auth, profileOf: (id: PersonId) => Promise<Person | null>) {
  return router({
    /** Who I am; null before the first act. Never makes a session. */
    me: publicProcedure
      .input(nothing)
      .query(async ({ ctx }) => ({ person: ctx.person ? await profileOf(ctx.person.id) : null })),
    /** A link for another browser; redeemed by `POST /api/auth/handoff/redeem`, since a streamed answer can't set a cookie. */
    startHandoff: personProcedure
      .input(handoffSchema)
      .mutation(({ ctx, input }) => auth.startHandoff(ctx.person.id, input.roomCode ?? null)),
  })
}
