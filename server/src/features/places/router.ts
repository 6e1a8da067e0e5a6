import { addPlaceInput, placeInput, reportInput, zoneInput } from '#shared/places.details.ts'
import { inViewInput, joinInput, ofKindInput, onMapInput, searchInput } from '#shared/places.ts'
import { type Context, personProcedure, publicProcedure, router } from '#server/trpc/init.ts'
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
    join: publicProcedure
      .input(joinInput)
      .query(({ ctx, input, signal }) => places.join(askerOf(ctx), input, signal)),
    onMap: publicProcedure
      .input(onMapInput)
      .query(({ ctx, input }) => places.onMap(askerOf(ctx), input)),
    ofKind: publicProcedure
      .input(ofKindInput)
      .query(({ ctx, input }) => places.ofKind(askerOf(ctx), input)),
    details: publicProcedure
      .input(placeInput)
      .query(({ ctx, input }) => places.details(ctx.person?.id ?? null, input.id)),
    zone: publicProcedure.input(zoneInput).query(({ input }) => places.zoneAt(input.at)),
    add: personProcedure
      .input(addPlaceInput)
      .mutation(({ ctx, input }) => places.add(ctx.person.id, input)),
    remove: personProcedure
      .input(placeInput)
      .mutation(({ ctx, input }) => places.remove(ctx.person.id, input.id)),
    report: personProcedure
      .input(reportInput)
      .mutation(({ ctx, input }) => places.report(ctx.person.id, input)),
  })
