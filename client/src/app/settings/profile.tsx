import { introduction, ProfileSheet } from '../../features/users/index.ts'
import { lang, t, tError } from '../../lib/i18n/i18n.ts'
import { changeProfile } from '../../lib/session.ts'
import { failureOf } from '../../lib/trpc.ts'
import { showToast } from '../../ui/toast.tsx'

export interface SheetProps {
  open: boolean
  onClose: () => void
  onFailed: (error: unknown) => void
}

/** A face without a seat has a colour that early seats don't have. */
export const NO_SEAT_COLOUR = 10

/** Own name and drawn face, with a friendly suggestion to start from. Saving is an act: it makes a stranger a guest. */
export function MyProfileSheet(props: SheetProps) {
  const me = () => {
    const { nickname, portrait } = introduction()
    return { name: nickname, portrait, colour: NO_SEAT_COLOUR }
  }
  const save = async (name: string, portrait: string): Promise<boolean | string> => {
    try {
      await changeProfile({ name, portrait, locale: lang() })
      showToast(t('settings.profileSaved'))
      return true
    } catch (error) {
      const failure = failureOf(error)
      if (failure.code === 'name_invalid') return tError(failure)
      props.onFailed(error)
      return false
    }
  }
  return (
    <ProfileSheet
      open={props.open}
      title={t('settings.profile')}
      hint={t('settings.profileHint')}
      of={me()}
      onClose={() => props.onClose()}
      onSave={save}
    />
  )
}
