import { createSignal, For, Show } from 'solid-js'
import type { JSX } from 'solid-js'
import type { RoomInfo } from '#shared/rooms.ts'
import { formatDay, formatTime } from '#client/lib/i18n/format.ts'
import { t } from '#client/lib/i18n/i18n.ts'
import { Button } from '#client/ui/button.tsx'
import { Switch, TextField } from '#client/ui/field.tsx'
import { FormSheet } from '#client/ui/formSheet.tsx'
import {
  Bell,
  ChevronRight,
  Clock3,
  DoorClosed,
  DoorOpen,
  EyeOff,
  Link,
  Lock,
  LogOut,
  MapPin,
  MapPinOff,
  Pencil,
  Smartphone,
  UserRound,
  Users,
} from '#client/ui/icons.ts'
import { Modal } from '#client/ui/modal.tsx'
import { roomTitle } from '../state.title.ts'

/** What the menu can do; what this person may not do is absent. */
export interface RoomMenuActs {
  rename?: () => void
  extend?: () => void
  meetHere?: () => void
  clearMeeting?: () => void
  changeLink?: () => void
  close?: () => void
  reopen?: () => void
  comeHere?: () => void
  profile: () => void
  handoff: () => void
  leave: () => void
}
export interface RoomMenuProps {
  open: boolean
  room: RoomInfo
  onClose: () => void
  acts: RoomMenuActs
  /** Null: not mine to change. */
  locked: { value: boolean; onChange: (locked: boolean) => void } | null
  hidesMine: { value: boolean; onChange: (hides: boolean) => void }
  notify: { value: boolean; onChange: (on: boolean) => void }
  /** Language and theme. */
  looks: JSX.Element
}

interface MenuRow {
  label: string
  icon: JSX.Element
  run: (() => void) | undefined
  danger?: boolean
}

/** All about the room and about me in it, one sheet deep. The way out stands below, always in view. */
export function RoomMenu(props: RoomMenuProps) {
  /** Each opens something else, or is done with: the menu goes. */
  const then = (run: () => void): void => {
    props.onClose()
    run()
  }
  return (
    <Modal
      open={props.open}
      onClose={() => props.onClose()}
      title={roomTitle(props.room)}
      footer={
        <Button icon={<LogOut size={20} />} onClick={() => then(props.acts.leave)}>
          {t('rooms.leave')}
        </Button>
      }
    >
      <div class="flex flex-col gap-5 pb-2">
        <RoomGroup {...props} then={then} />
        <MyGroup {...props} then={then} />
        <Group title={t('rooms.menuApp')}>
          <div class="flex flex-wrap gap-2 px-2 pt-1">{props.looks}</div>
        </Group>
      </div>
    </Modal>
  )
}

type GroupProps = RoomMenuProps & { then: (run: () => void) => void }

function RoomGroup(props: GroupProps) {
  const when = (): string | undefined => {
    const { when, zone } = props.room
    return when ? `${formatDay(when, zone)} ${formatTime(when, zone)}` : undefined
  }
  const rows = (): MenuRow[] => [
    { label: t('rooms.comeHere'), icon: <Users size={20} />, run: props.acts.comeHere },
    { label: t('rooms.rename'), icon: <Pencil size={20} />, run: props.acts.rename },
    { label: t('rooms.meetingHere'), icon: <MapPin size={20} />, run: props.acts.meetHere },
    { label: t('rooms.meetingNone'), icon: <MapPinOff size={20} />, run: props.acts.clearMeeting },
    { label: t('rooms.changeLink'), icon: <Link size={20} />, run: props.acts.changeLink },
    { label: t('rooms.extendRoom'), icon: <Clock3 size={20} />, run: props.acts.extend },
  ]
  const ends = (): MenuRow[] => [
    { label: t('rooms.reopen'), icon: <DoorOpen size={20} />, run: props.acts.reopen },
    {
      label: t('rooms.close'),
      icon: <DoorClosed size={20} />,
      run: props.acts.close,
      danger: true,
    },
  ]
  return (
    <Group title={t('rooms.menuRoom')} hint={when()}>
      <Rows rows={rows()} then={props.then} />
      <Show when={props.locked}>
        {(locked) => (
          <Toggle
            label={t('rooms.lock')}
            hint={t('rooms.lockHint')}
            icon={<Lock size={20} />}
            checked={locked().value}
            onChange={locked().onChange}
          />
        )}
      </Show>
      <Rows rows={ends()} then={props.then} />
    </Group>
  )
}

