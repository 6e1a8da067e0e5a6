import { personProcedure, router } from '#server/trpc/init.ts'
import { roomInput } from '#shared/rooms.ts'
import { voiceTokenInput } from '#shared/voice.ts'
import type { Voice } from './service.ts'

export const voiceRouter = (voice: Voice) =>
  router({
    token: personProcedure
      .input(voiceTokenInput)
      .mutation(({ ctx, input }) => voice.token(ctx.person.id, input.roomId, input.device)),
    status: personProcedure
      .input(roomInput)
      .query(({ ctx, input }) => voice.status(ctx.person.id, input.roomId)),
  })
