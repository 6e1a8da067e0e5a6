import { createMemo, lazy, Show, Suspense } from 'solid-js'
import { dishOf } from '#shared/dishes.ts'
import { formatRoomCode } from '#shared/rooms.code.ts'
import type { DecisionView } from '#shared/votes.ts'
import { roomTitle } from '../../features/rooms/index.ts'
import {
  copyProof,
  DecisionMap,
  Directions,
  Picks,
  ProofBox,
  sayChose,
  Share,
  Table,
  Why,
} from '../../features/votes/index.ts'
import { formatDay, formatPrice, formatTime } from '../../lib/i18n/format.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Copy, DoorOpen, EyeOff } from '../../ui/icons.ts'
import { createMedia, TABLET } from '../../ui/media.ts'
import { Notice } from '../../ui/states.tsx'
import { showRefusal } from '../../ui/toast.tsx'
import { untilLoaded } from '../../ui/untilLoaded.ts'
import { Bar, createPublishing } from './bar.tsx'
import type { PublishingProps } from './bar.tsx'

/** Loaded for results of Bap Island alone. */
const loadPractice = () => untilLoaded(() => import('./practice.tsx'))
const Practice = lazy(async () => ({ default: (await loadPractice()).Practice }))
const ToRealRoom = lazy(async () => ({ default: (await loadPractice()).ToRealRoom }))

interface PartProps {
  decision: DecisionView
}

/** On the phone one page; from the tablet on the map with the table, and the rest beside it. */
export function Screen(props: PublishingProps) {
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
    const said = chose.map((person) => ({
      name: spokenName(person),
      mine: person.seat === props.decision.mySeat,
    }))
    return `${place}. ${sayChose(said)}`
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

const spokenName = ({ name, simulated }: DecisionView['people'][number]): string =>
  simulated ? `${name} (${t('common.practiceFriend')})` : (name ?? t('common.someoneWhoLeft'))

function Heading(props: PartProps) {
  const facts = createMemo(() => {
    const { when, zone, winner } = props.decision
    const priced = [winner.menu, winner.price === null ? null : formatPrice(winner.price)]
      .filter(Boolean)
      .join(' ')
    return [
      when
        ? t('decision.whenAt', { day: formatDay(when, zone), time: formatTime(when, zone) })
        : null,
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

function Details(props: PublishingProps) {
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
        when={!props.decision.demo}
        fallback={
          <Suspense>
            <Practice decision={props.decision} />
          </Suspense>
        }
      >
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
      {/* There is no way to a place that is made up. */}
      <Show
        when={!props.decision.demo}
        fallback={
          <Suspense>
            <ToRealRoom />
          </Suspense>
        }
      >
        <Directions to={props.decision.winner} />
      </Show>
    </nav>
  )
}
