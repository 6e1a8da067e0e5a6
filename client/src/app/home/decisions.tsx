import { createResource, For, Show } from 'solid-js'
import { dishOf } from '#shared/dishes.ts'
import { roomTitle } from '../../features/rooms/index.ts'
import { votesApi } from '../../features/votes/index.ts'
import { formatAgo } from '../../lib/i18n/format.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { Dish } from '../../ui/dish.tsx'
import { Unread } from './unread.tsx'

/** What I was at the table of, newest first. */
export function Decisions() {
  const [decisions, { refetch }] = createResource(() => votesApi.readMyDecisions())
  // Read only once it is there: a pending read would hide the whole page.
  const known = () => (decisions.state === 'ready' ? decisions() : [])
  return (
    <Show
      when={known().length > 0}
      fallback={
        <Show when={decisions.error !== undefined}>
          <section aria-labelledby="decisions">
            <h2 id="decisions">{t('home.decisions')}</h2>
            <Unread onRetry={() => void refetch()} />
          </section>
        </Show>
      }
    >
      <section aria-labelledby="decisions">
        <h2 id="decisions">{t('home.decisions')}</h2>
        <ul>
          <For each={known()}>
            {(decision) => (
              <li>
                <a class="home-decision" href={`/d/${decision.id}`}>
                  <Dish
                    name={dishOf({ category: decision.category, name: decision.name, menu: null })}
                    size={44}
                    flat
                  />
                  <span class="card-words">
                    <b style={{ 'font-size': 'var(--text-16)' }}>{decision.name}</b>
                    <small>
                      {roomTitle({
                        name: decision.roomName,
                        createdAt: decision.roomCreatedAt,
                        zone: decision.zone,
                      })}
                      {' · '}
                      {formatAgo(decision.at, Date.now())}
                    </small>
                  </span>
                </a>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  )
}
