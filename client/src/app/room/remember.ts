import { createEffect } from 'solid-js'
import { rememberArea } from '../../lib/areas.ts'
import type { useScene } from './scene.ts'

const AREA_ZOOM = 16

/** Keeps this room's area for the home page, named by the first place put forward. Must be called under an owner. */
export function rememberThisArea(scene: ReturnType<typeof useScene>): void {
  createEffect(() => {
    const first = scene.standing()[0]
    // Nobody goes out to eat on an island that isn't there.
    if (first && !scene.demo())
      rememberArea({ label: first.name, lat: first.lat, lng: first.lng, zoom: AREA_ZOOM })
  })
}
