import { createEffect, createSignal, on } from 'solid-js'
import { newFaceSeed } from '#shared/faces.ts'
import type { WireError } from '#shared/errors.ts'
import { suggestName } from '../../features/rooms/index.ts'
import { lang, t, tError } from '../../lib/i18n/i18n.ts'
import { changeProfile, person } from '../../lib/session.ts'
import { failureOf } from '../../lib/trpc.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { RefreshCw, Shuffle } from '../../ui/icons.ts'
import { Modal } from '../../ui/modal.tsx'
import { Portrait } from '../../ui/portrait.tsx'
import { showToast } from '../../ui/toast.tsx'

export interface SheetProps {
  open: boolean
  onClose: () => void
  onFailed: (error: unknown) => void
}

const NO_SEAT_COLOUR = 10

/** Own name and drawn face, with a friendly suggestion to start from. Saving is an act: it makes a stranger a guest. */
export function ProfileSheet(props: SheetProps) {
  const [name, setName] = createSignal('')
  const [portrait, setPortrait] = createSignal('')
  const [wrong, setWrong] = createSignal<string>()
  const [busy, setBusy] = createSignal(false)
  createEffect(
    on(
      () => props.open,
      (open) => {
        if (!open) return
        setName(person()?.name || suggestName(lang()))
        setPortrait(person()?.portrait || newFaceSeed())
        setWrong(undefined)
      },
    ),
  )
  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    if (busy()) return
    setBusy(true)
    try {
      await changeProfile({ name: name(), portrait: portrait(), locale: lang() })
      showToast(t('settings.profileSaved'))
      props.onClose()
    } catch (error) {
      const failure = failureOf(error)
      if (failure.code === 'name_invalid') setWrong(tError(failure as WireError))
      else props.onFailed(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal open={props.open} onClose={() => props.onClose()} title={t('settings.profile')}>
      <form class="grid gap-3" onSubmit={(event) => void save(event)}>
        <div class="prefs-face">
          <Portrait
            of={{ name: name(), portrait: portrait(), colour: NO_SEAT_COLOUR }}
            size={108}
          />
          <IconButton
            look="float"
            label={t('rooms.faceShuffle')}
            onClick={() => setPortrait(newFaceSeed())}
          >
            <Shuffle size={20} />
          </IconButton>
        </div>
        <TextField
          label={t('rooms.nickLabel')}
          size={56}
          value={name()}
          autocomplete="nickname"
          enterkeyhint="done"
          wrong={wrong()}
          hint={t('settings.profileHint')}
          onInput={(text) => {
            setName(text)
            setWrong(undefined)
          }}
          after={
            <IconButton
              label={t('rooms.nickShuffle')}
              onClick={() => setName(suggestName(lang(), name()))}
            >
              <RefreshCw size={20} />
            </IconButton>
          }
        />
        <Button type="submit" look="pri" size={56} busy={busy()} disabled={name().trim() === ''}>
          {t('common.save')}
        </Button>
      </form>
    </Modal>
  )
}
