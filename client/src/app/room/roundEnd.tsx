import { useNavigate } from '@solidjs/router'
import { createEffect, createSignal, on, onCleanup, Show } from 'solid-js'
import type { DrawProof, RoundView } from '#shared/votes.ts'
import { DrawPage } from '../../features/votes/index.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { showToast } from '../../ui/toast.tsx'
import { useScene } from './scene.ts'
import { sitDown } from './sitDown.ts'

/** What follows the close while I am in the room: the draw, the result, or that nothing was decided. */
export function RoundEnd() {
  const scene = useScene()
  const go = useNavigate()
  const [draw, setDraw] = createSignal<{
    proof: DrawProof
    decisionId: string
    kick: string
  } | null>(null)
  let here = true
  onCleanup(() => (here = false))
  /** Passes fade, the winner's people move to its plate; then the result. */
  const showResult = async (
    round: RoundView,
    won: { number: number; decisionId: string },
  ): Promise<void> => {
    await sitDown(won.number, round.chosen?.find(([number]) => number === won.number)?.[1] ?? [])
    if (here) go(`/d/${won.decisionId}`)
  }
  const end = (round: RoundView): void => {
    const { outcome } = round
    if (outcome?.kind === 'none') showToast(t('votes.noneTitle'))
    if (outcome?.kind !== 'winner') return
    if (outcome.proof)
      return void setDraw({
        proof: outcome.proof,
        decisionId: outcome.decisionId,
        kick: kickOf(round, outcome.number),
      })
    void showResult(round, outcome)
  }
  // Only a close that I see: who comes back to a decided room stays in the room.
  createEffect(
    on(
      () => scene.votes.round(),
      (now, before) => {
        const sawItOpen =
          before?.state === 'open' &&
          (before.id === now?.id || before.firstRoundId === now?.firstRoundId)
        if (now?.state === 'closed' && sawItOpen) end(now)
      },
    ),
  )
  const candidate = (number: number) =>
    scene.state.view?.candidates.find((one) => one.number === number)
  return (
    <Show when={draw()}>
      {(drawn) => (
        <DrawPage
          proof={drawn().proof}
          candidate={candidate}
          kick={drawn().kick}
          onResult={() => go(`/d/${drawn().decisionId}`)}
        />
      )}
    </Show>
  )
}

/** What led to the draw, with how many each of the tied had. */
function kickOf({ kind, chosen }: RoundView, number: number): string {
  if (kind === 'first') return t('votes.drawKickFine')
  const count = chosen?.find(([each]) => each === number)?.[1].length ?? 0
  return count === 0 ? t('votes.drawKickNone') : t('votes.drawKick', { count })
}
