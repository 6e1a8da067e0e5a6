import { createMemo, For, Show } from 'solid-js'
import type { JSX } from 'solid-js'
import type { DishName } from '#shared/dishes.ts'
import { colourOfSeat } from '#shared/rooms.code.ts'
import type { DecisionView } from '#shared/votes.ts'
import { Dish, NumberMark } from '#client/ui/dish.tsx'
import { Portrait, PracticeMark, Tick } from '#client/ui/portrait.tsx'
import { LOWER_MOST, lowerSpots, UPPER_MOST, upperSpots } from './seating.ts'
import type { Spot } from './seating.ts'

type Sitting = DecisionView['people'][number]

export interface TableProps {
  people: readonly Sitting[]
  mySeat: number | null
  dish: DishName | null
  number: number
  /** Diameter of the dish, px; everything else follows. */
  size: number
  /** What a reader says instead of the drawing. */
  label: string
}

interface Ring {
  shown: Sitting[]
  more: number
  spots: Spot[]
}

/** Who doesn't fit becomes a number in the last seat. */
function ringOf(
  people: readonly Sitting[],
  most: number,
  spotsOf: (count: number) => Spot[],
): Ring {
  const spots = spotsOf(Math.min(people.length, most))
  const shown = people.length > most ? people.slice(0, most - 1) : [...people]
  return { shown, more: people.length - shown.length, spots }
}

const TICK_SHARE = 0.375
const TICK_LEAST_PX = 14

/** The tick lies on the side of the dish, where no neighbour sits on it. */
function seatVars({ x, y, size }: Spot): JSX.CSSProperties {
  const inward = -size / 2 / Math.hypot(x, y)
  return {
    '--x': `${x}px`,
    '--y': `${y}px`,
    '--tx': `${x * inward}px`,
    '--ty': `${y * inward}px`,
    '--tick': `${Math.max(TICK_LEAST_PX, size * TICK_SHARE)}px`,
  }
}

/** The winner with everybody around it: who chose it sits above and has a tick. */
export function Table(props: TableProps) {
  const chose = createMemo(() => props.people.filter(({ choseWinner }) => choseWinner))
  // Where a draw decided and nobody had chosen it, all sit alike.
  const upper = createMemo(() =>
    ringOf(chose().length > 0 ? chose() : props.people, UPPER_MOST, (count) =>
      upperSpots(count, props.size),
    ),
  )
  const lower = createMemo(() => {
    const others = chose().length > 0 ? props.people.filter(({ choseWinner }) => !choseWinner) : []
    return ringOf(others, LOWER_MOST, (count) => lowerSpots(count, props.size))
  })
  const big = (): boolean => props.size > 120
  return (
    <div class="dec-table" role="img" aria-label={props.label} style={{ '--d': `${props.size}px` }}>
      <i class="dec-mat" />
      <Dish name={props.dish} size={props.size} lead />
      <NumberMark number={props.number} lead size={big() ? 'lg' : 'md'} />
      <For each={[upper(), lower()]}>
        {(ring) => (
          <For each={ring.spots}>
            {(spot, index) => (
              <span class="dec-seat" style={seatVars(spot)}>
                <Show
                  when={ring.shown[index()]}
                  fallback={
                    <b class="dec-more" style={{ '--z': `${spot.size}px` }}>
                      +{ring.more}
                    </b>
                  }
                >
                  {(person) => (
                    <>
                      <Portrait
                        of={{
                          name: person().name ?? '',
                          portrait: person().portrait,
                          colour: colourOfSeat(person().seat),
                        }}
                        size={spot.size}
                        me={person().seat === props.mySeat}
                        rim
                      />
                      <Show when={person().choseWinner}>
                        <Tick mark="chosen" />
                      </Show>
                      <Show when={person().simulated}>
                        <PracticeMark />
                      </Show>
                    </>
                  )}
                </Show>
              </span>
            )}
          </For>
        )}
      </For>
    </div>
  )
}
