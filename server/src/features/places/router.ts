import { z } from 'zod'
import { inViewInput, onMapInput, placeIdSchema, searchInput } from '#shared/places.ts'
import { type Context, publicProcedure, router } from '#server/trpc/init.ts'
import type { Asker, Places } from './service.ts'

const askerOf = ({ person, ip }: Pick<Context, 'person' | 'ip'>): Asker => ({
  personId: person?.id ?? null,
  address: ip,
})

export const makePlacesRouter = (places: Places) =>
  router({
    search: publicProcedure
      .input(searchInput)
      .query(({ ctx, input }) => places.search(askerOf(ctx), input)),
    inView: publicProcedure
      .input(inViewInput)
      .query(({ ctx, input }) => places.inView(askerOf(ctx), input)),
    onMap: publicProcedure
      .input(onMapInput)
      .query(({ ctx, input }) => places.onMap(askerOf(ctx), input)),
    get: publicProcedure
      .input(z.object({ id: placeIdSchema }))
      .query(({ input }) => places.place(input.id)),
  })
