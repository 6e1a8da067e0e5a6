import { createEffect, createSignal, on } from 'solid-js'
import type { Candidate } from '#shared/rooms.ts'
import { t } from '#client/lib/i18n/i18n.ts'
import { Button } from '#client/ui/button.tsx'
import { TextField } from '#client/ui/field.tsx'
import { Modal } from '#client/ui/modal.tsx'

/** A link or a note on a candidate. */
export function NoteSheet(props: {
  candidate: Candidate | null
  onClose: () => void
  onSave: (note: string | null, link: string | null) => Promise<boolean>
}) {
  const [note, setNote] = createSignal('')
  const [link, setLink] = createSignal('')
  const [busy, setBusy] = createSignal(false)
  createEffect(
    on(
      () => props.candidate?.number,
      () => {
        setNote(props.candidate?.note ?? '')
        setLink(props.candidate?.link ?? '')
      },
    ),
  )
  const wrong = (): string | undefined =>
    link().trim() === '' || /^https?:\/\/\S+$/.test(link().trim())
      ? undefined
      : t('rooms.linkWrong')
  const save = async (): Promise<void> => {
    if (wrong()) return
    setBusy(true)
    if (await props.onSave(note().trim() || null, link().trim() || null)) props.onClose()
    setBusy(false)
  }
  return (
    <Modal
      open={props.candidate !== null}
      onClose={() => props.onClose()}
      title={
        props.candidate
          ? t('chat.token', { number: props.candidate.number, name: props.candidate.name })
          : ''
      }
      footer={
        <Button look="pri" size={56} grow busy={busy()} onClick={() => void save()}>
          {t('common.save')}
        </Button>
      }
    >
      <div class="flex flex-col gap-4 pb-2">
        <TextField label={t('rooms.note')} labelShown value={note()} onInput={setNote} />
        <TextField
          label={t('rooms.link')}
          labelShown
          type="url"
          inputmode="url"
          value={link()}
          onInput={setLink}
          wrong={wrong()}
          placeholder="https://"
        />
      </div>
    </Modal>
  )
}
