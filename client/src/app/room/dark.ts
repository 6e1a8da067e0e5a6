import { createMemo } from 'solid-js'
import type { Accessor } from 'solid-js'
import { createMedia } from '../../ui/media.ts'
import { theme } from '../../ui/theme.ts'

/** Whether the page is dark now: chosen, or the device's. */
export function createDark(): Accessor<boolean> {
  const night = createMedia('(prefers-color-scheme: dark)')
  return createMemo(() => (theme() === 'system' ? night() : theme() === 'dark'))
}
