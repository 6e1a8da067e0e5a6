import { Match, Show, Switch } from 'solid-js'
import type { RoundView } from '#shared/votes.ts'
import { sayRunoff, ClosingLine, VoteStatus, votesApi } from '../../features/votes/index.ts'
import { serverNow } from '../../lib/clock.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Clock } from '../../ui/clock.tsx'
import { Plus } from '../../ui/icons.ts'
import type { SheetStop } from '../../ui/sheet.tsx'
import { ClosedNotice } from './closed.tsx'
import type { Layout } from './layout.ts'
import { AddField, SortMenu, StartButton } from './panelTools.tsx'
import { useScene } from './scene.ts'

export interface ListHeadProps {
  layout: Layout
  stop: SheetStop
  onAdd: () => void
  onStart: () => void
}

/** What is asked of me now, in words, and one act. */
export function ListHead(props: ListHeadProps) {
  const scene = useScene()
  const runoff = () => (scene.open()?.kind === 'runoff' ? scene.open() : null)
  const othersWaitedFor = () =>
    scene
      .waitingFor()
      .filter(({ seat }) => seat !== scene.me().seat)
      .map(({ name }) => name)
  return (
    <div class="room-heads">
      <Switch fallback={<Gathering {...props} />}>
        <Match when={runoff()}>
          {(round) => (
            <div class="room-listhead">
              <div class="min-w-0 flex-1">
                <h1>{t('votes.runoffTitle')}</h1>
                <p aria-live="polite">
                  {sayRunoff(
                    othersWaitedFor(),
                    othersWaitedFor().length < scene.waitingFor().length,
                  )}
                </p>
              </div>
              <HeadClock {...props} round={round()} />
            </div>
          )}
        </Match>
        <Match when={scene.open()}>
          {(round) => (
            <div class="room-listhead">
              <div class={props.layout.panelled() ? 'contents' : 'min-w-0 flex-1'}>
                <VoteStatus
                  round={round()}
                  counted={scene.counted().length}
                  waitingFor={scene.waitingFor()}
                  waitingWho={scene.waitingWho()}
                />
              </div>
              <HeadClock {...props} round={round()} />
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
      <Show when={!props.layout.chatCovers()}>
        <Closing />
      </Show>
    </div>
  )
}

/** The last ten seconds of the round, wherever they are seen now. */
export function Closing() {
  const scene = useScene()
  return (
    <Show when={scene.open()?.closing ? scene.open() : null}>
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
  )
}

/** A fully raised sheet covers the clock above the map: it has one of its own. */
function HeadClock(props: ListHeadProps & { round: RoundView }) {
  return (
    <Show when={!props.layout.panelled() && props.stop === 'full'}>
      <Clock
        class="flex-none text-22 font-bold"
        endsAt={props.round.deadlineAt}
        totalMs={props.round.deadlineAt - props.round.openedAt}
        now={serverNow}
        size={24}
      />
    </Show>
  )
}

/** Before a vote: gather, then start. */
function Gathering(props: ListHeadProps) {
  const scene = useScene()
  return (
    <Show
      when={!props.layout.panelled()}
      fallback={
        <Show when={scene.standing().length > 0} fallback={<h1 class="sr">{t('rooms.panel')}</h1>}>
          <div class="room-listhead">
            <h1 class="flex-1">{t('rooms.candidatesN', { count: scene.standing().length })}</h1>
            <SortMenu />
          </div>
        </Show>
      }
    >
      <h1 class="sr">
        {scene.standing().length > 0
          ? t('rooms.candidatesN', { count: scene.standing().length })
          : t('rooms.panel')}
      </h1>
      <div class="room-peek">
        <Show when={scene.writable()} fallback={<ClosedNotice />}>
          <AddField class="min-w-0 flex-1" onAdd={() => props.onAdd()} />
          <StartButton onStart={() => props.onStart()} />
        </Show>
      </div>
    </Show>
  )
}
