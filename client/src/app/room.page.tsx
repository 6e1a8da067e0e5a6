import { useNavigate, useParams } from '@solidjs/router'
import {
  createEffect,
  createSignal,
  lazy,
  Match,
  on,
  onMount,
  Show,
  Suspense,
  Switch,
} from 'solid-js'
import { formatRoomCode, readRoomCode } from '#shared/rooms.code.ts'
import type { RoomPeek } from '#shared/rooms.ts'
import type { WireError } from '#shared/errors.ts'
import {
  ClosedRoom,
  ExpiredRoom,
  FullRoom,
  JoinPage,
  LockedRoom,
  RemovedFromRoom,
  roomsApi,
  roomTitle,
  UnknownRoom,
} from '../features/rooms/index.ts'
import type { OpenPeek } from '../features/rooms/index.ts'
import { t, tError } from '../lib/i18n/i18n.ts'
import { loadFonts } from '../lib/fonts.ts'
import { readPerson } from '../lib/session.ts'
import { failureOf } from '../lib/trpc.ts'
import type { CallFailure } from '../lib/trpc.ts'
import { SkeletonRows, createPatience } from '../ui/states.tsx'
import { showRefusal } from '../ui/toast.tsx'
import { BrokenPage } from './broken.tsx'
import { heldVoice } from './heldVoice.ts'

// The door is read before its map is there: Leaflet alone weighs as much as all else that it needs.
const JoinMap = lazy(async () => ({ default: (await import('./room/joinMap.tsx')).JoinMap }))
const RoomScreen = lazy(async () => ({ default: (await import('./room/screen.tsx')).RoomScreen }))

/** A room's link: what it shows before entering, the door's answers, and the room itself. */
export function Page() {
  const params = useParams<{ code: string }>()
  const [peek, setPeek] = createSignal<RoomPeek>()
  const [broken, setBroken] = createSignal<CallFailure>()
  const look = async (): Promise<void> => {
    const code = readRoomCode(params.code)
    if (code === null) return void setPeek({ state: 'unknown' })
    try {
      const [seen] = await Promise.all([roomsApi.peekRoom(code), readPerson()])
      setBroken(undefined)
      setPeek(seen)
    } catch (error) {
      setBroken(failureOf(error))
    }
  }
  createEffect(
    on(
      () => params.code,
      () => void look(),
    ),
  )
  const state = () => peek()?.state
  const waits = createPatience(() => peek() === undefined && broken() === undefined)
  return (
    <Switch
      fallback={
        <Show when={waits()}>
          <Waiting />
        </Show>
      }
    >
      <Match when={broken()}>
        {(failure) => <BrokenPage id={idOf(failure())} onRetry={() => void look()} />}
      </Match>
      <Match when={state() === 'unknown'}>
        <PasteLink />
      </Match>
      <Match when={state() === 'locked'}>
        <LockedRoom onTryAgain={() => void look()} />
      </Match>
      <Match when={state() === 'removed'}>
        <RemovedFromRoom />
      </Match>
      <Match when={expiredOf(peek())}>
        {(gone) => <ExpiredRoom decisionId={gone().decisionId} />}
      </Match>
      <Match when={openOf(peek())}>{(open) => <Door peek={open()} onLook={look} />}</Match>
    </Switch>
  )
}

const idOf = (failure: CallFailure): string | null =>
  failure.code === 'unexpected' ? failure.params.id : null
const expiredOf = (peek: RoomPeek | undefined) => (peek?.state === 'expired' ? peek : undefined)
const openOf = (peek: RoomPeek | undefined): OpenPeek | undefined =>
  peek && 'candidates' in peek ? peek : undefined

function Waiting() {
  return (
    <main class="fixed inset-0 bg-[var(--m-block)]">
      <div class="fixed inset-x-0 bottom-0 rounded-t-xl bg-surface pt-6 pb-10 shadow-[var(--e-sheet)]">
        <SkeletonRows rows={3} label={t('rooms.checking')} />
      </div>
    </main>
  )
}

function PasteLink() {
  const go = useNavigate()
  const paste = async (): Promise<void> => {
    const text = await navigator.clipboard.readText().catch(() => '')
    const code = readRoomCode(/\/r\/([\w-]+)/.exec(text)?.[1] ?? text)
    if (code) go(`/r/${formatRoomCode(code)}`)
    else showRefusal(t('errors.room_unknown'))
  }
  return <UnknownRoom onPaste={() => void paste()} />
}

/** Members go straight in; newcomers say their name first. */
function Door(props: { peek: OpenPeek; onLook: () => Promise<void> }) {
  const [inside, setInside] = createSignal(false)
  const [asking, setAsking] = createSignal(false)
  const [busy, setBusy] = createSignal(false)
  const [wrong, setWrong] = createSignal<string>()
  const [full, setFull] = createSignal(false)
  onMount(() => props.peek.mySeat === null && loadFonts())
  onMount(() => void (document.title = `${roomTitle(props.peek)} · ${t('common.appName')}`))
  const refuse = (failure: CallFailure): void => {
    if (failure.code === 'unreachable') return void setWrong(t('rooms.offline'))
    if (failure.code === 'room_full') return void setFull(true)
    if (failure.code.startsWith('room_')) return void props.onLook()
    setWrong(tError(failure as WireError))
  }
  /** Who is out sees nothing of the room any more while the link is asked why; who is back in gets a fresh one. */
  const leave = async (out: boolean): Promise<void> => {
    if (out) {
      heldVoice()?.end()
      setInside(false)
      setAsking(true)
    }
    await props.onLook()
    setAsking(false)
  }
  const join = async (name: string, portrait: string): Promise<void> => {
    setBusy(true)
    setWrong(undefined)
    try {
      await roomsApi.joinRoom(props.peek.code, name, portrait)
      setFull(false)
      setInside(true)
    } catch (error) {
      refuse(failureOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Switch>
      <Match when={asking()}>
        <Waiting />
      </Match>
      <Match when={inside() || props.peek.mySeat !== null}>
        <RoomScreen
          roomId={props.peek.roomId}
          first={props.peek}
          onLost={(out) => void leave(out)}
        />
      </Match>
      <Match when={props.peek.state === 'full' || full()}>
        <FullRoom
          max={props.peek.max}
          onTryAgain={() => {
            setFull(false)
            void props.onLook()
          }}
        />
      </Match>
      <Match when={props.peek.state === 'closed'}>
        <ClosedRoom decisionId={props.peek.decisionId} onTryAgain={() => void props.onLook()} />
      </Match>
      <Match when={true}>
        <JoinPage
          peek={props.peek}
          map={
            <Suspense fallback={<div class="fixed inset-0 z-0 bg-[var(--m-block)]" />}>
              <JoinMap peek={props.peek} />
            </Suspense>
          }
          busy={busy()}
          wrong={wrong()}
          onJoin={(name, portrait) => void join(name, portrait)}
        />
      </Match>
    </Switch>
  )
}
