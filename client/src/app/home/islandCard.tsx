import './islandCard.css'
import { For } from 'solid-js'
import { friendFaces } from '#shared/demo.friends.ts'
import type { DishName } from '#shared/dishes.ts'
import { lang, t } from '#client/lib/i18n/i18n.ts'
import { NumberedDish } from '#client/ui/dish.tsx'
import { ChevronRight } from '#client/ui/icons.ts'
import { personVars } from '#client/ui/person.ts'

/** The island around its market, drawn once from its own plan: metres from its middle, thinned to 5 m. */
const GROUND = {
  view: '-430 -20 820 420',
  coast:
    'M-530 -266l0-44 1020 0 0 815-44 35-343 0-13-95-18-36-72-47-75-16-76 23-57 45-15 37-14 89-293 0 0-806z',
  soil: 'M-530 -251l0-59 1020 0-1 783-92 67-281 0-24-97-20-34-73-47-74-16-68 20-65 48-15 29-24 97-283 0 0-791z',
  park: 'M-412 266l-6 36-18 32-42 33-34 11-45-9-41-25-26-36-10-42 14-41 28-35 43-24 37-6 37 11 39 27 18 32 6 36z',
  pond: 'M-514 288l-10 22-36 6-30-16-4-18 8-14 28-6 26 6 18 20z',
  roads:
    'M-587 -26l81 8 180-23 158 0 127 11 195 37 91 4 145-14 156-37M549 249l-141 189-76 57-72 28-35-5-37-32-33-102-34-48-88-48-80-25-41 1-43 10-107 57-70 83-36 96-41 25-38 3-50-19-60-44-57-57M-68 266l8-116-4-103-40-258 22-153M188 10l65-133 72-96 41-21 121-11 56-21M-539 -367l53 71 31 62 35 109 12 92-12 67-57 132-87 268',
  lanes:
    'M-408 -186l176-8 132 8 162-22 62 23 108 79M-589 107l157-1 180 16 367 13 173 39 244 92M-244 -366l4 182-7 254 31 244M88 -364l-7 175 26 169 7 104-26 226M288 2l5 158-14 133-25 74-66 119M428 -10l21 78 2 51-85 220-22 147M500 -254l48 143M452 106l96-16M-587 -244l27 79 4 141M-426 -162l-99-21-59-3M-383 -368l-5 182M-498 -318l209-16 208 8 169-20M-230 246l-122 12-146-28M-356 114l5 137-49 163 4 120M282 294l90 36 128-12',
  market: 'M-66 38l90 12 86-8M-262 474l23-59 46-45 63-35 62-11 70 14 68 38 36 41 16 57',
} as const
const ROADS = [
  { path: GROUND.lanes, case: 15, road: 11 },
  { path: GROUND.roads, case: 25, road: 20 },
] as const

interface Plate {
  dish: DishName
  number: number
  size: number
  left: string
  top: string
}
const PLATES: readonly Plate[] = [
  { dish: 'gomtang', number: 1, size: 58, left: '62%', top: '27%' },
  { dish: 'tteok', number: 2, size: 44, left: '39%', top: '46%' },
  { dish: 'sushi', number: 3, size: 44, left: '84%', top: '40%' },
]
/** Colours of their seats beside the visitor's. */
const CURSORS = [
  { friend: 'mina', colour: 2, left: '14%', top: '16%' },
  { friend: 'kkiruk', colour: 3, left: '66%', top: '60%' },
] as const
const ARROW =
  'M3.2 2.3l13.6 7.9a1.1 1.1 0 0 1-.3 2l-5.4 1.3-2.8 4.9a1.1 1.1 0 0 1-2-.3L1.7 3.500a1.1 1.1 0 0 1 1.5-1.2z'

/** To Bap Island in one tap: what a room is, in one picture. */
export function IslandCard() {
  return (
    <a class="island-card" href="/island">
      <Picture />
      <span>
        <b>{t('demo.enter')}</b>
        <small>{t('demo.enterHint')}</small>
      </span>
      <ChevronRight size={22} aria-hidden="true" />
    </a>
  )
}

/** Drawn, not live, and so for eyes alone. */
function Picture() {
  return (
    <span class="island-picture" aria-hidden="true">
      <svg viewBox={GROUND.view} preserveAspectRatio="xMidYMid slice">
        <path class="coast" d={GROUND.coast} />
        <path class="soil" d={GROUND.soil} />
        <path class="park" d={GROUND.park} />
        <path class="pond" d={GROUND.pond} />
        <g fill="none" stroke-linecap="round" stroke-linejoin="round">
          <For each={ROADS}>
            {({ path, case: width }) => <path class="case" d={path} stroke-width={width} />}
          </For>
          <For each={ROADS}>
            {({ path, road: width }) => <path class="road" d={path} stroke-width={width} />}
          </For>
          <path class="market" d={GROUND.market} stroke-width={11} />
        </g>
      </svg>
      <For each={PLATES}>
        {(plate) => (
          <span class="island-plate" style={{ left: plate.left, top: plate.top }}>
            <NumberedDish
              name={plate.dish}
              number={plate.number}
              size={plate.size}
              lead={plate.number === 1}
              at="bottom"
            />
          </span>
        )}
      </For>
      <For each={CURSORS}>
        {({ friend, colour, left, top }) => (
          <span class="island-cursor" style={{ ...personVars(colour), left, top }}>
            <svg width="20" height="22" viewBox="0 0 20 22">
              <path d={ARROW} />
            </svg>
            <b>{friendFaces[friend].name[lang()]}</b>
          </span>
        )}
      </For>
    </span>
  )
}
