import './decision.css'
import { useParams } from '@solidjs/router'
import {
  createEffect,
  createMemo,
  createSignal,
  Match,
  on,
  onCleanup,
  Show,
  Switch,
} from 'solid-js'
import type { Accessor } from 'solid-js'
import { dishOf } from '#shared/dishes.ts'
import type { WireError } from '#shared/errors.ts'
import { formatRoomCode } from '#shared/rooms.code.ts'
import type { DecisionView } from '#shared/votes.ts'
import { roomTitle } from '../features/rooms/index.ts'
import {
  copyProof,
  DecisionMap,
  Directions,
  Picks,
  ProofBox,
  Share,
  Table,
  votesApi,
  Why,
} from '../features/votes/index.ts'
import { formatDay, formatNames, formatPrice, formatTime } from '../lib/i18n/format.ts'
import { t, tError } from '../lib/i18n/i18n.ts'
import { failureOf } from '../lib/trpc.ts'
import type { CallFailure } from '../lib/trpc.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import {
  ChevronLeft,
  Copy,
  DoorOpen,
  Ellipsis,
  EyeOff,
  SearchX,
  Unplug,
  WifiOff,
} from '../ui/icons.ts'
import { createMedia, TABLET } from '../ui/media.ts'
import { Menu } from '../ui/menu.tsx'
import { Modal } from '../ui/modal.tsx'
import { createPatience, Notice, Skeleton, StatePage } from '../ui/states.tsx'
import { showRefusal, showToast } from '../ui/toast.tsx'

/** A decision, for good: where they go, why, and everything needed to tell others and to get there. */
export function Page() {
  const params = useParams<{ id: string }>()
  const { decision, setPublished, failure, look } = createDecision(() => params.id)
  const waits = createPatience(() => decision() === undefined && failure() === undefined)
  createEffect(() => {
    const place = decision()?.winner.name
    document.title = place
      ? `${t('decision.goingTo', { place })} · ${t('common.appName')}`
      : t('common.appName')
  })
  return (
    <Switch
      fallback={
        <Show when={waits()}>
          <Waiting />
        </Show>
      }
    >
      <Match when={decision()}>
        {(known) => <Screen decision={known()} onPublished={setPublished} />}
      </Match>
      <Match when={failure()?.code === 'not_found' || failure()?.code === 'bad_input'}>
        <Gone />
      </Match>
      <Match when={failure()}>{(why) => <Failed failure={why()} onRetry={look} />}</Match>
    </Switch>
  )
}

/** One decision by its id. What nobody answered is asked for again once the device is back on the network. */
function createDecision(id: Accessor<string>) {
  const [decision, setDecision] = createSignal<DecisionView>()
  const [failure, setFailure] = createSignal<CallFailure>()
  let asked = new AbortController()
  const look = async (): Promise<void> => {
    asked.abort()
    const mine = (asked = new AbortController())
    try {
      const seen = await votesApi.readDecision(id(), mine.signal)
      if (mine.signal.aborted) return
      setFailure(undefined)
      setDecision(seen)
    } catch (error) {
      if (!mine.signal.aborted) setFailure(failureOf(error))
    }
  }
  createEffect(
    on(id, () => {
      setDecision(undefined)
      setFailure(undefined)
      void look()
    }),
  )
  const back = (): void => {
    if (failure()?.code === 'unreachable') void look()
  }
  window.addEventListener('online', back)
  onCleanup(() => {
    window.removeEventListener('online', back)
    asked.abort()
  })
  const setPublished = (published: boolean): void =>
    void setDecision((known) => known && { ...known, published })
  return { decision, setPublished, failure, look: () => void look() }
}

interface PartProps {
  decision: DecisionView
}

/** On the phone one page; from the tablet on the map with the table, and the rest beside it. */
function Screen(props: PartProps & { onPublished: (published: boolean) => void }) {
  const wide = createMedia(TABLET)
  return (
    <Show
      when={wide()}
      fallback={
        <div class="dec">
          <Bar {...props} />
          <main>
            <div class="dec-hero">
              <TheTable decision={props.decision} size={148} />
              <Heading decision={props.decision} />
            </div>
            <Details {...props} />
          </main>
          <Dock decision={props.decision} />
        </div>
      }
    >
      <div class="dec-split">
        <main class="dec-side">
          <Bar {...props} />
          <Heading decision={props.decision} />
          <Details {...props} />
        </main>
        <div class="dec-where">
          <DecisionMap place={props.decision.winner} meeting={props.decision.meeting}>
            <TheTable decision={props.decision} size={104} />
          </DecisionMap>
          <Dock decision={props.decision} />
        </div>
      </div>
    </Show>
  )
}

function TheTable(props: PartProps & { size: number }) {
  const label = (): string => {
    const { people, winner, member } = props.decision
    const chose = people.filter(({ choseWinner }) => choseWinner)
    const place = winner.name
    if (chose.length === 0) return t('decision.tableDrawn', { place })
    if (!member) return t('decision.tableCounted', { place, count: chose.length })
    return t('decision.tableNamed', {
      place,
      names: formatNames(chose.map(({ name }) => name ?? t('common.someoneWhoLeft'))),
    })
  }
  return (
    <Table
      people={props.decision.people}
      mySeat={props.decision.mySeat}
      dish={dishOf(props.decision.winner)}
      number={props.decision.winner.number}
      size={props.size}
      label={label()}
    />
  )
}

