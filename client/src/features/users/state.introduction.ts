import { newFaceSeed } from '#shared/faces.ts'
import { lang } from '#client/lib/i18n/i18n.ts'
import { ensureSession, person } from '#client/lib/session.ts'
import { suggestName } from './state.names.ts'

export interface Introduction {
  nickname: string
  portrait: string
}

/** How I am known, as far as it is known here; else a friendly suggestion, another one each time. */
export const introduction = (): Introduction => ({
  nickname: person()?.name || suggestName(lang()),
  portrait: person()?.portrait || newFaceSeed(),
})

/** The same once it is certain who this browser is; makes the session. */
export async function introduce(): Promise<Introduction> {
  await ensureSession()
  return introduction()
}
