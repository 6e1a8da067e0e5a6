import { Show } from 'solid-js'
import { t } from '../../lib/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { ChevronDown, Search } from '../../ui/icons.ts'
import { Menu } from '../../ui/menu.tsx'
import { useScene } from './scene.ts'
import type { Sort } from './scene.ts'

/** The host's, once two places stand. */
export function StartButton(props: { onStart: () => void }) {
  const scene = useScene()
  const enough = (): boolean => scene.standing().length >= scene.config.limits.MIN_CANDIDATES
  // Where there is a result, that is the one red act.
  const first = (): boolean => enough() && scene.votes.decisions().length === 0
  return (
    <Show when={scene.rights() !== false && !scene.open()}>
      <Button
        class="room-start"
        look={first() ? 'pri' : 'sec'}
        disabled={!enough()}
        onClick={() => props.onStart()}
      >
        {t('votes.start')}
      </Button>
    </Show>
  )
}

/** Looks like the search field and opens it: typing happens in the sheet that has the room for it. */
export function AddField(props: { onAdd: () => void; class?: string }) {
  const scene = useScene()
  return (
    <Show when={scene.writable()}>
      <button
        type="button"
        class={`field ${props.class ?? ''}`}
        data-size={48}
        onClick={() => props.onAdd()}
        aria-haspopup="dialog"
      >
        <Search size={20} class="flex-none" />
        <span class="truncate text-15">{t('places.searchPlaceholder')}</span>
      </button>
    </Show>
  )
}

/** Above the fully opened list of the phone: how many there are, in which order; and the search, unless the head has it. */
export function Tools(props: { search: boolean; onAdd: () => void }) {
  const scene = useScene()
  return (
    <Show when={props.search || scene.standing().length > 0}>
      <div class="flex min-h-11 items-center gap-2 px-4 pb-2.5">
        <Show
          when={props.search}
          fallback={
            <p class="min-w-0 flex-1 ps-1 text-16 font-semi" aria-hidden="true">
              {t('rooms.candidatesN', { count: scene.standing().length })}
            </p>
          }
        >
          <AddField class="min-w-0 flex-1" onAdd={() => props.onAdd()} />
        </Show>
        <SortMenu />
      </div>
    </Show>
  )
}

export function SortMenu() {
  const scene = useScene()
  const names: Record<Sort, () => string> = {
    added: () => t('votes.sortAdded'),
    leading: () => t('votes.sortLeading'),
    near: () => t('votes.sortNear'),
  }
  const kinds = (): Sort[] => [
    'added',
    ...(scene.votes.round()?.chosen ? (['leading'] as const) : []),
    ...(scene.state.view?.room.meeting ? (['near'] as const) : []),
  ]
  return (
    <Show when={scene.standing().length > 1 && kinds().length > 1}>
      <Menu
        label={`${t('votes.sort')}: ${names[scene.sort()]()}`}
        triggerClass="room-sort"
        trigger={
          <>
            <ChevronDown size={16} />
            {names[scene.sort()]()}
          </>
        }
        items={kinds().map((kind) => ({
          label: names[kind](),
          checked: scene.sort() === kind,
          onSelect: () => scene.setSort(kind),
        }))}
      />
    </Show>
  )
}
