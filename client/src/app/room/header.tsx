import { Show } from 'solid-js'
import { roomTitle } from '../../features/rooms/index.ts'
import { serverNow } from '../../lib/clock.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { IconButton } from '../../ui/button.tsx'
import { Clock, Ring } from '../../ui/clock.tsx'
import { ChevronLeft, Lock, UserPlus } from '../../ui/icons.ts'
import { useScene } from './scene.ts'

export interface HeaderProps {
  onBack: () => void
  onMenu: () => void
  onInvite: () => void
}

/** What the room is about now, in one line: the clock while a round is open, else who is here. */
function HeaderLine(props: { ring: boolean }) {
  const scene = useScene()
  const open = () => {
    const round = scene.votes.round()
    return round?.state === 'open' ? round : null
  }
  return (
    <Show
      when={open()}
      fallback={
        <>
          <Show when={scene.writable() && scene.state.view?.room.locked}>
            <Lock size={12} aria-hidden="true" class="me-1 inline" />
          </Show>
          {scene.writable()
            ? scene.demo()
              ? whoPractises(scene)
              : whoIsHere(scene.present().length, scene.standing().length)
            : t('home.closed')}
        </>
      }
    >
      {(round) => (
        <Clock
          endsAt={round().deadlineAt}
          totalMs={round().deadlineAt - round().openedAt}
          now={serverNow}
          show={props.ring ? 'both' : 'text'}
          size={15}
          say={(time) => t('votes.timeLeft', { time })}
        />
      )}
    </Show>
  )
}

function whoIsHere(people: number, places: number): string {
  if (people === 1) return places > 0 ? t('rooms.aloneAndPlaces', { places }) : t('rooms.alone')
  return places > 0
    ? t('rooms.insideAndPlaces', { people, places })
    : t('rooms.insideN', { people })
}

/** Who is simulated is never counted as somebody. */
function whoPractises(scene: ReturnType<typeof useScene>): string {
  const count = scene.present().filter((seat) => scene.person(seat).simulated).length
  return count === 0 ? t('demo.alone') : t('demo.together', { count })
}

function title(scene: ReturnType<typeof useScene>): string {
  return scene.state.view ? roomTitle(scene.state.view.room) : ''
}

/** A closed room lets nobody in: nobody is asked to come. */
function InviteButton(props: { look: 'float' | 'well'; onInvite: () => void }) {
  const scene = useScene()
  return (
    <Show when={scene.writable()}>
      <IconButton look={props.look} label={t('rooms.invite')} onClick={() => props.onInvite()}>
        <UserPlus size={20} />
      </IconButton>
    </Show>
  )
}

/** The phone's: only the way out, the clock and the invitation. */
export function TopBar(props: HeaderProps) {
  const scene = useScene()
  const open = () => {
    const round = scene.votes.round()
    return round?.state === 'open' ? round : null
  }
  return (
    <header class="room-top">
      <IconButton look="float" label={t('common.back')} onClick={() => props.onBack()}>
        <ChevronLeft size={22} />
      </IconButton>
      <button
        type="button"
        class="room-title"
        onClick={() => props.onMenu()}
        aria-haspopup="dialog"
      >
        <Show when={open()}>
          {(round) => (
            <Ring
              share={(round().deadlineAt - scene.now()) / (round().deadlineAt - round().openedAt)}
              size={28}
            />
          )}
        </Show>
        <span class="min-w-0 flex-1">
          <b>{title(scene)}</b>
          <small class="tn">
            <HeaderLine ring={false} />
          </small>
        </span>
      </button>
      <InviteButton look="float" onInvite={props.onInvite} />
    </header>
  )
}

/** The same at the top of the panel. */
export function PanelHead(props: HeaderProps) {
  const scene = useScene()
  return (
    <header class="room-panelhead">
      <IconButton look="well" label={t('common.back')} onClick={() => props.onBack()}>
        <ChevronLeft size={22} />
      </IconButton>
      <button
        type="button"
        class="min-w-0 flex-1 text-start"
        onClick={() => props.onMenu()}
        aria-haspopup="dialog"
      >
        <b>{title(scene)}</b>
        <small class="tn">
          <HeaderLine ring />
        </small>
      </button>
      <InviteButton look="well" onInvite={props.onInvite} />
    </header>
  )
}
