import { Show } from 'solid-js'
import { dishOf } from '#shared/dishes.ts'
import { formatDay, formatTime } from '../../lib/i18n/format.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { NumberedDish } from '../../ui/dish.tsx'
import { useScene } from './scene.ts'

/** Who comes back to a decided room sees the answer first; the list and the next vote follow. */
export function Decided() {
  const scene = useScene()
  const decision = () => (scene.open() ? undefined : scene.votes.decisions()[0])
  const zone = (): string | undefined => scene.state.view?.room.zone
  return (
    <Show when={decision()}>
      {(won) => (
        <a class="room-decided" href={`/d/${won().id}`}>
          <span class="room-decided-what">
            <NumberedDish
              number={won().number}
              name={dishOf({ ...won(), menu: null })}
              size={48}
              lead
              flat
            />
            <span class="min-w-0 flex-1">
              <span class="cand-title">
                <b>{won().name}</b>
              </span>{' '}
              <small class="tn">
                {t('decision.decidedAt', {
                  day: formatDay(won().at, zone()),
                  time: formatTime(won().at, zone()),
                })}
              </small>
            </span>
          </span>
          <span class="btn" data-look="pri" data-size="44">
            {t('rooms.seeResult')}
          </span>
        </a>
      )}
    </Show>
  )
}
