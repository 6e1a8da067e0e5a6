import { Match, Show, Switch } from 'solid-js'
import { FineButton, SealBox, votesApi } from '../../features/votes/index.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { ClosedNotice } from './closed.tsx'
import { StartButton } from './panelTools.tsx'
import { useScene } from './scene.ts'

const EXTEND_MS = 180_000

/** Below the list: what a host may do (starting too, unless the list's head offers it); for everyone "anything is fine", and how a tie ends. */
export function Foot(props: { onStart?: () => void }) {
  const scene = useScene()
  const host = (): boolean => scene.rights() !== false
  const starter = (): string => {
    const room = scene.state.view?.room
    return scene.person(room?.actingSeat ?? room?.hostSeat ?? 0).name
  }
  return (
    <Switch>
      <Match when={!scene.writable()}>
        <ClosedNotice />
      </Match>
      <Match when={scene.open()}>
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
                  <small class="flex-[1_1_6.5rem] text-13 text-ink-2">
                    {t('votes.hiddenFirst')}
                  </small>
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
            <div class="room-foot">
              <SealBox round={round()}>
                {round().kind === 'first' ? t('rooms.tieRule') : t('rooms.tieRuleRunoff')}
              </SealBox>
              <Show when={host() && round().closing?.by !== 'host'}>
                <Button
                  class="flex-none"
                  onClick={() => void scene.attempt(() => votesApi.closeRound(round().id))}
                >
                  {t('votes.closeNow')}
                </Button>
              </Show>
            </div>
          </div>
        )}
      </Match>
      <Match when={true}>
        <div class="room-foot">
          <p>
            {scene.standing().length < scene.config.limits.MIN_CANDIDATES
              ? t('rooms.needTwo')
              : scene.votes.decisions().length > 0
                ? t('rooms.again')
                : host()
                  ? t('rooms.gather')
                  : t('rooms.gatherOther', { name: starter() })}
          </p>
          <Show when={props.onStart}>{(start) => <StartButton onStart={start()} />}</Show>
        </div>
      </Match>
    </Switch>
  )
}
