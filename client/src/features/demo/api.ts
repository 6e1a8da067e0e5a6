import { lang } from '../../lib/i18n/i18n.ts'
import { rememberMe } from '../../lib/session.ts'
import { trpc } from '../../lib/trpc.ts'
import { introduce } from '../users/index.ts'

/** Opens, or finds again, my room on Bap Island; a first act, so it makes the session. The answer is the room's code. */
export async function openIsland(): Promise<string> {
  const me = await introduce()
  const { code } = await trpc.demo.open.mutate({ locale: lang(), ...me })
  rememberMe(me.nickname, me.portrait)
  return code
}
