import { createMemo, createSignal, onCleanup, Show } from 'solid-js'
import type { Accessor } from 'solid-js'
import type { Candidate } from '#shared/rooms.ts'
import { ChatPanel, chatWire, makeChat } from '../../features/chat/index.ts'
import type { Chat, ChatNote } from '../../features/chat/index.ts'
import { t, tRich } from '../../lib/i18n/i18n.ts'
import { roomKeys } from '../../lib/storage.ts'
import { createBackCloses } from '../../ui/backCloses.ts'
import { Badge, Button, IconButton } from '../../ui/button.tsx'
import { ChatToken } from '../../ui/dish.tsx'
import { MessageCircle } from '../../ui/icons.ts'
import type { Layout } from './layout.ts'
import { Closing } from './panelHead.tsx'
import { useScene } from './scene.ts'
import type { Scene } from './scene.ts'

export interface RoomChat {
  chat: Chat
  open: Accessor<boolean>
  setOpen(open: boolean): void
}

/** The room's chat; it lives on while its panel is closed. Must be created under an owner, which ends it. */
export function createRoomChat(scene: Scene, layout: Layout): RoomChat {
  const end = new AbortController()
  onCleanup(() => end.abort())
  const [open, setOpen] = createSignal(false)
  const chat = makeChat({
    channelId: scene.state.view?.channelId ?? '',
    me: () => ({
      personId: scene.me().personId,
      name: scene.me().name,
      portrait: scene.me().portrait,
    }),
    wire: chatWire,
    keepUnder: roomKeys(scene.roomId),
    signal: end.signal,
  })
  const show = (next: boolean): void => {
    setOpen(next)
    layout.setChatOpen(next)
    chat.setOpen(next)
  }
  createBackCloses(layout.chatCovers, () => show(false))
  return { chat, open, setOpen: show }
}

/** Opens the chat, and says how much of it is unread. */
export function ChatButton(props: { room: RoomChat; layout: Layout }) {
  const unread = (): number => props.room.chat.unread()
  const label = (): string =>
    unread() > 0 ? t('chat.openUnread', { count: unread() }) : t('chat.open')
  return (
    <Show
      when={props.layout.shape() === 'desk' || props.layout.shape() === 'tablet'}
      fallback={
        <IconButton
          look="well"
          size={52}
          label={label()}
          badge={unread()}
          onClick={() => props.room.setOpen(!props.room.open())}
        >
          <MessageCircle size={22} />
        </IconButton>
      }
    >
      <Show when={!props.room.open()}>
        <Button
          look="out"
          class="room-chatb"
          icon={<MessageCircle size={20} />}
          aria-label={label()}
          onClick={() => props.room.setOpen(true)}
        >
          {t('chat.title')}
          <Badge count={unread()} />
        </Button>
      </Show>
    </Show>
  )
}

export function RoomChatPanel(props: {
  room: RoomChat
  layout: Layout
  onShow: (candidate: Candidate) => void
}) {
  const scene = useScene()
  const byPerson = createMemo(
    () =>
      new Map(
        Object.values(scene.state.view?.members ?? {}).map((member) => [
          member.personId,
          member.seat,
        ]),
      ),
  )
  const candidates = () => scene.state.view?.candidates ?? []
  const names = createMemo(() => new Map(candidates().map(({ number, name }) => [number, name])))
  const show = (number: number): void => {
    const candidate = candidates().find((one) => one.number === number)
    if (candidate) props.onShow(candidate)
  }
  const notes = createMemo(() =>
    candidates().map((candidate) => noteOf(scene, candidate, () => show(candidate.number))),
  )
  return (
    <Show when={props.room.open()}>
      <ChatPanel
        chat={props.room.chat}
        shape={
          props.layout.shape() === 'desk' || props.layout.shape() === 'tablet' ? 'desk' : 'phone'
        }
        me={scene.me().personId}
        personOf={(personId) => {
          const seat = byPerson().get(personId)
          return seat === undefined ? null : scene.person(seat)
        }}
        names={names()}
        onShow={show}
        onClose={() => props.room.setOpen(false)}
        notice={
          <Show when={props.layout.chatCovers()}>
            <Closing />
          </Show>
        }
        notes={notes()}
        readOnly={scene.writable() ? undefined : t('rooms.closedNow')}
        maxChars={scene.config.limits.MESSAGE_CHARS}
      />
    </Show>
  )
}

function noteOf(scene: Scene, candidate: Candidate, onClick: () => void): ChatNote {
  const { number, name, addedAt, proposerSeat } = candidate
  const place = () => ({
    text: name,
    node: <ChatToken number={number} name={name} onClick={onClick} />,
  })
  return {
    id: `candidate-${number}`,
    at: addedAt,
    node: () => (
      <>
        {proposerSeat === scene.me().seat
          ? tRich('chat.putForwardMine', { place: place() })
          : tRich('chat.putForward', { name: scene.person(proposerSeat).name, place: place() })}
      </>
    ),
  }
}
