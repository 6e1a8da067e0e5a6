import { newFaceSeed } from '#shared/faces.ts'
import { lang } from '../../lib/i18n/i18n.ts'
import { ensureSession, person } from '../../lib/session.ts'
import { trpc } from '../../lib/trpc.ts'
import { suggestName } from '../users/index.ts'

/** Opens, or finds again, my room on Bap Island; a first act, so it makes the session. The answer is the room's code. */
export async function openIsland(): Promise<string> {
  await ensureSession()
  const { code } = await trpc.demo.open.mutate({
    locale: lang(),
    nickname: person()?.name || suggestName(lang()),
    portrait: person()?.portrait || newFaceSeed(),
  })
  return code
}