function Heading(props: PartProps) {
  const facts = createMemo(() => {
    const { when, zone, winner } = props.decision
    const priced = [winner.menu, winner.price === null ? null : formatPrice(winner.price)]
      .filter(Boolean)
      .join(' ')
    return [
      when ? `${formatDay(when, zone)} ${formatTime(when, zone)}` : null,
      winner.address,
      priced,
    ].filter(Boolean)
  })
  return (
    <div class="dec-head">
      <p class="dec-kick">{titleOf(props.decision)}</p>
      <h1>{t('decision.goingTo', { place: props.decision.winner.name })}</h1>
      <Show when={facts().length > 0}>
        <p class="dec-facts">{facts().join(' · ')}</p>
      </Show>
    </div>
  )
}

const titleOf = ({ roomName, roomCreatedAt, zone }: DecisionView): string =>
  roomTitle({ name: roomName, createdAt: roomCreatedAt, zone })

function Details(props: PartProps & { onPublished: (published: boolean) => void }) {
  const { put } = createPublishing(props)
  const shareText = (): string =>
    t('decision.shareText', { room: titleOf(props.decision), place: props.decision.winner.name })
  const decided = (): string => {
    const { at, zone } = props.decision
    return t('decision.decidedAt', { day: formatDay(at, zone), time: formatTime(at, zone) })
  }
  return (
    <>
      <Why decision={props.decision} />
      <Show
        when={props.decision.published}
        fallback={
          <Notice
            class="dec-down"
            tone="calm"
            icon={<EyeOff size={20} />}
            title={t('decision.downTitle')}
            text={t('decision.downText')}
            action={
              <Show when={props.decision.host}>
                <Button size={36} onClick={() => void put(true)}>
                  {t('decision.publish')}
                </Button>
              </Show>
            }
          />
        }
      >
        <Share
          id={props.decision.id}
          text={shareText()}
          place={props.decision.winner.name}
          decided={decided()}
        />
      </Show>
      <Picks decision={props.decision} />
      <Show when={props.decision.proof}>
        {(proof) => (
          <section class="dec-proof">
            <ProofBox proof={proof()}>
              <Button
                class="mt-3"
                size={36}
                icon={<Copy size={18} />}
                onClick={() => void copySum(proof())}
              >
                {t('votes.copyProof')}
              </Button>
            </ProofBox>
          </section>
        )}
      </Show>
    </>
  )
}

async function copySum(proof: NonNullable<DecisionView['proof']>): Promise<void> {
  await copyProof(proof).catch(() => showRefusal(t('rooms.copyFailed')))
}

/** Taking the page down and putting it back; either can be undone. */
function createPublishing(props: PartProps & { onPublished: (published: boolean) => void }) {
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
      showRefusal(
        failure.code === 'unreachable' ? t('rooms.offline') : tError(failure as WireError),
      )
    }
  }
  return { put }
}

function Bar(props: PartProps & { onPublished: (published: boolean) => void }) {
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

function Dock(props: PartProps) {
  return (
    <nav class="dec-dock" aria-label={t('decision.directions')}>
      <Show when={props.decision.roomCode}>
        {(code) => (
          <ButtonLink
            look="line"
            size={56}
            icon={<DoorOpen size={20} />}
            href={`/r/${formatRoomCode(code())}`}
          >
            {t('decision.toRoom')}
          </ButtonLink>
        )}
      </Show>
      <Directions to={props.decision.winner} />
    </nav>
  )
}

function Waiting() {
  return (
    <output class="dec-wait" aria-label={t('common.loading')}>
      <div class="dec-hero">
        <div class="dec-table" style={{ '--d': '148px' }}>
          <Skeleton round width="148px" height="148px" />
        </div>
        <Skeleton width="96px" />
        <Skeleton width="240px" height="30px" />
        <Skeleton width="180px" />
      </div>
      <div class="grid gap-4 p-5">
        <Skeleton width="62%" height="16px" />
        <Skeleton width="54%" height="16px" />
        <Skeleton height="200px" />
      </div>
    </output>
  )
}

function Gone() {
  return (
    <main>
      <StatePage
        page
        icon={<SearchX size={26} />}
        title={t('decision.goneTitle')}
        text={t('decision.goneText')}
        actions={<ButtonLink href="/">{t('common.goHome')}</ButtonLink>}
      />
    </main>
  )
}

function Failed(props: { failure: CallFailure; onRetry: () => void }) {
  const away = (): boolean => props.failure.code === 'unreachable'
  const number = (): string | undefined =>
    props.failure.code === 'unexpected'
      ? t('common.errorId', { id: props.failure.params.id })
      : undefined
  return (
    <main>
      <StatePage
        page
        icon={away() ? <WifiOff size={26} /> : <Unplug size={26} />}
        title={away() ? t('common.offline') : t('common.errorTitle')}
        text={
          away()
            ? t('decision.offlineText')
            : props.failure.code === 'unexpected'
              ? t('common.errorKept')
              : tError(props.failure as WireError)
        }
        actions={
          <Button look="pri" onClick={() => props.onRetry()}>
            {t('common.retryLong')}
          </Button>
        }
        code={number()}
      />
    </main>
  )
}
