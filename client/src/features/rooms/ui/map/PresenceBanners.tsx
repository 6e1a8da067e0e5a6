import { Show } from 'solid-js'
import type { Seat } from '#shared/rooms.ts'
import { t } from '#client/lib/i18n/i18n.ts'
import { Button } from '#client/ui/button.tsx'
import { PracticeMark } from '#client/ui/portrait.tsx'
import type { Presence } from '../../state.presence.ts'
import type { ComeHere } from '../../state.presenceCome.ts'
import type { CameraPlace } from './camera.ts'

export interface PresenceBannersProps {
  presence: Presence
  come: ComeHere<CameraPlace>
  person(seat: Seat): { name: string; simulated: boolean }
}

/** Over the map, one at a time: an invitation to answer, else whom I follow, else the way back. */
export function PresenceBanners(props: PresenceBannersProps) {
  const asked = () => props.come.asked()
  const following = () => (asked() ? 0 : props.presence.following())
  const back = () => !asked() && following() === 0 && props.come.before() !== null
  return (
    <div aria-live="polite">
      <Show when={asked()}>
        {(call) => (
          <div class="bm-banner">
            <span>{t('rooms.comeHereAsk', { name: props.person(call().bySeat).name })}</span>
            <Button onClick={() => props.come.stay()}>{t('rooms.comeHereStay')}</Button>
            <Button
              look="pri"
              onClick={() => {
                props.presence.follow(0)
                props.come.go()
              }}
            >
              {t('rooms.comeHereGo')}
            </Button>
          </div>
        )}
      </Show>
      <Show when={following() !== 0}>
        <div class="bm-banner">
          <Show when={props.person(following()).simulated}>
            <PracticeMark />
          </Show>
          <span>{t('rooms.following', { name: props.person(following()).name })}</span>
          <Button onClick={() => props.presence.follow(0)}>{t('rooms.stopFollowing')}</Button>
        </div>
      </Show>
      <Show when={back()}>
        <div class="bm-banner">
          <Button onClick={() => props.come.goBack()}>{t('rooms.comeBack')}</Button>
        </div>
      </Show>
    </div>
  )
}
