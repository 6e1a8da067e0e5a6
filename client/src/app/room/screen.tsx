import './room.css'
import { useBeforeLeave, useNavigate } from '@solidjs/router'
import {
  createEffect,
  createMemo,
  createResource,
  createSignal,
  lazy,
  on,
  onCleanup,
  Show,
  Suspense,
  untrack,
} from 'solid-js'
import type { LatLng } from '#shared/geo.ts'
import { formatRoomCode } from '#shared/rooms.code.ts'
import type { Candidate, Seat } from '#shared/rooms.ts'
import type { OpenPeek } from '../../features/rooms/index.ts'
import { readConfig } from '../../lib/config.ts'
import { loadFonts } from '../../lib/fonts.ts'
import type { AppConfig } from '../../lib/config.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { isPassing } from '../../lib/trpc.ts'
import { BrokenPage } from '../broken.tsx'
import { createPatience, SkeletonRows } from '../../ui/states.tsx'
import type { SheetStop } from '../../ui/sheet.tsx'
import { loadList } from '../../ui/menu.tsx'
import { loadDialog } from '../../ui/modal.tsx'
import { showToast } from '../../ui/toast.tsx'
import { loadAhead, untilLoaded } from '../../ui/untilLoaded.ts'
import { createRoomChat, RoomChatPanel } from './chat.tsx'
import { Dock } from './dock.tsx'
import type { Guide } from './guideParts.ts'
import { TopBar } from './header.tsx'
import { createInView } from './inView.ts'
import { createLayout } from './layout.ts'
import { voteByKey } from './list.tsx'
import { RoomMap } from './map.tsx'
import type { RoomMapHandle } from './map.tsx'
import { isUnnamed } from './naming.ts'
import { NetworkBanner } from './network.tsx'
import { createNotices } from './notify.ts'
import { PeopleStrip } from './people.tsx'
import { createOverlays } from './overlays.state.ts'
import { RoomPanel } from './panel.tsx'
import { rememberThisArea } from './remember.ts'
import { RoundEnd } from './roundEnd.tsx'
import { createRoomVoice } from './voice.ts'
import { Welcome } from './welcome.tsx'
import { createScene, isOut, SceneProvider, useScene } from './scene.ts'

const IslandGuide = lazy(async () => ({
  default: (await untilLoaded(() => import('./guide.tsx'))).IslandGuide,
}))
const loadOverlays = () => import('./overlays.tsx')
const Overlays = lazy(async () => ({ default: (await untilLoaded(loadOverlays)).Overlays }))
/** Long after the room is there: sheets and menus then open without a network too. */
const LOAD_AHEAD_MS = 8_000

export interface RoomScreenProps {
  roomId: string
  first: OpenPeek
  /** `out`: this browser is no longer in the room; else the room only couldn't be read. */
  onLost: (out: boolean) => void
}

/** The room: the whole product in one screen. */
export function RoomScreen(props: RoomScreenProps) {
  const [config, { refetch }] = createResource(readConfig)
  return (
    <Show when={!config.error} fallback={<BrokenPage id={null} onRetry={() => void refetch()} />}>
      <Show when={config()}>{(known) => <Room {...props} config={known()} />}</Show>
    </Show>
  )
}

function Room(props: RoomScreenProps & { config: AppConfig }) {
  // One room for the life of this component: the page makes a new one for another room.
  const scene = untrack(() => createScene(props.roomId, props.config, lose))
  function lose(error: unknown): void {
    if (isOut(error) || !isPassing(error)) props.onLost(isOut(error))
  }
  const waits = createPatience(() => scene.state.view === undefined)
  return (
    <SceneProvider value={scene}>
      <Show
        when={scene.state.view !== undefined}
        fallback={
          <Show when={waits()}>
            <main class="fixed inset-x-0 bottom-0 rounded-t-xl bg-surface pt-6 pb-10 shadow-[var(--e-sheet)]">
              <SkeletonRows rows={3} label={t('rooms.checking')} />
            </main>
          </Show>
        }
      >
        <Inside first={props.first} />
      </Show>
    </SceneProvider>
  )
}

