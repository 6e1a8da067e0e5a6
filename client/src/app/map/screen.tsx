import { createEffect, createSignal, on, onCleanup, Show } from 'solid-js'
import type { AppConfig } from '../../lib/config.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Locate, Minus, Plus, Search } from '../../ui/icons.ts'
import { Modal } from '../../ui/modal.tsx'
import { BottomSheet, SidePanel } from '../../ui/sheet.tsx'
import type { SheetStop } from '../../ui/sheet.tsx'
import { Wordmark } from '../../ui/brand.tsx'
import { createOpening } from '../openRoom.ts'
import { zoomInset } from '../room/layout.ts'
import { AddPlace } from './add.tsx'
import { Cards } from './card.tsx'
import { createExplore, ExploreProvider, isEmpty, useExplore } from './explore.ts'
import { Filters } from './filters.tsx'
import { Ground } from './ground.tsx'
import { ListHead, TwinList } from './list.tsx'
import { locate } from './locate.ts'
import { ExploreSearch } from './search.tsx'

/** Map, and beside or below it the same places as a list. */
export function MapScreen(props: { config: AppConfig }) {
  const explore = createExplore()
  return (
    <ExploreProvider value={explore}>
      <Parts config={props.config} />
    </ExploreProvider>
  )
}

function Parts(props: { config: AppConfig }) {
  const explore = useExplore()
  const { layout } = explore
  const [stop, setStop] = createSignal<SheetStop>('peek')
  const [searching, setSearching] = createSignal(false)
  createEffect(() => {
    document.documentElement.style.setProperty('--toast-inset', layout.toasts(stop()))
  })
  onCleanup(() => document.documentElement.style.removeProperty('--toast-inset'))
  // What is looked at on the map is seen: the list steps down.
  createEffect(() => {
    if (explore.picked() || explore.gathered() || explore.adding()) setStop('peek')
  })
  // Why there is nothing, and the way on, is read without pulling at the sheet.
  createEffect(
    on(
      () => isEmpty(explore) || explore.browse.stale(),
      (tells) => tells && setStop((was) => (was === 'peek' ? 'half' : was)),
    ),
  )
  return (
    <div class="explore" data-busy={explore.adding()?.at === null ? '' : undefined}>
      <Ground config={props.config} />
      <Show
        when={layout.panelled()}
        fallback={
          <>
            <header class="explore-top">
              <a class="explore-brand" href="/" aria-label={t('common.goHome')}>
                <Wordmark compact size={32} />
              </a>
              <button type="button" class="explore-field" onClick={() => setSearching(true)}>
                <Search size={20} />
                {t('explore.findHere')}
              </button>
            </header>
            <Filters />
            <Show when={!explore.picked() && !explore.spot() && stop() !== 'full'}>
              <div class="explore-acts" style={{ bottom: `${layout.padding().bottom + 12}px` }}>
                <OpenView />
                <LocateButton look="float" />
              </div>
            </Show>
            <BottomSheet
              class="explore-sheet"
              label={t('explore.list')}
              stop={stop()}
              onStop={setStop}
              onCover={layout.setCover}
              head={<ListHead />}
            >
              <TwinList />
            </BottomSheet>
          </>
        }
      >
        <SidePanel
          label={t('explore.list')}
          head={
            <>
              <a class="explore-brand" href="/" aria-label={t('common.goHome')}>
                <Wordmark size={30} />
              </a>
              <search class="room-search px-4 pb-3">
                <ExploreSearch inline />
              </search>
              <ListHead />
            </>
          }
        >
          <TwinList />
        </SidePanel>
        <Filters />
        <div class="explore-open" style={{ left: `${layout.padding().left}px` }}>
          <OpenView big />
        </div>
        <MapControls />
      </Show>
      <Cards />
      <AddPlace />
      <Modal
        open={searching()}
        onClose={() => setSearching(false)}
        title={t('explore.find')}
        width={520}
        typing
      >
        <ExploreSearch onDone={() => setSearching(false)} />
      </Modal>
    </div>
  )
}

/** A room that begins with what is seen. */
function OpenView(props: { big?: boolean }) {
  const explore = useExplore()
  const { busy, open } = createOpening()
  const start = (): void => {
    const shown = explore.handle()
    if (shown)
      void open({
        kind: 'view',
        ...explore.middle(),
        zoom: Math.min(20, Math.max(2, shown.map.getZoom())),
      })
  }
  return (
    <Button
      class="explore-view"
      look={props.big ? 'pri' : 'out'}
      size={props.big ? 56 : 44}
      busy={busy()}
      icon={<Plus size={props.big ? 20 : 18} />}
      onClick={start}
    >
      {t('explore.openView')}
    </Button>
  )
}

function LocateButton(props: { look?: 'float' }) {
  const explore = useExplore()
  const [busy, setBusy] = createSignal(false)
  const find = async (): Promise<void> => {
    if (busy()) return
    setBusy(true)
    await locate(explore)
    setBusy(false)
  }
  return (
    <IconButton
      look={props.look ?? 'quiet'}
      label={t('explore.locate')}
      aria-busy={busy()}
      onClick={() => void find()}
    >
      <Locate size={20} />
    </IconButton>
  )
}

function MapControls() {
  const explore = useExplore()
  return (
    <div class="room-zoom explore-zoom" style={zoomInset(explore.layout.padding())}>
      <Show when={explore.layout.zooms()}>
        <IconButton label={t('map.zoomIn')} onClick={() => explore.handle()?.map.zoomIn()}>
          <Plus size={20} />
        </IconButton>
        <IconButton label={t('map.zoomOut')} onClick={() => explore.handle()?.map.zoomOut()}>
          <Minus size={20} />
        </IconButton>
      </Show>
      <LocateButton />
    </div>
  )
}
