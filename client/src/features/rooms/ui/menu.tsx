import { createSignal, For, Show } from 'solid-js'
import type { JSX } from 'solid-js'
import type { RoomInfo } from '#shared/rooms.ts'
import { formatDay, formatTime } from '#client/lib/i18n/format.ts'
import { t } from '#client/lib/i18n/i18n.ts'
import { Switch, TextField } from '#client/ui/field.tsx'
import { FormSheet } from '#client/ui/formSheet.tsx'
import {
  Bell,
  ChevronRight,
  Clock3,
  DoorOpen,
  Link,
  LogOut,
  MapPin,
  Pencil,
  Smartphone,
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
  /** Language, theme and the like. */
  more?: JSX.Element
}

/** All about the room and about me in it, one sheet deep. */
export function RoomMenu(props: RoomMenuProps) {
  const rows = (): {
    label: string
    icon: JSX.Element
    run: (() => void) | undefined
    danger?: boolean
  }[] => [
    { label: t('rooms.comeHere'), icon: <Users size={20} />, run: props.acts.comeHere },
    { label: t('rooms.rename'), icon: <Pencil size={20} />, run: props.acts.rename },
    { label: t('rooms.meetingHere'), icon: <MapPin size={20} />, run: props.acts.meetHere },
    { label: t('rooms.meetingNone'), icon: <MapPin size={20} />, run: props.acts.clearMeeting },
    { label: t('rooms.extendRoom'), icon: <Clock3 size={20} />, run: props.acts.extend },
    { label: t('rooms.changeLink'), icon: <Link size={20} />, run: props.acts.changeLink },
    { label: t('rooms.myProfile'), icon: <Pencil size={20} />, run: props.acts.profile },
    { label: t('rooms.otherBrowser'), icon: <Smartphone size={20} />, run: props.acts.handoff },
    { label: t('rooms.reopen'), icon: <DoorOpen size={20} />, run: props.acts.reopen },
    { label: t('rooms.close'), icon: <DoorOpen size={20} />, run: props.acts.close, danger: true },
    { label: t('rooms.leave'), icon: <LogOut size={20} />, run: props.acts.leave, danger: true },
  ]
  return (
    <Modal open={props.open} onClose={() => props.onClose()} title={roomTitle(props.room)}>
      <div class="flex flex-col gap-1 pb-2">
        <p class="px-2 pb-2 text-13 text-ink-2">
          {props.room.when
            ? `${t('rooms.when')}: ${formatDay(props.room.when, props.room.zone)} ${formatTime(props.room.when, props.room.zone)}`
            : `${t('rooms.when')}: ${t('rooms.whenNone')}`}
        </p>
        <Show when={props.locked}>
          {(locked) => (
            <Toggle
              label={t('rooms.lock')}
              hint={t('rooms.lockHint')}
              checked={locked().value}
              onChange={locked().onChange}
            />
          )}
        </Show>
        <Toggle
          label={t('rooms.hideMine')}
          hint={t('rooms.hideMineHint')}
          checked={props.hidesMine.value}
          onChange={props.hidesMine.onChange}
        />
        <Toggle
          label={t('rooms.notifyMe')}
          icon={<Bell size={20} />}
          checked={props.notify.value}
          onChange={props.notify.onChange}
        />
        {props.more}
        <hr class="my-2 border-line" />
        <For each={rows().filter(({ run }) => run !== undefined)}>
          {(row) => (
            <button
              type="button"
              class="flex min-h-12 items-center gap-3 rounded-md px-2 text-start text-15 font-med hover:bg-well"
              classList={{ 'text-danger-ink': row.danger }}
              onClick={() => {
                props.onClose()
                row.run?.()
              }}
            >
              {row.icon}
              <span class="flex-1">{row.label}</span>
              <ChevronRight size={18} class="text-ink-3" />
            </button>
          )}
        </For>
      </div>
    </Modal>
  )
}

function Toggle(props: {
  label: string
  hint?: string
  icon?: JSX.Element
  checked: boolean
  onChange: (on: boolean) => void
}) {
  return (
    <div class="flex min-h-12 items-center gap-3 px-2">
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
