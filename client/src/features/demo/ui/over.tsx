import './steps.css'
import { For, Show } from 'solid-js'
import { t } from '#client/lib/i18n/i18n.ts'
import { Button } from '#client/ui/button.tsx'
import { Check, Plus, RefreshCw } from '#client/ui/icons.ts'
import type { LessonStep } from '../state.lesson.ts'

const learned = {
  move: 'demo.learnedMove',
  follow: 'demo.learnedFollow',
  ping: 'demo.learnedPing',
  put: 'demo.learnedPut',
  vote: 'demo.learnedVote',
  result: 'demo.learnedResult',
} as const

/** Leads away from here; a refusal is said, and the button is there again. */
interface Way {
  busy(): boolean
  open(): Promise<void>
}
export interface IslandWays {
  /** Opens a real room and goes there. */
  real: Way
  /** To the island again, with nothing decided yet. */
  again: Way
}

/** The way from practice to friends, in one tap. */
export function RealRoomButton(props: {
  look: 'pri' | 'line'
  size?: 44 | 56
  grow?: boolean
  way: Way
}) {
  return (
    <Button
      look={props.look}
      size={props.size ?? 44}
      grow={props.grow}
      busy={props.way.busy()}
      icon={<Plus size={18} />}
      onClick={() => void props.way.open()}
    >
      {t('demo.realRoom')}
    </Button>
  )
}

interface LessonOverProps extends IslandWays {
  done: readonly LessonStep[]
  /** The way to a real room stands elsewhere on the page. */
  only?: 'again'
}

/** At the end: what was learned, and the two ways on. */
export function LessonOver(props: LessonOverProps) {
  return (
    <section class="lesson-over" aria-labelledby="lesson-over">
      <h2 id="lesson-over">{t('demo.overTitle')}</h2>
      <ul>
        <For each={props.done}>
          {(step) => (
            <li>
              <Check size={16} aria-hidden="true" />
              {t(learned[step])}
            </li>
          )}
        </For>
      </ul>
      <div class="lesson-acts">
        <Show when={props.only === undefined}>
          <RealRoomButton look="pri" size={56} way={props.real} />
        </Show>
        <Button
          size={56}
          busy={props.again.busy()}
          icon={<RefreshCw size={18} />}
          onClick={() => void props.again.open()}
        >
          {t('demo.again')}
        </Button>
      </div>
    </section>
  )
}