function Inside(props: { first: OpenPeek }) {
  const scene = useScene()
  const go = useNavigate()
  const layout = createLayout(untrack(scene.demo))
  const notices = createNotices(scene)
  const chat = createRoomChat(scene, layout)
  const voice = createRoomVoice(scene)
  const [stop, setStop] = createSignal<SheetStop>('half')
  const [map, setMap] = createSignal<RoomMapHandle>()
  const [picked, setPicked] = createSignal<number | null>(null)
  const [guide, setGuide] = createSignal<Guide>()
  const overlays = createOverlays(map)
  sayRecap(scene)
  loadFonts()
  const ahead = setTimeout(() => loadAhead(loadOverlays, loadDialog, loadList), LOAD_AHEAD_MS)
  onCleanup(() => clearTimeout(ahead))
  rememberThisArea(scene)
  useBeforeLeave(({ to }) => {
    if (typeof to === 'string' && to.startsWith('/d/')) scene.presence.lookAway()
  })
  keepAddress(scene)
  createInView({
    map,
    standing: scene.standing,
    open: scene.open,
    mySeat: () => scene.me().seat,
    following: scene.presence.following,
    padding: layout.padding,
    isSteady: layout.panelled,
  })
  createEffect(() =>
    document.documentElement.style.setProperty('--toast-inset', layout.toasts(stop())),
  )
  onCleanup(() => document.documentElement.style.removeProperty('--toast-inset'))
  const show = (candidate: Candidate): void => {
    setPicked(candidate.number)
    map()?.show(candidate)
  }
  const pick = (number: number): void => {
    setPicked(number)
    scrollToRow(number)
  }
  createShowsMine(scene, () => layout.panelled() || stop() === 'full')
  const keys = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement)
      return
    const number = picked()
    if ((event.key === 'p' || event.key === 'P' || event.key === 'ㅔ') && scene.letterKeys())
      map()?.layer.pingHere()
    else if (number === null || !voteByKey(scene, number, event.key)) return
    event.preventDefault()
  }
  // The topmost layer first; dialogs close themselves.
  const escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return
    if (document.querySelector('[role=dialog]')) return
    if (layout.chatCovers()) chat.setOpen(false)
    else scene.presence.follow(0)
  }
  // On the document: focus may be nowhere after a sheet closed.
  document.addEventListener('keydown', escape)
  onCleanup(() => document.removeEventListener('keydown', escape))
  const head = {
    onBack: () => void go('/'),
    onMenu: () => overlays.open('menu'),
    onInvite: () => overlays.open(isUnnamed(scene) ? 'naming' : 'invite'),
  }
  return (
    <div class="room">
      <RoomPanel
        layout={layout}
        stop={stop()}
        onStop={setStop}
        head={head}
        overlays={overlays}
        onShow={show}
        onAnnotate={(candidate) => overlays.annotate(candidate)}
        onAdd={() => overlays.open('propose')}
        onStart={() => overlays.open('round')}
        guide={guide()}
      />
      <PeopleStrip
        // Who learns is told of friends by their names.
        named={layout.shape() === 'desk' || (layout.shape() === 'phone' && scene.demo())}
        onOpen={(seat: Seat) =>
          seat === scene.me().seat ? overlays.open('profile') : overlays.showPerson(seat)
        }
      />
      <RoomMap
        layout={layout}
        first={props.first.view}
        picked={picked()}
        onPick={pick}
        onDish={show}
        onReady={setMap}
        onGround={() => setPicked(null)}
        onPutForward={(at: LatLng) => overlays.dropPin(at)}
        onKeyDown={keys}
      />
      <Show when={layout.shape() === 'phone' && stop() !== 'full'}>
        <TopBar {...head} />
      </Show>
      <div
        class="room-banners"
        data-below={
          layout.shape() === 'phone' && stop() !== 'full' && !layout.chatCovers() ? '' : undefined
        }
      >
        <NetworkBanner />
      </div>
      <Welcome onName={() => overlays.open('profile')} />
      <Dock layout={layout} map={map()} chat={chat} room={voice} />
      <RoomChatPanel room={chat} layout={layout} onShow={show} />
      <RoundEnd />
      <Show when={scene.demo()}>
        <Suspense>
          <IslandGuide layout={layout} map={map()} onReady={setGuide} />
        </Suspense>
      </Show>
      <Show when={overlays.used()}>
        <Suspense>
          <Overlays overlays={overlays} notices={notices} map={map()} voice={voice} />
        </Suspense>
      </Show>
    </div>
  )
}

/** What I put forward is seen in the list, wherever its end is; a lower sheet shows the list's top alone, and the map my place. */
function createShowsMine(scene: ReturnType<typeof createScene>, scrolls: () => boolean): void {
  const last = createMemo(
    () => scene.standing().findLast(({ proposerSeat }) => proposerSeat === scene.me().seat)?.number,
  )
  createEffect(
    on(
      last,
      (number, before) => {
        if (number === undefined || (before ?? 0) > number || !untrack(scrolls)) return
        requestAnimationFrame(() => scrollToRow(number))
      },
      { defer: true },
    ),
  )
}
function scrollToRow(number: number): void {
  document.querySelector(`.cand[data-number="${number}"]`)?.scrollIntoView({ block: 'nearest' })
}

/** The host changed the link: a refresh must find the room again, so this tab's address follows. */
function keepAddress(scene: ReturnType<typeof createScene>): void {
  const go = useNavigate()
  createEffect(
    on(
      () => scene.state.view?.room.code,
      (code, before) => {
        if (code !== undefined && before !== undefined && code !== before)
          go(`/r/${formatRoomCode(code)}`, { replace: true, scroll: false })
      },
    ),
  )
}

/** One line for who comes later: how many are here, what was put forward, whether a vote is on. */
function sayRecap(scene: ReturnType<typeof createScene>): void {
  const joinedAt = scene.state.view?.members[scene.me().seat]?.joinedAt ?? 0
  const fresh = scene.now() - joinedAt < RECAP_WITHIN_MS
  if (!fresh || scene.standing().length === 0) return
  createEffect(
    on(
      () => scene.present().length > 1,
      (others) => {
        if (!others) return
        const params = { count: scene.present().length, places: scene.standing().length }
        showToast(
          scene.votes.round()?.state === 'open'
            ? t('rooms.recapVote', params)
            : t('rooms.recapPlaces', params),
        )
      },
    ),
  )
}
const RECAP_WITHIN_MS = 10_000
