import { z } from 'zod'
import { inViewInput, placeIdSchema, searchInput } from '#shared/places.ts'
import { publicProcedure, router } from '#server/trpc/init.ts'
import type { Places } from './service.ts'

export const makePlacesRouter = (places: Places) =>
  router({
    search: publicProcedure.input(searchInput).query(({ input }) => places.search(input)),
    inView: publicProcedure.input(inViewInput).query(({ input }) => places.inView(input)),
    get: publicProcedure
      .input(z.object({ id: placeIdSchema }))
      .query(({ input }) => places.place(input.id)),
  })
