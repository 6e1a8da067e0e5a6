import { lazy, Show, Suspense } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import type { Candidate } from '#shared/rooms.ts'
import { TallySpoken } from '../../features/votes/index.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { BottomSheet, SidePanel } from '../../ui/sheet.tsx'
import type { SheetStop } from '../../ui/sheet.tsx'
import { untilLoaded } from '../../ui/untilLoaded.ts'
import { Decided } from './decided.tsx'
import { PanelHead } from './header.tsx'
import type { Guide } from './guideParts.ts'
import type { HeaderProps } from './header.tsx'
import type { Layout } from './layout.ts'
import { CandidateList } from './list.tsx'
import type { RoomOverlays } from './overlays.state.ts'
import { Foot } from './panelFoot.tsx'
import { ListHead } from './panelHead.tsx'
import { AddField, Tools } from './panelTools.tsx'
import { RunoffBody } from './runoffBody.tsx'
import { useScene } from './scene.ts'
import { Withdrawn } from './withdrawn.tsx'

export interface RoomPanelProps {
  layout: Layout
  stop: SheetStop
  onStop: (stop: SheetStop) => void
  head: HeaderProps
  onShow: (candidate: Candidate) => void
  onAnnotate: (candidate: Candidate) => void
  overlays: RoomOverlays
  onAdd: () => void
  onStart: () => void
  /** On Bap Island. */
  guide: Guide | undefined
}

/** The phone never loads it with the room: there the field opens a sheet. */
const InlineSearch = lazy(async () => ({
  default: (await untilLoaded(() => import('./roomSearch.tsx'))).InlineSearch,
}))

const RUNOFF_HALF = 0.435

/** The list: a sheet on the phone, a panel beside the map elsewhere. */
export function RoomPanel(props: RoomPanelProps) {
  const scene = useScene()
  const runoff = () => (scene.open()?.kind === 'runoff' ? scene.open() : null)
  const sideways = (): boolean => props.layout.shape() === 'sideways'
  /** While places are gathered the panel has the room to search in itself; later the list is what counts. */
  const searches = (): boolean => !sideways() && scene.open() === null && scene.writable()
  const acts = () => (
    <>
      <Show when={!runoff() && !searches()}>
        <AddField onAdd={() => props.onAdd()} class="mb-2.5 w-full" />
      </Show>
      <Foot onStart={() => props.onStart()} />
    </>
  )
  /** The lesson above takes the room of a row: while a vote is on there, its acts follow the list. */
  const tight = (): boolean => scene.demo() && scene.open() !== null
  const foot = () => (
    <>
      <Show when={!tight()}>{acts()}</Show>
      <Dynamic component={props.guide?.Foot} />
    </>
  )
  const body = (
    <>
      <Show when={scene.open()}>{(round) => <TallySpoken round={round()} />}</Show>
      <Show
        when={runoff()}
        fallback={
          <>
            <CandidateList
              onShow={(candidate) => props.onShow(candidate)}
              onAnnotate={(candidate) => props.onAnnotate(candidate)}
              onAdd={() => props.onAdd()}
              onInvite={() => props.head.onInvite()}
              searched={!props.layout.panelled()}
            />
            <Withdrawn />
          </>
        }
      >
        <RunoffBody />
      </Show>
    </>
  )
  return (
    <Show
      when={props.layout.panelled()}
      fallback={
        <BottomSheet
          label={t('rooms.panel')}
          stop={props.stop}
          onStop={props.onStop}
          halfShare={runoff() ? RUNOFF_HALF : undefined}
          fit={runoff() !== null}
          onCover={(px) => props.layout.setCover(px)}
          head={
            <>
              <Dynamic component={props.guide?.Strip} />
              <Decided />
              <ListHead {...props} />
              <Show when={props.stop === 'full' && !runoff()}>
                <Tools search={scene.open() !== null} onAdd={() => props.onAdd()} />
              </Show>
            </>
          }
        >
          {body}
          <Show when={scene.standing().length > 0 && scene.writable()}>
            <div class="px-4 pt-4">
              <Foot />
              <Dynamic component={props.guide?.Foot} />
            </div>
          </Show>
        </BottomSheet>
      }
    >
      <SidePanel
        label={t('rooms.panel')}
        head={
          <>
            <PanelHead {...props.head} />
            <Dynamic component={props.guide?.Panel} />
            <Decided />
            <Show when={searches()}>
              <search class="room-search">
                <Suspense fallback={<div class="field" data-size={48} />}>
                  <InlineSearch overlays={props.overlays} />
                </Suspense>
              </search>
            </Show>
            <ListHead {...props} />
          </>
        }
        footer={sideways() ? undefined : foot()}
      >
        {body}
        <Show when={tight()}>
          <div class="px-4 pt-4 pb-2">{acts()}</div>
        </Show>
        <Show when={sideways()}>
          <div class="p-4">{foot()}</div>
        </Show>
      </SidePanel>
    </Show>
  )
}
