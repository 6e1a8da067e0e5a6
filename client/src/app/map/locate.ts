import { t } from '../../lib/i18n/i18n.ts'
import { showRefusal } from '../../ui/toast.tsx'
import type { Explore } from './explore.ts'

const LONGEST_MS = 12_000
/** A position of the last minute is where I am. */
const FRESH_MS = 60_000
const CLOSE_ZOOM = 16

/** Shows where I am. Called by a tap alone: nobody is asked for their position before. It stays on this page. */
export async function locate(explore: Explore): Promise<void> {
  try {
    const { coords } = await new Promise<GeolocationPosition>((resolve, reject) =>
      navigator.geolocation.getCurrentPosition(resolve, reject, {
        timeout: LONGEST_MS,
        maximumAge: FRESH_MS,
        enableHighAccuracy: true,
      }),
    )
    const at = { lat: coords.latitude, lng: coords.longitude }
    explore.setSelf(at)
    explore.handle()?.camera.centre(at, CLOSE_ZOOM)
  } catch (error) {
    const denied =
      error instanceof GeolocationPositionError && error.code === error.PERMISSION_DENIED
    showRefusal(denied ? t('explore.denied') : t('explore.noPosition'))
  }
}
