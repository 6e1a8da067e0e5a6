import { lang, setLang, t } from '../lib/i18n/i18n.ts'
import type { Lang } from '../lib/i18n/i18n.ts'
import { changeProfile, person } from '../lib/session.ts'
import { Segmented } from '../ui/field.tsx'
import { setTheme, theme } from '../ui/theme.ts'
import type { Theme } from '../ui/theme.ts'

/** What the server words for me (previews of rooms that I open) follows; a stranger has nothing there to change. */
export function LanguageChoice(props: { onFailed: (error: unknown) => void }) {
  const speak = async (next: Lang): Promise<void> => {
    setLang(next)
    try {
      if (person()) await changeProfile({ locale: next })
    } catch (error) {
      props.onFailed(error)
    }
  }
  return (
    <Segmented<Lang>
      label={t('common.language')}
      value={lang()}
      options={[
        { value: 'ko', label: t('common.korean') },
        { value: 'en', label: t('common.english') },
      ]}
      onChange={(next) => void speak(next)}
    />
  )
}

export function ThemeChoice() {
  return (
    <Segmented<Theme>
      label={t('common.theme')}
      value={theme()}
      options={[
        { value: 'system', label: t('common.themeSystem') },
        { value: 'light', label: t('common.themeLight') },
        { value: 'dark', label: t('common.themeDark') },
      ]}
      onChange={setTheme}
    />
  )
}
