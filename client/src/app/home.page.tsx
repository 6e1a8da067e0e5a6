import './home.css'
import { createResource, Match, onMount, Show, Switch } from 'solid-js'
import { t } from '../lib/i18n/i18n.ts'
import { person, readPerson } from '../lib/session.ts'
import { Wordmark } from '../ui/brand.tsx'
import { ButtonLink } from '../ui/button.tsx'
import { Map as MapIcon, Settings } from '../ui/icons.ts'
import { createPatience, SkeletonRows } from '../ui/states.tsx'
import { Decisions } from './home/decisions.tsx'
import { OurRooms } from './home/rooms.tsx'
import { IslandCard } from './home/islandCard.tsx'
import { Start } from './home/start.tsx'
import { Unread } from './home/unread.tsx'

/** Start a room in one tap; my rooms as they are now; what was decided. Reading makes no session. */
export function Page() {
  const [known, { refetch }] = createResource(async () =>
    person() === undefined ? readPerson() : (person() ?? null),
  )
  const waiting = createPatience(() => known.loading)
  onMount(() => void (document.title = t('common.appName')))
  return (
    <>
      <header class="home-bar">
        <div>
          <Wordmark />
          <ButtonLink class="home-map" look="txt" icon={<MapIcon size={20} />} href="/map">
            {t('explore.browse')}
          </ButtonLink>
          <a
            class="rb"
            data-look="quiet"
            data-size="44"
            href="/settings"
            aria-label={t('settings.title')}
          >
            <Settings size={22} />
          </a>
        </div>
      </header>
      <main class="home">
        <div class="home-start">
          <Start />
          <Show when={!known.loading && known.error === undefined && known()}>
            <IslandCard />
          </Show>
        </div>
        <Switch fallback={<IslandCard />}>
          <Match when={known.loading}>
            <Show when={waiting()} fallback={<div />}>
              <SkeletonRows rows={3} label={t('common.loading')} />
            </Show>
          </Match>
          <Match when={known.error !== undefined}>
            <div class="grid content-start">
              <Unread onRetry={() => void refetch()} />
            </div>
          </Match>
          <Match when={known()}>
            <div class="grid content-start gap-7">
              <OurRooms />
              <Decisions />
              <div class="home-island">
                <IslandCard />
              </div>
            </div>
          </Match>
        </Switch>
        <footer class="home-foot">
          <a href="/privacy">{t('common.privacy')}</a>
          <a href="/terms">{t('common.terms')}</a>
        </footer>
      </main>
    </>
  )
}
