import { Match, Show, Switch } from 'solid-js'
import type { Candidate } from '#shared/rooms.ts'
import { walkMinutes } from '#shared/geo.measure.ts'
import {
  ClosingLine,
  FineButton,
  Runoff,
  TallySpoken,
  VoteStatus,
  votesApi,
} from '../../features/votes/index.ts'
import { serverNow } from '../../lib/clock.ts'
import { formatNames, formatWalk } from '../../lib/i18n/format.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Clock } from '../../ui/clock.tsx'
import { ChevronDown, Plus, Search } from '../../ui/icons.ts'
import { Menu } from '../../ui/menu.tsx'
import { createMedia } from '../../ui/media.ts'
import { BottomSheet, SidePanel } from '../../ui/sheet.tsx'
import type { SheetStop } from '../../ui/sheet.tsx'
import { PanelHead } from './header.tsx'
import type { HeaderProps } from './header.tsx'
import type { Layout } from './layout.ts'
import { CandidateList } from './list.tsx'
import { useScene } from './scene.ts'
import type { Sort } from './scene.ts'

export interface RoomPanelProps {
  layout: Layout
  stop: SheetStop
  onStop: (stop: SheetStop) => void
  head: HeaderProps
  onShow: (candidate: Candidate) => void
  onAnnotate: (candidate: Candidate) => void
  onAdd: () => void
  onStart: () => void
}

const RUNOFF_HALF = 0.435
/** In a low window the plates need more of it; the closing line takes a row of its own. */
const RUNOFF_HALF_LOW = 0.36
const LOW_WINDOW = '(max-height: 780px)'
const CLOSING_SHARE = 0.08
const EXTEND_MS = 180_000

/** The list: a sheet on the phone, a panel beside the map elsewhere. */
export function RoomPanel(props: RoomPanelProps) {
  const scene = useScene()
  const low = createMedia(LOW_WINDOW)
  const halfShare = (): number | undefined =>
    runoff()
      ? (low() ? RUNOFF_HALF_LOW : RUNOFF_HALF) - (open()?.closing ? CLOSING_SHARE : 0)
      : undefined
  const open = () => {
    const round = scene.votes.round()
    return round?.state === 'open' ? round : null
  }
  const runoff = () => (open()?.kind === 'runoff' ? open() : null)
  const sideways = (): boolean => props.layout.shape() === 'sideways'
  const foot = () => (
    <>
      <Show when={!runoff()}>
        <AddField onAdd={() => props.onAdd()} class="mb-2.5 w-full" />
      </Show>
      <Foot onStart={() => props.onStart()} />
    </>
  )
  const body = (
    <>
      <Show when={open()}>{(round) => <TallySpoken round={round()} />}</Show>
      <Show
        when={runoff()}
        fallback={
          <CandidateList
            onShow={(candidate) => props.onShow(candidate)}
            onAnnotate={(candidate) => props.onAnnotate(candidate)}
            onAdd={() => props.onAdd()}
          />
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
          halfShare={halfShare()}
          onCover={(px) => props.layout.setCover(px)}
          head={
            <>
              <ListHead {...props} peek={props.stop === 'peek'} />
              <Show when={props.stop === 'full' && !runoff()}>
                <Tools onAdd={() => props.onAdd()} />
              </Show>
            </>
          }
        >
          {body}
          <div class="px-4 pt-4">
            <Foot onStart={() => props.onStart()} />
          </div>
        </BottomSheet>
      }
    >
      <SidePanel
        label={t('rooms.panel')}
        head={
          <>
            <PanelHead {...props.head} />
            <ListHead {...props} peek={false} />
          </>
        }
        footer={sideways() ? undefined : foot()}
      >
        {body}
        <Show when={sideways()}>
          <div class="p-4">{foot()}</div>
        </Show>
      </SidePanel>
    </Show>
  )
}

