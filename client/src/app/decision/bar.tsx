import { createSignal, Show } from 'solid-js'
import type { DecisionView } from '#shared/votes.ts'
import { votesApi } from '../../features/votes/index.ts'
import { t, tError } from '../../lib/i18n/i18n.ts'
import { failureOf } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { ChevronLeft, Ellipsis, EyeOff } from '../../ui/icons.ts'
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

/** The way out, and for the host the way to take the page down. */
export function Bar(props: PublishingProps) {
  const { put } = createPublishing(props)
  const [asking, setAsking] = createSignal(false)
  const takeDown = (): void => {
    setAsking(false)
    void put(false)
  }
  return (
    <header class="dec-bar">
      <a class="rb" data-look="float" data-size="44" href="/" aria-label={t('common.goHome')}>
        <ChevronLeft size={22} />
      </a>
      <Show when={props.decision.host && props.decision.published}>
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
