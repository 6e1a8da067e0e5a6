import { createResource, lazy, Show, Suspense } from 'solid-js'
import type { JSX } from 'solid-js'
import type { LatLng } from '#shared/geo.ts'
import { readConfig } from '#client/lib/config.ts'

export interface DecisionMapProps {
  place: LatLng & { name: string }
  meeting: LatLng | null
  /** What stands at the place: its table. */
  children: JSX.Element
}

/** Phones show no map here and shall not load one. */
const LiveMap = lazy(async () => ({ default: (await import('./liveMap.tsx')).LiveMap }))

/** Where it is. Nothing is drawn as a way: how people get there is theirs. */
export function DecisionMap(props: DecisionMapProps) {
  const [config] = createResource(() => readConfig().catch(() => null))
  return (
    <Show when={!config.loading && config()} fallback={<Still {...props} />}>
      {(known) => (
        <Suspense fallback={<Still {...props} />}>
          <LiveMap {...props} config={known()} />
        </Suspense>
      )}
    </Show>
  )
}

/** Plain ground, until the map is there or where none can be had. */
function Still(props: DecisionMapProps) {
  return <div class="dec-still">{props.children}</div>
}
