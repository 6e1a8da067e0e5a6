import { createSignal } from 'solid-js'
import { t } from '#client/lib/i18n/i18n.ts'
import { Button } from '#client/ui/button.tsx'
import { Modal } from '#client/ui/modal.tsx'

export interface Question {
  title: string
  text: string
  yes: string
  danger?: boolean
  run: () => Promise<unknown> | void
}

/** Asked before what can't be taken back. */
export function AskSheet(props: { question: Question | null; onClose: () => void }) {
  const [busy, setBusy] = createSignal(false)
  const go = async (): Promise<void> => {
    setBusy(true)
    await props.question?.run()
    setBusy(false)
    props.onClose()
  }
  return (
    <Modal
      open={props.question !== null}
      onClose={() => props.onClose()}
      title={props.question?.title ?? ''}
      footer={
        <>
          <Button grow onClick={() => props.onClose()}>
            {t('common.cancel')}
          </Button>
          <Button
            grow
            look={props.question?.danger ? 'danger' : 'pri'}
            busy={busy()}
            onClick={() => void go()}
          >
            {props.question?.yes}
          </Button>
        </>
      }
    >
      <p class="pb-2 text-15 text-ink-2">{props.question?.text}</p>
    </Modal>
  )
}
