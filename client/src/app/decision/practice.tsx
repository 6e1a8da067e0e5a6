import { Show } from 'solid-js'
import type { DecisionView } from '#shared/votes.ts'
import { learnedIn, LessonOver, RealRoomButton } from '../../features/demo/index.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { Info } from '../../ui/icons.ts'
import { Notice } from '../../ui/states.tsx'
import { createIslandWays } from '../island.ts'

/** In place of sharing a result of Bap Island: that it is one, and what was learned on the way. */
export function Practice(props: { decision: DecisionView }) {
  const ways = createIslandWays()
  return (
    <>
      <Show when={props.decision.roomCode}>
        {(code) => <LessonOver {...ways} only="again" done={learnedIn(code())} />}
      </Show>
      <Notice
        class="dec-practice"
        tone="calm"
        icon={<Info size={20} />}
        title={t('demo.resultNote')}
      />
    </>
  )
}

/** In place of the way there: the way to a real room. */
export function ToRealRoom() {
  const { real } = createIslandWays()
  return <RealRoomButton look="pri" size={56} grow way={real} />
}
