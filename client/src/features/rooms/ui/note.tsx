import { createSignal } from 'solid-js'
import type { Candidate } from '#shared/rooms.ts'
import { t } from '#client/lib/i18n/i18n.ts'
import { TextField } from '#client/ui/field.tsx'
import { FormSheet } from '#client/ui/formSheet.tsx'

/** A link or a note on a candidate. */
export function NoteSheet(props: {
  candidate: Candidate | null
  onClose: () => void
  onSave: (note: string | null, link: string | null) => Promise<boolean>
}) {
  const [note, setNote] = createSignal('')
  const [link, setLink] = createSignal('')
  const wrong = (): string | undefined =>
    link().trim() === '' || /^https?:\/\/\S+$/.test(link().trim())
      ? undefined
      : t('rooms.linkWrong')
  return (
    <FormSheet
      open={props.candidate !== null}
      title={
        props.candidate
          ? t('chat.token', { number: props.candidate.number, name: props.candidate.name })
          : ''
      }
      onOpen={() => {
        setNote(props.candidate?.note ?? '')
        setLink(props.candidate?.link ?? '')
      }}
      onClose={() => props.onClose()}
      onSave={() => props.onSave(note().trim() || null, link().trim() || null)}
      incomplete={wrong() !== undefined}
    >
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
    </FormSheet>
  )
}
