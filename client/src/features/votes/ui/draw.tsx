import './votes.css'
import { createMemo, For, onCleanup, onMount, Show } from 'solid-js'
import { dishOf } from '#shared/dishes.ts'
import type { DrawProof } from '#shared/votes.ts'
import type { Category } from '#shared/places.ts'
import { t } from '#client/lib/i18n/i18n.ts'
import { reducedMotion } from '#client/lib/motion.ts'
import { Button } from '#client/ui/button.tsx'
import { NumberedDish } from '#client/ui/dish.tsx'
import { copyProof, ProofBox } from './proof.tsx'

export interface DrawProps {
  proof: DrawProof
  /** Name and dish of a number. */
  candidate(number: number): { name: string; category: Category; menu: string | null } | undefined
  /** "A tie again in the run-off", or what else led here. */
  kick: string
  onResult: () => void
}

const TURN_MS = 2_200
const TURNS = 1.2
const RADIUS_PX = 105
const WIN_PX = 118
const LOSE_PX = 74

/** The draw: its order was decided before it starts, and this device says whether the sum is right. */
export function DrawPage(props: DrawProps) {
  const winner = () => props.candidate(props.proof.picked)
  let page!: HTMLElement
  let title!: HTMLHeadingElement
  onMount(() => {
    onCleanup(setAside(page))
    title.focus({ preventScroll: true })
  })
  return (
    <main class="draw" data-testid="draw" ref={page}>
      <p class="kick">{props.kick}</p>
      <h1 tabindex="-1" ref={title}>
        {t('votes.drawnName', { name: winner()?.name ?? String(props.proof.picked) })}
      </h1>
      <Lots {...props} />
      <p>{t('votes.drawWhy')}</p>
      <ProofBox proof={props.proof} />
      <div class="draw-dock">
        <Button size={56} onClick={() => void copyProof(props.proof)}>
          {t('votes.copyProof')}
        </Button>
        <Button look="pri" size={56} grow onClick={() => props.onResult()}>
          {t('rooms.seeResult')}
        </Button>
      </div>
    </main>
  )
}

/** What it lies over, also what is drawn anew there, is neither reached nor read meanwhile: one page, one title. Returns the end of it. */
function setAside(page: HTMLElement): () => void {
  const room = page.parentElement
  if (!room) return () => undefined
  const others = new Set<HTMLElement>()
  const look = (): void => {
    for (const each of room.children) {
      if (!(each instanceof HTMLElement) || each === page || each.inert) continue
      each.inert = true
      others.add(each)
    }
  }
  look()
  const watch = new MutationObserver(look)
  watch.observe(room, { childList: true })
  return () => {
    watch.disconnect()
    for (const each of others) each.inert = false
  }
}

function Lots(props: DrawProps) {
  const losers = createMemo(() =>
    props.proof.numbers.filter((number) => number !== props.proof.picked),
  )
  let ring!: HTMLDivElement
  onMount(() => {
    if (reducedMotion()) return
    // All turn together and come to rest slowly; each plate stays upright.
    const options = { duration: TURN_MS, easing: 'cubic-bezier(.25,.6,.2,1)' }
    ring.animate([{ rotate: `${-360 * TURNS}deg` }, { rotate: '0deg' }], options)
    for (const lot of ring.querySelectorAll<HTMLElement>('.lot .dnum'))
      lot.animate([{ rotate: `${360 * TURNS}deg` }, { rotate: '0deg' }], options)
  })
  const place = (index: number): { left: string; top: string } => {
    const angle = -Math.PI / 4 + (index * 2 * Math.PI) / Math.max(losers().length, 1)
    return {
      left: `calc(50% + ${RADIUS_PX * Math.cos(angle)}px)`,
      top: `calc(50% + ${RADIUS_PX * Math.sin(angle)}px)`,
    }
  }
  const label = (): string =>
    t('votes.drawLabel', {
      count: props.proof.numbers.length,
      number: props.proof.picked,
      name: props.candidate(props.proof.picked)?.name ?? '',
    })
  return (
    <div class="lots" role="img" aria-label={label()} ref={ring}>
      <span class="mat" />
      <svg viewBox="0 0 300 270" aria-hidden="true">
        <path d="M70 58 A107 107 0 1 0 240 76" />
      </svg>
      <For each={losers()}>
        {(number, index) => (
          <span class="lot" style={place(index())}>
            <Lot number={number} size={LOSE_PX} draw={props} />
          </span>
        )}
      </For>
      <span class="lot">
        <Lot number={props.proof.picked} size={WIN_PX} lead draw={props} />
      </span>
    </div>
  )
}

function Lot(props: { number: number; size: number; lead?: boolean; draw: DrawProps }) {
  const known = () => props.draw.candidate(props.number)
  return (
    <span>
      <Show when={known()}>
        {(candidate) => (
          <NumberedDish
            number={props.number}
            name={dishOf(candidate())}
            size={props.size}
            lead={props.lead}
            at="bottom"
            flat
          />
        )}
      </Show>
    </span>
  )
}
