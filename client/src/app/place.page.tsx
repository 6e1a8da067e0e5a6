import './place/place.css'
import { useNavigate, useParams } from '@solidjs/router'
import { createEffect, Match, Show, Switch } from 'solid-js'
import { namesOf, placesApi } from '../features/places/index.ts'
import { t } from '../lib/i18n/i18n.ts'
import { createPatience } from '../ui/states.tsx'
import { createById } from './byId.ts'
import { Failed } from './failed.tsx'
import { PlaceScreen } from './place/screen.tsx'
import { Gone, Waiting } from './place/states.tsx'

/** One place: open or not, what it costs, where it is, and a room that starts there. */
export function Page() {
  const params = useParams<{ id: string }>()
  const go = useNavigate()
  const { found: place, failure, look } = createById(() => params.id, placesApi.readPlace)
  const waits = createPatience(() => place() === undefined && failure() === undefined)
  createEffect(() => {
    const known = place()
    document.title = known ? `${namesOf(known)[0]} · ${t('common.appName')}` : t('common.appName')
    // A twin's id led here: the address that is kept and sent is the place's own.
    if (known && known.id !== params.id) go(`/place/${known.id}`, { replace: true })
  })
  return (
    <Switch
      fallback={
        <Show when={waits()}>
          <Waiting />
        </Show>
      }
    >
      <Match when={place()}>{(known) => <PlaceScreen place={known()} />}</Match>
      <Match when={failure()?.code === 'not_found' || failure()?.code === 'bad_input'}>
        <Gone />
      </Match>
      <Match when={failure()}>
        {(why) => <Failed failure={why()} offline={t('place.offlineText')} onRetry={look} />}
      </Match>
    </Switch>
  )
}
