import './decision.css'
import { useParams } from '@solidjs/router'
import { createEffect, createSignal, Match, on, onCleanup, Show, Switch } from 'solid-js'
import type { Accessor } from 'solid-js'
import type { DecisionView } from '#shared/votes.ts'
import { votesApi } from '../features/votes/index.ts'
import { t } from '../lib/i18n/i18n.ts'
import { failureOf } from '../lib/trpc.ts'
import type { CallFailure } from '../lib/trpc.ts'
import { createPatience } from '../ui/states.tsx'
import { Screen } from './decision/screen.tsx'
import { Failed, Gone, Waiting } from './decision/states.tsx'

/** A decision, for good: where they go, why, and everything needed to tell others and to get there. */
export function Page() {
  const params = useParams<{ id: string }>()
  const { decision, setPublished, failure, look } = createDecision(() => params.id)
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
      <Match when={failure()}>{(why) => <Failed failure={why()} onRetry={look} />}</Match>
    </Switch>
  )
}

/** One decision by its id. What nobody answered is asked for again once the device is back on the network. */
function createDecision(id: Accessor<string>) {
  const [decision, setDecision] = createSignal<DecisionView>()
  const [failure, setFailure] = createSignal<CallFailure>()
  let asked = new AbortController()
  const look = async (): Promise<void> => {
    asked.abort()
    const mine = (asked = new AbortController())
    try {
      const seen = await votesApi.readDecision(id(), mine.signal)
      if (mine.signal.aborted) return
      setFailure(undefined)
      setDecision(seen)
    } catch (error) {
      if (!mine.signal.aborted) setFailure(failureOf(error))
    }
  }
  createEffect(
    on(id, () => {
      setDecision(undefined)
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
  const setPublished = (published: boolean): void =>
    void setDecision((known) => known && { ...known, published })
  return { decision, setPublished, failure, look: () => void look() }
}
