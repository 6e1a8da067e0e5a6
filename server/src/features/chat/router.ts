import { tracked } from '@trpc/server'
import { AppError } from '#shared/errors.ts'
import { channelEventsInput, historyInput, sendInput, typingInput } from '#shared/chat.ts'
import { type Context, personProcedure, refusing, router } from '#server/trpc/init.ts'
import type { Chat } from './service.ts'

export const makeChatRouter = (chat: Chat) =>
  router({
    send: personProcedure
      .input(sendInput)
      .mutation(({ ctx, input }) => chat.send(ctx.person.id, input)),
    history: personProcedure
      .input(historyInput)
      .query(({ ctx, input }) => chat.history(ctx.person.id, input)),
    typing: personProcedure
      .input(typingInput)
      .mutation(({ ctx, input }) => chat.sayTyping(ctx.person.id, input)),
    events: personProcedure.input(channelEventsInput).subscription(async function* ({
      ctx,
      input,
      signal = ctx.signal,
    }) {
      const deliveries = chat.follow(ctx.person.id, input, signal, requireSession(ctx))
      for await (const { id, event } of refusing(deliveries)) yield tracked(id, event)
    }),
  })

/** A socket outlives its session. */
function requireSession(ctx: Context): () => Promise<void> {
  return async () => {
    if (!(await ctx.currentSession())) throw new AppError('unauthenticated')
  }
}
