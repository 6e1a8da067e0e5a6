import './join.css'
import { createSignal, Show, untrack } from 'solid-js'
import type { JSX } from 'solid-js'
import type { RoomPeek } from '#shared/rooms.ts'
import { cookiesWork, isInAppBrowser } from '#client/lib/session.ts'
import { t } from '#client/lib/i18n/i18n.ts'
import { Button } from '#client/ui/button.tsx'
import { Portrait } from '#client/ui/portrait.tsx'
import { Notice } from '#client/ui/states.tsx'
import { introduction, ProfileFields } from '../../users/index.ts'
import { roomTitle, sayInside } from '../state.title.ts'

export type OpenPeek = Extract<RoomPeek, { candidates: unknown }>

export interface JoinProps {
  peek: OpenPeek
  /** What may be shown of the room before entering: its candidates on the map, and nobody. */
  map: JSX.Element
  busy: boolean
  /** Why the last try was refused, in words. */
  wrong?: string | undefined
  onJoin: (name: string, portrait: string) => void
}

/** Link, nickname, in. Shows who invited and what was put forward; names, cursors and voices wait until one is in. */
export function JoinPage(props: JoinProps) {
  const me = untrack(introduction)
  const [name, setName] = createSignal(me.nickname)
  const [portrait, setPortrait] = createSignal(me.portrait)
  const cookies = cookiesWork()
  return (
    <div class="join">
      {props.map}
      <div class="join-veil" />
      <Invitation peek={props.peek} />
      <main class="join-sheet">
        <form
          class="join-form"
          onSubmit={(event) => {
            event.preventDefault()
            if (!props.busy) props.onJoin(name(), portrait())
          }}
        >
          <ProfileFields
            name={name()}
            portrait={portrait()}
            colour={props.peek.colour}
            onName={setName}
            onPortrait={setPortrait}
            wrong={props.wrong}
            enterkeyhint="go"
          >
            <h1>{t('rooms.nickTitle')}</h1>
            <p class="sub">{sayInside(props.peek.inside, props.peek.candidates.length)}</p>
            <Show when={!cookies}>
              <Notice class="mt-3" title={t('rooms.cookiesBlocked')} />
            </Show>
          </ProfileFields>
          <Button type="submit" look="pri" size={56} busy={props.busy}>
            {t('rooms.join')}
          </Button>
        </form>
        <p class="fine">{isInAppBrowser() ? t('rooms.inApp') : t('rooms.joinNote')}</p>
      </main>
    </div>
  )
}

function Invitation(props: { peek: OpenPeek }) {
  return (
    <header class="join-invite">
      <p>
        <Show when={props.peek.invitedBy} fallback={<span class="ps-3" />}>
          {(host) => <Portrait of={host()} size={40} />}
        </Show>
        <span class="min-w-0">
          <b>
            {props.peek.invitedBy
              ? t('rooms.invitedBy', { name: props.peek.invitedBy.name })
              : t('rooms.invitedNobody')}
          </b>
          <small>{roomTitle(props.peek)}</small>
        </span>
      </p>
    </header>
  )
}
