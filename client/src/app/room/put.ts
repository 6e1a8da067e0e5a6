import { roomsApi } from '../../features/rooms/index.ts'
import type { Proposition } from '../../features/rooms/index.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { showToast } from '../../ui/toast.tsx'
import type { Scene } from './scene.ts'

/** Puts a place forward and says its number; null when it was refused, which is said too. */
export async function putForward(
  scene: Scene,
  what: Proposition,
  name: string,
  link?: string,
): Promise<number | null> {
  const key = crypto.randomUUID()
  let number: number | null = null
  await scene.attempt(async () => {
    number = (await roomsApi.propose(scene.roomId, key, what, link ? { link } : {})).number
    showToast(t('rooms.placed', { number, name }))
  })
  return number
}
