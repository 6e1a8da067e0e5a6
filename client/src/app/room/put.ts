import type { Proposition } from '../../features/rooms/index.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { showToast } from '../../ui/toast.tsx'
import type { Scene } from './scene.ts'

/** Puts a place forward, or back under the number it had, and says that; 'waiting': said too, it goes out once the network is back; null: refused, with the reason. */
export async function putForward(
  scene: Scene,
  what: Proposition,
  name: string,
  link?: string,
): Promise<number | 'waiting' | null> {
  const before =
    what.kind === 'place' &&
    scene.restorable().find((candidate) => candidate.placeId === what.placeId)
  if (before) return (await scene.restoreCandidate(before)) ? before.number : null
  const answer = await scene.puts.put(what, name, link)
  if (answer === 'waiting') showToast(t('places.waits', { name }))
  return answer
}
