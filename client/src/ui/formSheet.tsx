import { createEffect, createSignal, createUniqueId, on, type JSX } from 'solid-js'
import { t } from '#client/lib/i18n/i18n.ts'
import { Button } from './button.tsx'
import { Modal } from './modal.tsx'

export interface FormSheetProps {
  open: boolean
  title: string
  /** It was opened: what the fields start with. */
  onOpen: () => void
  onClose: () => void
  /** Resolves true when it is kept; the sheet then closes. Else it stays with what was written. */
  onSave: () => Promise<boolean>
  /** What the button says; default: save. */
  does?: string | undefined
  /** Something needed is missing. */
  incomplete?: boolean
  children: JSX.Element
}

/** A sheet of a few fields with one way to save them: the button, or Enter in a field. */
export function FormSheet(props: FormSheetProps) {
  const id = createUniqueId()
  const [busy, setBusy] = createSignal(false)
  createEffect(
    on(
      () => props.open,
      (open) => open && props.onOpen(),
    ),
  )
  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    if (busy() || props.incomplete) return
    setBusy(true)
    try {
      if (await props.onSave()) props.onClose()
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal
      open={props.open}
      onClose={() => props.onClose()}
      title={props.title}
      footer={
        <Button
          type="submit"
          form={id}
          look="pri"
          size={56}
          grow
          busy={busy()}
          disabled={props.incomplete}
        >
          {props.does ?? t('common.save')}
        </Button>
      }
    >
      <form id={id} class="grid gap-4 pb-2" onSubmit={(event) => void save(event)}>
        {props.children}
      </form>
    </Modal>
  )
}
