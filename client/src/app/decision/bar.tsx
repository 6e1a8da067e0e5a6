import { createSignal, Show } from 'solid-js'
import type { JSX } from 'solid-js'
import { formatRoomCode } from '#shared/rooms.code.ts'
import type { DecisionView } from '#shared/votes.ts'
import { votesApi } from '../../features/votes/index.ts'
import { t, tError } from '../../lib/i18n/i18n.ts'
import { failureOf } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { ChevronLeft, Ellipsis, EyeOff, House } from '../../ui/icons.ts'
import { Menu } from '../../ui/menu.tsx'
import { Modal } from '../../ui/modal.tsx'
import { showRefusal, showToast } from '../../ui/toast.tsx'

export interface PublishingProps {
  decision: DecisionView
  onPublished: (published: boolean) => void
}

/** Taking the page down and putting it back; either can be undone. */
export function createPublishing(props: PublishingProps) {
  const put = async (published: boolean): Promise<void> => {
    try {
      const done = await votesApi.publishDecision(props.decision.id, published)
      props.onPublished(done.published)
      showToast(done.published ? t('decision.published') : t('decision.unpublished'), {
        label: t('common.undo'),
        run: () => void put(!published),
      })
    } catch (error) {
      const failure = failureOf(error)
      showRefusal(failure.code === 'unreachable' ? t('rooms.offline') : tError(failure))
    }
  }
  return { put }
}

/** The way back, and for the host the way to take the page down. */
export function Bar(props: PublishingProps) {
  const { put } = createPublishing(props)
  const [asking, setAsking] = createSignal(false)
  const takeDown = (): void => {
    setAsking(false)
    void put(false)
  }
  return (
    <header class="dec-bar">
      <Back roomCode={props.decision.roomCode} />
      <Show when={props.decision.host && props.decision.published && !props.decision.demo}>
        <Menu
          label={t('decision.menu')}
          triggerClass="rb dec-more-acts"
          trigger={<Ellipsis size={22} />}
          items={[
            {
              label: t('decision.unpublish'),
              icon: <EyeOff size={20} />,
              onSelect: () => setAsking(true),
            },
          ]}
        />
      </Show>
      <Modal
        open={asking()}
        onClose={() => setAsking(false)}
        title={t('decision.unpublishAsk')}
        footer={
          <>
            <Button size={56} onClick={() => setAsking(false)}>
              {t('common.cancel')}
            </Button>
            <Button look="danger" size={56} onClick={takeDown}>
              {t('decision.unpublish')}
            </Button>
          </>
        }
      >
        <p class="text-15 text-ink-2">{t('decision.unpublishHint')}</p>
      </Modal>
    </header>
  )
}

/** A member came from the room, and may still be talking there: going home, which ends that, is another button. */
function Back(props: { roomCode: string | null }) {
  const home = (icon: JSX.Element) => (
    <a class="rb" data-look="float" data-size="44" href="/" aria-label={t('common.goHome')}>
      {icon}
    </a>
  )
  return (
    <Show when={props.roomCode} fallback={home(<ChevronLeft size={22} />)}>
      {(code) => (
        <span class="dec-back">
          <a
            class="rb"
            data-look="float"
            data-size="44"
            href={`/r/${formatRoomCode(code())}`}
            aria-label={t('decision.toRoom')}
          >
            <ChevronLeft size={22} />
          </a>
          {home(<House size={20} />)}
        </span>
      )}
    </Show>
  )
}
