import './decision.css'
import { useParams } from '@solidjs/router'
import { createEffect, Match, Show, Switch } from 'solid-js'
import { votesApi } from '../features/votes/index.ts'
import { t } from '../lib/i18n/i18n.ts'
import { createPatience } from '../ui/states.tsx'
import { createById } from './byId.ts'
import { Failed } from './failed.tsx'
import { Screen } from './decision/screen.tsx'
import { Gone, Waiting } from './decision/states.tsx'

/** A decision, for good: where they go, why, and everything needed to tell others and to get there. */
export function Page() {
  const params = useParams<{ id: string }>()
  const {
    found: decision,
    change,
    failure,
    look,
  } = createById(() => params.id, votesApi.readDecision)
  const setPublished = (published: boolean): void => change((known) => ({ ...known, published }))
  const waits = createPatience(() => decision() === undefined && failure() === undefined)
  createEffect(() => {
    const place = decision()?.winner.name
    document.title = place
      ? `${t('decision.goingTo', { place })} · ${t('common.appName')}`
      : t('common.appName')
  })
  return (
    <Switch
      fallback={
        <Show when={waits()}>
          <Waiting />
        </Show>
      }
    >
      <Match when={decision()}>
        {(known) => <Screen decision={known()} onPublished={setPublished} />}
      </Match>
      <Match when={failure()?.code === 'not_found' || failure()?.code === 'bad_input'}>
        <Gone />
      </Match>
      <Match when={failure()}>
        {(why) => <Failed failure={why()} offline={t('decision.offlineText')} onRetry={look} />}
      </Match>
    </Switch>
  )
}