/** What is asked of me now, in words, and one act. */
function ListHead(props: RoomPanelProps & { peek: boolean }) {
  const scene = useScene()
  const open = () => {
    const round = scene.votes.round()
    return round?.state === 'open' ? round : null
  }
  const choosing = () => scene.waitingFor().map((seat) => scene.person(seat).name)
  const tiedAt = () =>
    Math.max(0, ...(scene.votes.round()?.chosen ?? []).map(([, seats]) => seats.length))
  return (
    <>
      <Switch fallback={<Gathering {...props} />}>
        <Match when={open()?.kind === 'runoff'}>
          <div class="room-listhead">
            <div class="min-w-0 flex-1">
              <h1>{t('votes.runoffTitle')}</h1>
              <p aria-live="polite">
                {choosing().length > 0
                  ? t('votes.runoffWaiting', { names: formatNames(choosing()) })
                  : t('votes.runoffHint')}
              </p>
              <span class="sr">{tiedAt()}</span>
            </div>
          </div>
        </Match>
        <Match when={open()}>
          {(round) => (
            <div class="room-listhead">
              <div class={props.layout.panelled() ? 'contents' : 'min-w-0 flex-1'}>
                <VoteStatus
                  round={round()}
                  counted={scene.counted().length}
                  waitingFor={scene.waitingFor().map(scene.person)}
                />
              </div>
              <Show when={!props.layout.panelled() && props.stop === 'full'}>
                <Clock
                  class="flex-none text-22 font-bold"
                  endsAt={round().deadlineAt}
                  totalMs={round().deadlineAt - round().openedAt}
                  now={serverNow}
                  size={24}
                />
              </Show>
              <Show when={!props.layout.panelled() && props.stop !== 'full' && scene.writable()}>
                <Button
                  icon={<Plus size={18} />}
                  onClick={() => props.onAdd()}
                  aria-label={t('places.add')}
                >
                  {t('places.addShort')}
                </Button>
              </Show>
            </div>
          )}
        </Match>
      </Switch>
      <Show when={open()?.closing ? open() : null}>
        {(round) => (
          <ClosingLine
            round={round()}
            now={scene.now()}
            host={scene.rights() !== false}
            waitUsed={scene.votes.mine()?.waitUsed ?? false}
            onTakeBack={() => void scene.attempt(() => votesApi.takeBackClose(round().id))}
            onWait={() => void scene.attempt(() => votesApi.holdClosing(round().id))}
          />
        )}
      </Show>
    </>
  )
}

/** Before a vote: gather, then start. */
function Gathering(props: RoomPanelProps & { peek: boolean }) {
  const scene = useScene()
  return (
    <Show
      when={!props.layout.panelled()}
      fallback={
        <div class="room-listhead">
          <h1 class="flex-1">{t('rooms.candidatesN', { count: scene.standing().length })}</h1>
          <SortMenu />
        </div>
      }
    >
      <h1 class="sr">{t('rooms.candidatesN', { count: scene.standing().length })}</h1>
      <div class="room-peek">
        <Show
          when={scene.writable()}
          fallback={<p class="flex-1 px-2 text-14 text-ink-2">{t('rooms.closedNow')}</p>}
        >
          <AddField class="min-w-0 flex-1" onAdd={() => props.onAdd()} />
          <StartButton onStart={() => props.onStart()} />
        </Show>
      </div>
    </Show>
  )
}

function StartButton(props: { onStart: () => void }) {
  const scene = useScene()
  const enough = (): boolean => scene.standing().length >= scene.config.limits.MIN_CANDIDATES
  return (
    <Show when={scene.rights() !== false && scene.votes.round()?.state !== 'open'}>
      <Button look={enough() ? 'pri' : 'sec'} disabled={!enough()} onClick={() => props.onStart()}>
        {t('votes.start')}
      </Button>
    </Show>
  )
}

