import { useNavigate } from '@solidjs/router'
import { createSignal } from 'solid-js'
import type { Accessor } from 'solid-js'
import { formatRoomCode } from '#shared/rooms.code.ts'
import type { Anchor } from '#shared/rooms.ts'
import { roomsApi } from '../features/rooms/index.ts'
import { introduce } from '../features/users/index.ts'
import { lang } from '../lib/i18n/i18n.ts'
import { ownZone } from '../lib/zones.ts'
import { say } from './home/say.ts'

export interface Opening<Args extends unknown[] = [anchor?: Anchor]> {
  busy: Accessor<boolean>
  /** Opens a room and goes in; a refusal is said, and everything stays as it was. */
  open(...args: Args): Promise<void>
}

/** Going into the room whose code `open` answers. Must be created within the router. */
export function createEntering<Args extends unknown[]>(
  open: (...args: Args) => Promise<string>,
): Opening<Args> {
  const go = useNavigate()
  const [busy, setBusy] = createSignal(false)
  const enter = async (...args: Args): Promise<void> => {
    if (busy()) return
    setBusy(true)
    try {
      go(`/r/${formatRoomCode(await open(...args))}`)
    } catch (error) {
      say(error)
      setBusy(false)
    }
  }
  return { busy, open: enter }
}

/** Opening a room by one tap: the name is a friendly one until its owner changes it inside. Must be created within the router. */
export const createOpening = (): Opening =>
  createEntering(async (anchor?: Anchor) =>
    roomsApi.openRoom({
      ...(await introduce()),
      locale: lang(),
      zone: ownZone(),
      ...(anchor && { anchor }),
    }),
  )
