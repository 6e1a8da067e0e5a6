import { openDemoInput } from '#shared/demo.ts'
import { personProcedure, router } from '#server/trpc/init.ts'
import type { Demo } from './service.ts'

export const makeDemoRouter = (demo: Demo) =>
  router({
    open: personProcedure
      .input(openDemoInput)
      .mutation(({ ctx, input }) => demo.open(ctx.person.id, ctx.ip, input)),
  })
