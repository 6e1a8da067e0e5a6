import './scene.css'
import { For } from 'solid-js'
import type { DishName } from '#shared/dishes.ts'
import { t } from '#client/lib/i18n/i18n.ts'
import { NumberedDish } from '#client/ui/dish.tsx'
import { personVars } from '#client/ui/person.ts'
import { Portrait } from '#client/ui/portrait.tsx'

interface Plate {
  dish: DishName
  number: number
  size: number
  left: string
  top: string
  seats: readonly { portrait: string; colour: number }[]
}

const PLATES: readonly Plate[] = [
  {
    dish: 'jeon',
    number: 1,
    size: 76,
    left: '34%',
    top: '48%',
    seats: [
      { portrait: 'harin1', colour: 2 },
      { portrait: 'seoyeon5', colour: 5 },
      { portrait: 'alex77', colour: 4 },
    ],
  },
  {
    dish: 'jjajang',
    number: 2,
    size: 58,
    left: '74%',
    top: '40%',
    seats: [{ portrait: 'doyun6', colour: 6 }],
  },
  { dish: 'gomtang', number: 3, size: 50, left: '60%', top: '80%', seats: [] },
]
const CURSORS = [
  { name: 'home.sceneOne', colour: 5, left: '5%', top: '12%' },
  { name: 'home.sceneTwo', colour: 4, left: '80%', top: '74%' },
] as const
/** Portraits sit on the upper arc of their dish. */
const ARC_DEGREES = 42

function seatAt(i: number, of: number, size: number): string {
  const angle = ((-90 + (i - (of - 1) / 2) * ARC_DEGREES) * Math.PI) / 180
  const radius = size / 2 + 4
  return `translate(-50%, -50%) translate(${radius * Math.cos(angle)}px, ${radius * Math.sin(angle)}px)`
}

/** What a room is, in one picture: dishes on a map, people at them. Drawn, not live, and so for eyes alone. */
export function HomeScene() {
  return (
    <div class="scene" aria-hidden="true">
      <svg class="scene-ground" viewBox="0 0 360 210" preserveAspectRatio="xMidYMid slice">
        <rect width="360" height="210" fill="var(--m-block)" />
        <path d="M250-10c30 46 84 60 120 58V-10z" fill="var(--m-park)" />
        <path d="M-10 178c60-22 96 6 130 44H-10z" fill="var(--m-water)" />
        <g fill="none" stroke="var(--m-case)" stroke-linecap="round">
          <path
            d="M-10 70C80 52 150 92 370 62M96-10c14 70-8 150 22 240M210-10c-8 80 34 150 26 240"
            stroke-width="13"
          />
          <path
            d="M-10 130c90-16 200 20 380-10M300 40c-8 60 10 120 0 190M20-10c10 60 30 90 20 240"
            stroke-width="8"
          />
        </g>
        <g fill="none" stroke="var(--m-road)" stroke-linecap="round">
          <path
            d="M-10 70C80 52 150 92 370 62M96-10c14 70-8 150 22 240M210-10c-8 80 34 150 26 240"
            stroke-width="10"
          />
          <path
            d="M-10 130c90-16 200 20 380-10M300 40c-8 60 10 120 0 190M20-10c10 60 30 90 20 240"
            stroke-width="5.5"
          />
        </g>
      </svg>
      <For each={PLATES}>
        {(plate) => (
          <span class="scene-plate" style={{ left: plate.left, top: plate.top }}>
            <NumberedDish
              name={plate.dish}
              number={plate.number}
              size={plate.size}
              lead={plate.number === 1}
              at="bottom"
            />
            <For each={plate.seats}>
              {(seat, i) => (
                <Portrait
                  of={{ name: '', ...seat }}
                  size={26}
                  rim
                  class="scene-seat"
                  style={{ transform: seatAt(i(), plate.seats.length, plate.size) }}
                />
              )}
            </For>
          </span>
        )}
      </For>
      <For each={CURSORS}>
        {(cursor) => (
          <span
            class="scene-cursor"
            style={{ ...personVars(cursor.colour), left: cursor.left, top: cursor.top }}
          >
            <svg width="20" height="22" viewBox="0 0 20 22">
              <path d="M3.200 2.300l13.600 7.900a1.100 1.100 0 0 1-.3 2l-5.400 1.300-2.800 4.900a1.100 1.100 0 0 1-2-.3L1.700 3.500a1.100 1.100 0 0 1 1.500-1.200z" />
            </svg>
            <b>{t(cursor.name)}</b>
          </span>
        )}
      </For>
    </div>
  )
}
