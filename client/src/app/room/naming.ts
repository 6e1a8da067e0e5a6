import { isSuggested } from '../../features/users/index.ts'
import { isBoolean, keep, readKept, roomKeys } from '../../lib/storage.ts'
import type { Scene } from './scene.ts'

const keyOf = (scene: Scene): string => `${roomKeys(scene.roomId)}named`

/** Opening a room takes one tap and a suggested name: true until its opener was asked for theirs. */
export function isUnnamed(scene: Scene): boolean {
  return (
    scene.state.view?.room.hostSeat === scene.me().seat &&
    isSuggested(scene.me().name) &&
    readKept(keyOf(scene), isBoolean) !== true
  )
}

/** Answered, by another name or by the suggested one: they are not asked again in this room. */
export const keepNamed = (scene: Scene): void => keep(keyOf(scene), true)
