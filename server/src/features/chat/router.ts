import { tracked, TRPCError } from '@trpc/server'
import { AppError } from '#shared/errors.ts'
import { channelEventsInput, historyInput, sendInput, typingInput } from '#shared/chat.ts'
import { trpcCodeOf } from '#server/trpc/failures.ts'
import { personProcedure, router } from '#server/trpc/init.ts'
import type { Chat, Delivery } from './service.ts'

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
      yield* trackedEvents(chat.follow(ctx.person.id, input, signal))
    }),
  })

/** A subscription's refusal comes after its middleware is done, so it gets its status here. */
async function* trackedEvents(deliveries: AsyncGenerator<Delivery, void>) {
  try {
    for await (const { id, event } of deliveries) yield tracked(id, event)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw new TRPCError({ code: trpcCodeOf(error.code), message: error.code, cause: error })
  }
}
