import { nothing, personProcedure, publicProcedure, router } from '#server/trpc/init.ts'
import { roomInput } from '#shared/rooms.ts'
import {
  actInput,
  decisionInput,
  extendInput,
  openRoundInput,
  publishDecisionInput,
  roundInput,
} from '#shared/votes.ts'
import type { Votes } from './service.ts'

export const makeVotesRouter = (votes: Votes) =>
  router({
    state: personProcedure
      .input(roomInput)
      .query(({ ctx, input }) => votes.state(ctx.person.id, input.roomId)),
    mine: personProcedure
      .input(roundInput)
      .query(({ ctx, input }) => votes.mine(ctx.person.id, input.roundId)),
    open: personProcedure
      .input(openRoundInput)
      .mutation(({ ctx, input }) => votes.open(ctx.person.id, input)),
    act: personProcedure
      .input(actInput)
      .mutation(({ ctx, input: { roundId, ...act } }) => votes.act(roundId, ctx.person.id, act)),
    extend: personProcedure
      .input(extendInput)
      .mutation(({ ctx, input }) => votes.extend(ctx.person.id, input.roundId, input.deadlineAt)),
    close: personProcedure
      .input(roundInput)
      .mutation(({ ctx, input }) => votes.close(ctx.person.id, input.roundId)),
    takeBack: personProcedure
      .input(roundInput)
      .mutation(({ ctx, input }) => votes.takeBack(ctx.person.id, input.roundId)),
    wait: personProcedure
      .input(roundInput)
      .mutation(({ ctx, input }) => votes.wait(ctx.person.id, input.roundId)),
    decision: publicProcedure
      .input(decisionInput)
      .query(({ ctx, input }) => votes.decision(ctx.person?.id ?? null, input.id)),
    publish: personProcedure
      .input(publishDecisionInput)
      .mutation(({ ctx, input }) =>
        votes.publishDecision(ctx.person.id, input.id, input.published),
      ),
    myDecisions: personProcedure
      .input(nothing)
      .query(({ ctx }) => votes.myDecisions(ctx.person.id)),
  })
