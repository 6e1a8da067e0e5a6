import { createSignal } from 'solid-js'
import { limits } from '#shared/limits.ts'
import { t } from '../../../lib/i18n/i18n.ts'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/field.tsx'
import { Plus } from '../../../ui/icons.ts'

export interface PinFormProps {
  /** A name that is known already, for instance from a shared text. */
  name?: string
  /** What is said above the field. */
  hint?: string
  /** Resolves to false when it was refused: what was written stays. */
  onPut: (name: string) => Promise<boolean>
}

/** Names a dropped pin, so that it can be put forward. */
export function PinForm(props: PinFormProps) {
  const [written, setWritten] = createSignal<string | null>(null)
  const [busy, setBusy] = createSignal(false)
  const name = (): string => written() ?? props.name ?? ''
  const put = async (): Promise<void> => {
    if (name().trim() === '' || busy()) return
    setBusy(true)
    try {
      await props.onPut(name().trim())
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      class="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        void put()
      }}
    >
      <p class="text-14 text-ink-2">{props.hint ?? t('places.pinHere')}</p>
      <TextField
        label={t('places.pinName')}
        labelShown
        value={name()}
        onInput={setWritten}
        maxlength={limits.PLACE_NAME_GRAPHEMES * 4}
        autofocus
        required
      />
      <Button type="submit" look="pri" size={56} busy={busy()} icon={<Plus size={20} />}>
        {t('places.putForward')}
      </Button>
    </form>
  )
}
