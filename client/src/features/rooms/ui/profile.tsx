import { createEffect, createSignal, on } from 'solid-js'
import { newFaceSeed } from '#shared/faces.ts'
import { t } from '#client/lib/i18n/i18n.ts'
import { Button, IconButton } from '#client/ui/button.tsx'
import { TextField } from '#client/ui/field.tsx'
import { Shuffle } from '#client/ui/icons.ts'
import { Modal } from '#client/ui/modal.tsx'
import { Portrait } from '#client/ui/portrait.tsx'
import type { RoomPerson } from '../state.people.ts'

export interface ProfileProps {
  open: boolean
  me: RoomPerson
  onClose: () => void
  /** Resolves true when it is kept. */
  onSave: (name: string, portrait: string) => Promise<boolean>
}

/** My name and face in this room. */
export function ProfileSheet(props: ProfileProps) {
  const [name, setName] = createSignal('')
  const [portrait, setPortrait] = createSignal('')
  const [busy, setBusy] = createSignal(false)
  createEffect(
    on(
      () => props.open,
      (open) => {
        if (!open) return
        setName(props.me.name)
        setPortrait(props.me.portrait ?? newFaceSeed())
      },
    ),
  )
  const save = async (): Promise<void> => {
    setBusy(true)
    if (await props.onSave(name(), portrait())) props.onClose()
    setBusy(false)
  }
  return (
    <Modal
      open={props.open}
      onClose={() => props.onClose()}
      title={t('rooms.myProfile')}
      footer={
        <Button look="pri" size={56} grow busy={busy()} onClick={() => void save()}>
          {t('common.save')}
        </Button>
      }
    >
      <div class="flex flex-col items-center gap-5 pb-2">
        <span class="relative">
          <Portrait of={{ ...props.me, name: name(), portrait: portrait() }} size={96} />
          <IconButton
            look="float"
            class="absolute! -right-3 -bottom-1"
            label={t('rooms.faceShuffle')}
            onClick={() => setPortrait(newFaceSeed())}
          >
            <Shuffle size={20} />
          </IconButton>
        </span>
        <TextField
          class="w-full"
          label={t('rooms.nickLabel')}
          labelShown
          value={name()}
          onInput={setName}
        />
      </div>
    </Modal>
  )
}
