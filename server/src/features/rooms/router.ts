import { tracked } from '@trpc/server'
import { AppError } from '#shared/errors.ts'
import {
  annotateInput,
  candidateInput,
  changeMeInput,
  changeRoomInput,
  comeInput,
  hideRoomInput,
  joinInput,
  openRoomInput,
  peekInput,
  proposeInput,
  roomEventsInput,
  roomInput,
  seatInput,
  shareTextInput,
} from '#shared/rooms.ts'
import { nothing, personProcedure, publicProcedure, refusing, router } from '#server/trpc/init.ts'
import type { Context } from '#server/trpc/init.ts'
import type { RoomService } from './service.ts'

/** Subscriptions outlive sessions: looked up again whenever something may have ended them. */
const recheckOf = (ctx: Pick<Context, 'currentSession'>) => async (): Promise<void> => {
  if (!(await ctx.currentSession())) throw new AppError('unauthenticated')
}

export function makeRoomsRouter(rooms: RoomService) {
  return router({
    open: personProcedure
      .input(openRoomInput)
      .mutation(({ ctx, input }) => rooms.openRoom(ctx.person.id, input)),
    peek: publicProcedure
      .input(peekInput)
      .query(({ ctx, input }) => rooms.peekRoom(input.code, ctx.person?.id ?? null, ctx.ip)),
    join: personProcedure
      .input(joinInput)
      .mutation(({ ctx, input }) => rooms.joinRoom(ctx.person.id, ctx.ip, input)),
    snapshot: personProcedure
      .input(roomInput)
      .query(({ ctx, input }) => rooms.snapshot(ctx.person.id, input.roomId)),
    events: personProcedure.input(roomEventsInput).subscription(async function* ({
      ctx,
      input,
      signal = ctx.signal,
    }) {
      const recheckSession = recheckOf(ctx)
      for await (const item of refusing(
        rooms.followEvents(ctx.person.id, { ...input, signal, recheckSession }),
      )) {
        yield tracked(item.id, item.feed)
      }
    }),
    changeRoom: personProcedure
      .input(changeRoomInput)
      .mutation(({ ctx, input }) => rooms.changeRoom(ctx.person.id, input)),
    close: personProcedure
      .input(roomInput)
      .mutation(({ ctx, input }) => rooms.closeRoom(ctx.person.id, input.roomId)),
    reopen: personProcedure
      .input(roomInput)
      .mutation(({ ctx, input }) => rooms.reopenRoom(ctx.person.id, input.roomId)),
    extend: personProcedure
      .input(roomInput)
      .mutation(({ ctx, input }) => rooms.extendRoom(ctx.person.id, input.roomId)),
    changeLink: personProcedure
      .input(roomInput)
      .mutation(({ ctx, input }) => rooms.changeLink(ctx.person.id, input.roomId)),
    handOver: personProcedure
      .input(seatInput)
      .mutation(({ ctx, input }) => rooms.handOver(ctx.person.id, input.roomId, input.seat)),
    removePerson: personProcedure
      .input(seatInput)
      .mutation(({ ctx, input }) => rooms.removePerson(ctx.person.id, input.roomId, input.seat)),
    changeMe: personProcedure
      .input(changeMeInput)
      .mutation(({ ctx, input }) => rooms.changeMe(ctx.person.id, input)),
    leave: personProcedure
      .input(roomInput)
      .mutation(({ ctx, input }) => rooms.leaveRoom(ctx.person.id, input.roomId)),
    hide: personProcedure
      .input(hideRoomInput)
      .mutation(({ ctx, input }) => rooms.hideRoom(ctx.person.id, input.roomId, input.hidden)),
    propose: personProcedure
      .input(proposeInput)
      .mutation(({ ctx, input }) => rooms.propose(ctx.person.id, input)),
    withdraw: personProcedure
      .input(candidateInput)
      .mutation(({ ctx, input }) => rooms.withdraw(ctx.person.id, input.roomId, input.number)),
    restore: personProcedure
      .input(candidateInput)
      .mutation(({ ctx, input }) => rooms.restore(ctx.person.id, input.roomId, input.number)),
    annotate: personProcedure
      .input(annotateInput)
      .mutation(({ ctx, input }) => rooms.annotate(ctx.person.id, input)),
    comeHere: personProcedure
      .input(comeInput)
      .mutation(({ ctx, input }) => rooms.comeHere(ctx.person.id, input)),
    readShareText: personProcedure
      .input(shareTextInput)
      .query(({ ctx, input }) => rooms.readShared(ctx.person.id, input.text)),
    mine: personProcedure.input(nothing).query(({ ctx }) => rooms.cardsOf(ctx.person.id)),
    cards: personProcedure
      .input(nothing)
      .subscription(({ ctx, signal = ctx.signal }) =>
        refusing(rooms.followOwnCards(ctx.person.id, signal, recheckOf(ctx))),
      ),
  })
}
