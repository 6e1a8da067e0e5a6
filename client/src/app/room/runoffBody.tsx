import { Show } from 'solid-js'
import { walkMinutes } from '#shared/geo.measure.ts'
import { Runoff } from '../../features/votes/index.ts'
import { formatWalk } from '../../lib/i18n/format.ts'
import { useScene } from './scene.ts'

/** In place of the list: only what is tied. */
export function RunoffBody() {
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
          isKept={(number) => scene.votes.isKept(number)}
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
