import { createEffect, createMemo, createSignal, onCleanup, onMount, Show, untrack } from 'solid-js'
import type { JSX } from 'solid-js'
import {
  createLesson,
  IslandGround,
  LessonOver,
  LessonPanel,
  LessonStrip,
  RealRoomButton,
  Unfold,
} from '../../features/demo/index.ts'
import type { Lesson, LessonFacts } from '../../features/demo/index.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { ISLAND_SHORES } from '#shared/demo.island.ts'
import { createMedia } from '../../ui/media.ts'
import { createIslandWays } from '../island.ts'
import type { Guide } from './guideParts.ts'
import type { Layout } from './layout.ts'
import type { RoomMapHandle } from './map.tsx'
import { useScene } from './scene.ts'
import type { Scene } from './scene.ts'

const FINGERS = '(pointer: coarse)'
/** The voice bar on larger screens reaches so far up. */
const ABOVE_VOICE_PX = 100
const ABOVE_SHEET_PX = 3

/** Bap Island: what is learned there, that all of it is made up, and the way to a real room. */
export function IslandGuide(props: {
  layout: Layout
  map: RoomMapHandle | undefined
  onReady: (guide: Guide | undefined) => void
}) {
  const scene = useScene()
  const lesson = createLessonOf(scene, () => props.map)
  const ways = createIslandWays()
  const over = () => lesson.next() === null
  /** I have chosen and others haven't: nothing else is to be done now. */
  const waits = () => scene.open()?.ticked.includes(scene.me().seat) ?? false
  createEffect(() => {
    if (props.map) showAllOfIt(props.map.layer.camera)
  })
  const parts: Guide = {
    Panel: () => (
      <Show when={over()} fallback={<LessonPanel lesson={lesson} />}>
        <LessonOver {...ways} done={lesson.done()} />
      </Show>
    ),
    Strip: () => <LessonStrip lesson={lesson} />,
    Foot: () => (
      <div class="island-foot">
        <Show when={lesson.folded() && !props.layout.panelled() && !over()}>
          <Unfold lesson={lesson} />
        </Show>
        <Show when={!over() || !props.layout.panelled()}>
          <p>{t('demo.foot')}</p>
          <RealRoomButton look={over() || waits() ? 'pri' : 'line'} way={ways.real} />
        </Show>
      </div>
    ),
  }
  onMount(() => props.onReady(parts))
  onCleanup(() => props.onReady(undefined))
  return (
    <IslandGround lesson={lesson} padding={props.layout.padding()} note={noteAt(props.layout)} />
  )
}

/** In the line of the attribution on the phone, above the voice bar elsewhere. */
function noteAt(layout: Layout): JSX.CSSProperties {
  const { left, right, bottom } = layout.padding()
  if (!layout.panelled()) return { right: '12px', bottom: `${bottom + ABOVE_SHEET_PX}px` }
  return {
    left: `calc(${left}px + (100vw - ${left + right}px) / 2)`,
    bottom: `${ABOVE_VOICE_PX}px`,
    translate: '-50% 0',
  }
}

/** Where there is room for it, the island is seen whole at first; a phone begins at its market. */
function showAllOfIt(camera: RoomMapHandle['layer']['camera']): void {
  const fits = camera.zoomFor(ISLAND_SHORES, NO_ROOM) > camera.where().zoom
  if (fits && camera.isKept()) camera.keep(ISLAND_SHORES, NO_ROOM)
}
const NO_ROOM = { x: 0, y: 0 }

/** What the person really did here, as the room and the map tell it. */
function createLessonOf(scene: Scene, map: () => RoomMapHandle | undefined): Lesson {
  const [moved, setMoved] = createSignal(false)
  const [pinged, setPinged] = createSignal(false)
  const touch = createMedia(FINGERS)
  createEffect(() => {
    const camera = map()?.layer.camera
    if (camera) onCleanup(camera.onOwnMove(() => setMoved(true)))
  })
  onCleanup(scene.presence.onOwnPing(() => setPinged(true)))
  const mine = () => scene.me().seat
  const facts = createMemo((): LessonFacts => ({
    move: moved(),
    follow: scene.presence.following() !== 0,
    ping: pinged(),
    put: (scene.state.view?.candidates ?? []).some(({ proposerSeat }) => proposerSeat === mine()),
    vote: scene.votes.round()?.ticked.includes(mine()) ?? false,
    result: scene.votes.decisions().length > 0,
  }))
  return createLesson(untrack(() => scene.state.view?.room.code) ?? '', facts, () => ({
    voting: scene.open() !== null,
    following: scene.presence.following() !== 0,
    enough: scene.standing().length >= scene.config.limits.MIN_CANDIDATES,
    touch: touch(),
  }))
}
