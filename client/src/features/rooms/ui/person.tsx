import { Show } from 'solid-js'
import type { JSX } from 'solid-js'
import { t } from '#client/lib/i18n/i18n.ts'
import { Button } from '#client/ui/button.tsx'
import { Crown, Eye, Navigation, UserMinus } from '#client/ui/icons.ts'
import { Modal } from '#client/ui/modal.tsx'
import { Portrait } from '#client/ui/portrait.tsx'
import type { RoomPerson } from '../state.people.ts'

export interface PersonCardProps {
  person: RoomPerson | null
  onClose: () => void
  /** "Host", "Away" and the like. */
  about: string
  /** What else is to be known of them. */
  note?: string | undefined
  following: boolean
  /** They show where they look, so that they can be followed. */
  followable: boolean
  onFollow: () => void
  onJump: () => void
  /** What another feature says of the person: how loud they are for me. */
  volume?: JSX.Element
  onHandOver?: (() => void) | undefined
  onRemove?: (() => void) | undefined
}

/** One person: follow, go where they look, how loud, and for the host hand over and remove. */
export function PersonCard(props: PersonCardProps) {
  return (
    <Modal
      open={props.person !== null}
      onClose={() => props.onClose()}
      title={props.person?.name ?? ''}
    >
      <Show when={props.person}>
        {(person) => (
          <div class="flex flex-col gap-4 pb-2">
            <div class="flex items-center gap-4">
              <Portrait of={person()} size={64} ring />
              <div class="min-w-0">
                <p class="text-14 text-ink-2">{props.about}</p>
                <Show when={props.note}>
                  {(note) => <p class="mt-1 text-13 text-ink-2">{note()}</p>}
                </Show>
              </div>
            </div>
            <Show when={props.followable}>
              <div class="flex flex-wrap gap-2">
                <Button
                  grow
                  class="person-follow"
                  look={props.following ? 'sec' : 'pri'}
                  icon={<Eye size={18} />}
                  onClick={() => props.onFollow()}
                >
                  {props.following ? t('rooms.stopFollowing') : t('rooms.follow')}
                </Button>
                <Button grow icon={<Navigation size={18} />} onClick={() => props.onJump()}>
                  {t('rooms.seeThere')}
                </Button>
              </div>
            </Show>
            {props.volume}
            <Show when={props.onHandOver || props.onRemove}>
              <div class="flex flex-wrap gap-2 border-t border-line pt-4">
                <Show when={props.onHandOver}>
                  {(handOver) => (
                    <Button grow icon={<Crown size={18} />} onClick={() => handOver()()}>
                      {t('rooms.handOver')}
                    </Button>
                  )}
                </Show>
                <Show when={props.onRemove}>
                  {(remove) => (
                    <Button
                      grow
                      look="danger"
                      icon={<UserMinus size={18} />}
                      onClick={() => remove()()}
                    >
                      {t('rooms.removePerson')}
                    </Button>
                  )}
                </Show>
              </div>
            </Show>
          </div>
        )}
      </Show>
    </Modal>
  )
}
