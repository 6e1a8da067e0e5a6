import type { Seat } from '#shared/rooms.ts'
import { reducedMotion } from '../../lib/motion.ts'

const SEAT_MS = 280
const APART_MS = 40
/** A moment to see them sit. */
const REST_MS = 420

/**
 * The winner's people leave the strip for their seats at its plate, one after another. Resolves when all sit; at once
 * where motion is unwanted or the plate is not on the map: then there is nothing to see.
 */
export async function sitDown(number: number, seats: readonly Seat[]): Promise<void> {
  const plate = document.querySelector(`.place[data-number="${number}"]`)
  if (reducedMotion() || !plate) return
  // Until they arrive their seats are empty.
  plate.setAttribute('data-seating', '')
  const chairs = [...plate.querySelectorAll('.place-seat')]
  const ghosts = seats.flatMap((seat, index) => {
    const face = document.querySelector(`.room-people [data-seat="${seat}"] .pt`)
    const chair = chairs[Math.min(index, chairs.length - 1)]
    return face && chair ? fly(face, chair.getBoundingClientRect(), index) : []
  })
  const lasts = SEAT_MS + APART_MS * seats.length + REST_MS
  await new Promise((resolve) => window.setTimeout(resolve, lasts))
  for (const ghost of ghosts) ghost.remove()
  plate.removeAttribute('data-seating')
}

/** A likeness of the face on its way; the face itself stays in the strip. */
function fly(face: Element, chair: DOMRect, index: number): HTMLElement[] {
  const ghost = face.cloneNode(true)
  const from = face.getBoundingClientRect()
  if (!(ghost instanceof HTMLElement) || from.width === 0) return []
  ghost.setAttribute('aria-hidden', 'true')
  ghost.classList.add('room-flying')
  Object.assign(ghost.style, { left: `${from.left}px`, top: `${from.top}px` })
  document.querySelector('.room')?.append(ghost)
  const x = chair.left + chair.width / 2 - from.left - from.width / 2
  const y = chair.top + chair.height / 2 - from.top - from.height / 2
  const to = `translate(${x}px, ${y}px) scale(${chair.width / from.width})`
  ghost.animate([{ transform: 'none' }, { transform: to }], {
    duration: SEAT_MS,
    delay: index * APART_MS,
    easing: getComputedStyle(ghost).getPropertyValue('--ease-seat') || 'ease-out',
    fill: 'both',
  })
  return [ghost]
}
