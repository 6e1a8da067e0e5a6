import type { Seat } from '#shared/rooms.ts'
import { reducedMotion } from '../../lib/motion.ts'

const SEAT_MS = 280
const APART_MS = 40
/** A moment to see them sit. */
const REST_MS = 420

/**
 * The winner's people leave the strip for its plate, one after another. Resolves when all sit, at once where motion is
 * unwanted or nothing of it is on screen: then there is nothing to see.
 */
export async function sitDown(number: number, seats: readonly Seat[]): Promise<void> {
  if (reducedMotion()) return
  const plate = document.querySelector(`.place[data-number="${number}"] .dish`)
  const ways = plate
    ? seats.flatMap((seat, index) => fly(seat, plate.getBoundingClientRect(), index, seats.length))
    : []
  await Promise.all(ways)
  await new Promise((resolve) => window.setTimeout(resolve, REST_MS))
}

function fly(seat: Seat, plate: DOMRect, index: number, of: number): Promise<void>[] {
  const face = document.querySelector(`.room-people [data-seat="${seat}"] .pt`)
  const from = face?.getBoundingClientRect()
  if (!face || !from || from.width === 0) return []
  const ghost = face.cloneNode(true)
  if (!(ghost instanceof HTMLElement)) return []
  ghost.setAttribute('aria-hidden', 'true')
  ghost.classList.add('room-flying')
  Object.assign(ghost.style, { left: `${from.left}px`, top: `${from.top}px` })
  document.querySelector('.room')?.append(ghost)
  const around = place(plate, index, of)
  const way = ghost.animate(
    [
      { transform: 'none' },
      {
        transform: `translate(${around.x - from.left - from.width / 2}px, ${around.y - from.top - from.height / 2}px) scale(0.7)`,
      },
    ],
    {
      duration: SEAT_MS,
      delay: index * APART_MS,
      easing: getComputedStyle(ghost).getPropertyValue('--ease-seat') || 'ease-out',
      fill: 'both',
    },
  )
  return [seated(way, ghost)]
}

async function seated(way: Animation, ghost: HTMLElement): Promise<void> {
  try {
    await way.finished
    window.setTimeout(() => ghost.remove(), REST_MS)
  } catch {
    // The page was left meanwhile, and the animation ended with it.
    ghost.remove()
  }
}

/** Evenly on the plate's upper half. */
function place(plate: DOMRect, index: number, of: number): { x: number; y: number } {
  const angle = Math.PI * (1 + (index + 0.5) / of)
  return {
    x: plate.left + plate.width / 2 + (plate.width / 2) * Math.cos(angle),
    y: plate.top + plate.height / 2 + (plate.height / 2) * Math.sin(angle),
  }
}
