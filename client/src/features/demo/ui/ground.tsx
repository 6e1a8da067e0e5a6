import './ground.css'
import { createEffect, onCleanup, Show } from 'solid-js'
import type { JSX } from 'solid-js'
import { t } from '#client/lib/i18n/i18n.ts'
import { Info } from '#client/ui/icons.ts'
import type { Lesson } from '../state.lesson.ts'

export interface IslandGroundProps {
  lesson: Lesson
  /** What chrome leaves of the map, px from its edges. */
  padding: { top: number; right: number; bottom: number; left: number }
  /** Where the note stands. */
  note: JSX.CSSProperties
}

/** On the map of the island: that nothing here is real, and where the next step is done. */
export function IslandGround(props: IslandGroundProps) {
  // Sheets and dialogs stand outside the room: what beats there is found by this too.
  const root = document.documentElement
  createEffect(() => {
    const hint = props.lesson.folded() ? null : props.lesson.hint()
    if (hint) root.dataset['coach'] = hint
    else delete root.dataset['coach']
  })
  onCleanup(() => delete root.dataset['coach'])
  const onGround = () => {
    const hint = props.lesson.folded() ? null : props.lesson.hint()
    return hint?.startsWith('move') ? 'move' : hint?.startsWith('ping') ? 'ping' : null
  }
  return (
    <>
      <p class="island-note" style={props.note}>
        <Info size={16} aria-hidden="true" />
        {t('demo.madeUp')}
      </p>
      <Show when={onGround()}>
        {(what) => (
          <div
            class="coach-spot"
            aria-hidden="true"
            data-what={what()}
            style={{
              top: `${props.padding.top}px`,
              right: `${props.padding.right}px`,
              bottom: `${props.padding.bottom}px`,
              left: `${props.padding.left}px`,
            }}
          >
            <i />
          </div>
        )}
      </Show>
    </>
  )
}