/** Looks like the search field and opens it: typing happens in the sheet that has the room for it. */
function AddField(props: { onAdd: () => void; class?: string }) {
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

function Tools(props: { onAdd: () => void }) {
  return (
    <div class="flex items-center gap-2 px-4 pb-2.5">
      <AddField class="min-w-0 flex-1" onAdd={() => props.onAdd()} />
      <SortMenu />
    </div>
  )
}

function SortMenu() {
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

/** Below the list: what a host may do, and "anything is fine" for everyone. */
function Foot(props: { onStart: () => void }) {
  const scene = useScene()
  const open = () => {
    const round = scene.votes.round()
    return round?.state === 'open' ? round : null
  }
  const host = (): boolean => scene.rights() !== false
  return (
    <Switch>
      <Match when={!scene.writable()}>
        <div class="room-foot">
          <p>{t('rooms.closedNow')}</p>
          <LastDecision />
        </div>
      </Match>
      <Match when={open()}>
        {(round) => (
          <div class="flex flex-col gap-3">
            <Show when={round().kind === 'first'}>
              <div class="flex flex-wrap items-center gap-2">
                <FineButton
                  fine={scene.votes.mine()?.fine ?? false}
                  kept={scene.votes.isKept('fine')}
                  onToggle={() =>
                    scene.vote({ kind: scene.votes.mine()?.fine ? 'unfine' : 'fine' })
                  }
                />
                <Show when={round().hidden}>
                  <small class="text-13 text-ink-2">{t('votes.hiddenFirst')}</small>
                </Show>
                <Show when={host()}>
                  <Button
                    look="txt"
                    size={36}
                    class="ms-auto"
                    onClick={() =>
                      void scene.attempt(() =>
                        votesApi.extendRound(round().id, round().deadlineAt + EXTEND_MS),
                      )
                    }
                  >
                    {t('votes.extendBy', { count: EXTEND_MS / 60_000 })}
                  </Button>
                </Show>
              </div>
            </Show>
            <Show when={host()}>
              <div class="room-foot">
                <p>
                  {t('rooms.host1')} {round().kind === 'first' ? t('rooms.tieRule') : ''}
                </p>
                <Show when={round().closing?.by !== 'host'}>
                  <Button
                    class="flex-none"
                    onClick={() => void scene.attempt(() => votesApi.closeRound(round().id))}
                  >
                    {t('votes.closeNow')}
                  </Button>
                </Show>
              </div>
            </Show>
          </div>
        )}
      </Match>
      <Match when={true}>
        <div class="room-foot">
          <p>
            {scene.standing().length < scene.config.limits.MIN_CANDIDATES
              ? t('rooms.needTwo')
              : t('rooms.gather')}
          </p>
          <span class="flex flex-wrap justify-end gap-2">
            <LastDecision />
            <StartButton onStart={() => props.onStart()} />
          </span>
        </div>
      </Match>
    </Switch>
  )
}

function LastDecision() {
  const scene = useScene()
  return (
    <Show when={scene.votes.decisions().at(-1)}>
      {(decision) => <ButtonLink href={`/d/${decision().id}`}>{t('rooms.seeResult')}</ButtonLink>}
    </Show>
  )
}

function RunoffBody() {
  const scene = useScene()
  const round = () => scene.votes.round()
  const tied = () => {
    const numbers = new Set(round()?.tied ?? [])
    return (scene.state.view?.candidates ?? []).filter(({ number }) => numbers.has(number))
  }
  return (
    <Show when={round()}>
      {(now) => (
        <Runoff
          round={now()}
          candidates={tied()}
          person={scene.person}
          places={scene.counted().length}
          me={scene.me().id}
          isChosen={(number) => scene.votes.stance(number) === 'chosen'}
          writable={scene.writable()}
          about={(candidate) => {
            const metres = scene.distanceOf(candidate)
            return metres === null ? '' : formatWalk(walkMinutes(metres))
          }}
          onChoose={(number) =>
            scene.vote({
              kind: scene.votes.stance(number) === 'chosen' ? 'unchoose' : 'choose',
              number,
            })
          }
        />
      )}
    </Show>
  )
}
