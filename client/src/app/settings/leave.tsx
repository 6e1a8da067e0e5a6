import { createSignal } from 'solid-js'
import { t } from '../../lib/i18n/i18n.ts'
import { signOut } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { Modal } from '../../ui/modal.tsx'
import type { SheetProps } from './profile.tsx'

/** Says what is lost and what stays before this browser forgets its person; the other way out stands beside it. */
export function LeaveSheet(props: SheetProps & { onElsewhere: () => void }) {
  const [busy, setBusy] = createSignal(false)
  const leave = async (): Promise<void> => {
    setBusy(true)
    try {
      await signOut()
      // Loaded anew: nothing of the person stays in this tab's memory or on its socket.
      location.assign('/')
    } catch (error) {
      props.onFailed(error)
      setBusy(false)
    }
  }
  return (
    <Modal
      open={props.open}
      onClose={() => props.onClose()}
      title={t('settings.leaveAsk')}
      footer={
        <>
          <Button size={56} onClick={() => props.onElsewhere()}>
            {t('settings.leaveFirst')}
          </Button>
          <Button look="danger" size={56} busy={busy()} onClick={() => void leave()}>
            {t('settings.leaveDo')}
          </Button>
        </>
      }
    >
      <div class="grid gap-2 text-15 leading-body text-ink-2">
        <p>{t('settings.leaveLost')}</p>
        <p>{t('settings.leaveKept')}</p>
      </div>
    </Modal>
  )
}
