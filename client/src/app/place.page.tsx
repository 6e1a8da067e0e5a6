import './place/place.css'
import { useNavigate, useParams } from '@solidjs/router'
import { createEffect, createSignal, Match, on, onCleanup, Show, Switch } from 'solid-js'
import type { Accessor } from 'solid-js'
import type { PlaceDetails } from '#shared/places.details.ts'
import { namesOf, placesApi } from '../features/places/index.ts'
import { t } from '../lib/i18n/i18n.ts'
import { failureOf } from '../lib/trpc.ts'
import type { CallFailure } from '../lib/trpc.ts'
import { createPatience } from '../ui/states.tsx'
import { PlaceScreen } from './place/screen.tsx'
import { Failed, Gone, Waiting } from './place/states.tsx'

/** One place: open or not, what it costs, where it is, and a room that starts there. */
export function Page() {
  const params = useParams<{ id: string }>()
  const go = useNavigate()
  const { place, failure, look } = createPlace(() => params.id)
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
      <Match when={failure()}>{(why) => <Failed failure={why()} onRetry={look} />}</Match>
    </Switch>
  )
}

/** One place by its id. What nobody answered is asked for again once the device is back on the network. */
function createPlace(id: Accessor<string>) {
  const [place, setPlace] = createSignal<PlaceDetails>()
  const [failure, setFailure] = createSignal<CallFailure>()
  let asked = new AbortController()
  const look = async (): Promise<void> => {
    asked.abort()
    const mine = (asked = new AbortController())
    try {
      const seen = await placesApi.readPlace(id(), mine.signal)
      if (mine.signal.aborted) return
      setFailure(undefined)
      setPlace(seen)
    } catch (error) {
      if (!mine.signal.aborted) setFailure(failureOf(error))
    }
  }
  createEffect(
    on(id, (wanted) => {
      if (place()?.id === wanted) return
      setPlace(undefined)
      setFailure(undefined)
      void look()
    }),
  )
  const back = (): void => {
    if (failure()?.code === 'unreachable') void look()
  }
  window.addEventListener('online', back)
  onCleanup(() => {
    window.removeEventListener('online', back)
    asked.abort()
  })
  return { place, failure, look: () => void look() }
}
