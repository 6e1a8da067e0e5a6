import { createEffect, on, onCleanup } from 'solid-js'
import type { Presence } from '../../state.presence.ts'
import type { Camera } from './camera.ts'

/** Corners nearer than this to what was shown last, in degrees (about a metre), are no news. */
const SAME_DEGREES = 1e-5

/** Shows the leader's view while I follow; my own move of the map, or Esc, ends it. Made under a Solid owner. */
export function createFollowing(presence: Presence, camera: Camera): void {
  let shown: [number, number, number, number] | null = null
  const show = (first: boolean): void => {
    const leader = presence.leader()
    const view = leader === null ? null : presence.live.get(leader)?.view
    if (!view) return
    const corners: [number, number, number, number] = [view.south, view.west, view.north, view.east]
    const before = shown
    if (before && corners.every((c, i) => Math.abs(c - (before[i] ?? 0)) < SAME_DEGREES)) return
    shown = corners
    camera.show(view, { quick: !first })
  }
  createEffect(
    on(presence.leader, () => {
      shown = null
      show(true)
    }),
  )
  const offLive = presence.onLive((seat) => {
    if (seat === presence.leader()) show(shown === null)
  })
  const offMove = camera.onOwnMove(() => presence.follow(0))
  onCleanup(() => {
    offLive()
    offMove()
  })
}