function MyGroup(props: GroupProps) {
  const rows = (): MenuRow[] => [
    { label: t('rooms.myProfile'), icon: <UserRound size={20} />, run: props.acts.profile },
    { label: t('rooms.otherBrowser'), icon: <Smartphone size={20} />, run: props.acts.handoff },
  ]
  return (
    <Group title={t('rooms.menuMe')}>
      <Rows rows={rows()} then={props.then} />
      <Toggle
        label={t('rooms.hideMine')}
        hint={t('rooms.hideMineHint')}
        icon={<EyeOff size={20} />}
        checked={props.hidesMine.value}
        onChange={props.hidesMine.onChange}
      />
      <Toggle
        label={t('rooms.notifyMe')}
        icon={<Bell size={20} />}
        checked={props.notify.value}
        onChange={props.notify.onChange}
      />
    </Group>
  )
}

function Group(props: { title: string; hint?: string | undefined; children: JSX.Element }) {
  return (
    <section class="flex flex-col">
      <h3 class="flex items-baseline gap-2 px-2 pb-1 text-13 font-semi text-ink-2">
        {props.title}
        <Show when={props.hint}>
          <small class="ms-auto text-13 font-med">{props.hint}</small>
        </Show>
      </h3>
      {props.children}
    </section>
  )
}

function Rows(props: { rows: MenuRow[]; then: (run: () => void) => void }) {
  return (
    <For each={props.rows}>
      {(row) => (
        <Show when={row.run}>
          {(run) => (
            <button
              type="button"
              class="flex min-h-12 items-center gap-3 rounded-md px-2 text-start text-15 font-med hover:bg-well"
              classList={{ 'text-danger-ink': row.danger }}
              onClick={() => props.then(run())}
            >
              {row.icon}
              <span class="flex-1">{row.label}</span>
              <ChevronRight size={18} class="text-ink-3" />
            </button>
          )}
        </Show>
      )}
    </For>
  )
}

function Toggle(props: {
  label: string
  hint?: string
  icon: JSX.Element
  checked: boolean
  onChange: (on: boolean) => void
}) {
  return (
    <div class="flex min-h-12 items-center gap-3 px-2 py-1">
      {props.icon}
      <span class="flex-1">
        <b class="block text-15 font-med">{props.label}</b>
        <Show when={props.hint}>
          <small class="block text-13 text-ink-2">{props.hint}</small>
        </Show>
      </span>
      <Switch label={props.label} checked={props.checked} onChange={props.onChange} />
    </div>
  )
}

/** `YYYY-MM-DDTHH:MM` of this device's clock, as the field wants it. */
function localText(at: number): string {
  const date = new Date(at - new Date(at).getTimezoneOffset() * 60_000)
  return date.toISOString().slice(0, 16)
}

/** Name and when, both optional. */
export function RenameSheet(props: {
  open: boolean
  room: RoomInfo
  onClose: () => void
  onSave: (name: string | null, when: number | null) => Promise<boolean>
}) {
  const [name, setName] = createSignal('')
  const [when, setWhen] = createSignal('')
  return (
    <FormSheet
      open={props.open}
      title={t('rooms.rename')}
      onOpen={() => {
        setName(props.room.name ?? '')
        setWhen(props.room.when ? localText(props.room.when) : '')
      }}
      onClose={() => props.onClose()}
      onSave={() => props.onSave(name().trim() || null, when() ? new Date(when()).getTime() : null)}
    >
      <TextField
        label={t('rooms.name')}
        labelShown
        value={name()}
        onInput={setName}
        placeholder={roomTitle({ ...props.room, name: null })}
      />
      <TextField
        label={t('rooms.when')}
        labelShown
        type="datetime-local"
        value={when()}
        onInput={setWhen}
      />
    </FormSheet>
  )
}
