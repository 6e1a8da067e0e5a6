import { For } from 'solid-js'
import { lang, setLang, t, type Lang } from '#client/lib/i18n/i18n.ts'
import { Segmented } from '#client/ui/field.tsx'
import { setTheme, theme, type Theme } from '#client/ui/theme.ts'
import { Wordmark } from '#client/ui/brand.tsx'
import { ControlsBoard } from './ui.page.controls.tsx'
import { OverlaysBoard } from './ui.page.overlays.tsx'
import { PeopleBoard } from './ui.page.people.tsx'
import { StatesBoard } from './ui.page.states.tsx'

const asked = new URLSearchParams(location.search)
if (asked.get('lang') === 'ko' || asked.get('lang') === 'en') setLang(asked.get('lang') as Lang)
if (asked.get('theme')) setTheme(asked.get('theme') as Theme)

/** Both themes side by side need two subtrees, each with its own `data-theme`. */
function Boards() {
  return (
    <div class="grid gap-5 desk:grid-cols-2 desk:items-start">
      <div class="flex min-w-0 flex-col gap-5">
        <ControlsBoard />
        <OverlaysBoard />
      </div>
      <div class="flex min-w-0 flex-col gap-5">
        <PeopleBoard />
        <StatesBoard />
      </div>
    </div>
  )
}

/** Every primitive in every state. Development only; `?theme=dark&lang=en` set it up, `?both` shows both themes. */
export function UiPage() {
  const sides: (Theme | null)[] = asked.has('both') ? ['light', 'dark'] : [null]
  return (
    <main class="min-h-dvh bg-paper">
      <header class="flex flex-wrap items-center gap-3 px-4 py-3">
        <h1>
          <Wordmark />
        </h1>
        <span class="grow" />
        <Segmented
          label={t('common.language')}
          value={lang()}
          onChange={setLang}
          options={[
            { value: 'ko', label: t('common.korean') },
            { value: 'en', label: t('common.english') },
          ]}
        />
        <Segmented
          label={t('common.theme')}
          value={theme()}
          onChange={setTheme}
          options={[
            { value: 'system', label: t('common.themeSystem') },
            { value: 'light', label: t('common.themeLight') },
            { value: 'dark', label: t('common.themeDark') },
          ]}
        />
      </header>
      <For each={sides}>
        {(side) => (
          <div data-theme={side ?? undefined} class="bg-paper px-4 pb-16 text-ink">
            <Boards />
          </div>
        )}
      </For>
    </main>
  )
}
