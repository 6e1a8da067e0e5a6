import { onCleanup, Show } from 'solid-js'
import { t } from '#client/lib/i18n/i18n.ts'
import { Button, ButtonLink } from '#client/ui/button.tsx'
import { Ring } from '#client/ui/clock.tsx'
import { DoorClosed, DoorOpen, Hourglass, Lock, SearchX, Users } from '#client/ui/icons.ts'
import { StatePage } from '#client/ui/states.tsx'

/** The link was cut off, or never was. */
export function UnknownRoom(props: { onPaste: () => void }) {
  return (
    <StatePage
      page
      icon={<SearchX size={26} />}
      title={t('rooms.unknownTitle')}
      text={t('rooms.unknownText')}
      actions={
        <>
          <Button onClick={() => props.onPaste()}>{t('rooms.pasteLink')}</Button>
          <ButtonLink look="txt" href="/">
            {t('common.goHome')}
          </ButtonLink>
        </>
      }
    />
  )
}

export function ExpiredRoom(props: { decisionId: string | null }) {
  return (
    <StatePage
      page
      icon={<Hourglass size={26} />}
      title={t('rooms.expiredTitle')}
      text={props.decisionId ? t('rooms.expiredDecided') : t('rooms.expiredText')}
      actions={
        <>
          <Show when={props.decisionId}>
            {(id) => <ButtonLink href={`/d/${id()}`}>{t('rooms.seeResult')}</ButtonLink>}
          </Show>
          <ButtonLink look="pri" href="/">
            {t('rooms.openNew')}
          </ButtonLink>
        </>
      }
    />
  )
}

const TRY_AGAIN_MS = 5_000

/** Nobody has to press anything: the page asks again by itself until a seat is free. */
export function FullRoom(props: { max: number; onTryAgain: () => void }) {
  const timer = window.setInterval(() => props.onTryAgain(), TRY_AGAIN_MS)
  onCleanup(() => window.clearInterval(timer))
  return (
    <StatePage
      page
      icon={<Users size={26} />}
      title={t('rooms.fullTitle')}
      text={
        <>
          {t('rooms.fullText', { max: props.max })}
          <span class="state-waits" role="status">
            <Ring share={null} size={18} />
            {t('rooms.trying')}
          </span>
        </>
      }
      actions={<ButtonLink href="/">{t('common.goHome')}</ButtonLink>}
    />
  )
}

export function LockedRoom(props: { onTryAgain: () => void }) {
  return (
    <StatePage
      page
      icon={<Lock size={26} />}
      title={t('rooms.lockedTitle')}
      text={t('rooms.lockedText')}
      actions={
        <>
          <Button onClick={() => props.onTryAgain()}>{t('common.retryLong')}</Button>
          <ButtonLink look="txt" href="/">
            {t('common.goHome')}
          </ButtonLink>
        </>
      }
    />
  )
}

export function RemovedFromRoom() {
  return (
    <StatePage
      page
      icon={<DoorOpen size={26} />}
      title={t('rooms.removedTitle')}
      text={t('rooms.removedText')}
      actions={<ButtonLink href="/">{t('common.goHome')}</ButtonLink>}
    />
  )
}

/** Newcomers of a closed room: its members come in and read. */
export function ClosedRoom(props: { decisionId: string | null; onTryAgain: () => void }) {
  return (
    <StatePage
      page
      icon={<DoorClosed size={26} />}
      title={t('rooms.closedTitle')}
      text={props.decisionId ? t('rooms.closedDecided') : t('rooms.closedText')}
      actions={
        <>
          <Button onClick={() => props.onTryAgain()}>{t('common.retryLong')}</Button>
          <Show
            when={props.decisionId}
            fallback={
              <ButtonLink look="pri" href="/">
                {t('rooms.openNew')}
              </ButtonLink>
            }
          >
            {(id) => (
              <ButtonLink look="pri" href={`/d/${id()}`}>
                {t('rooms.seeResult')}
              </ButtonLink>
            )}
          </Show>
        </>
      }
    />
  )
}
