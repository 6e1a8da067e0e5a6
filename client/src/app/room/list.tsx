import { createMemo, For, Show } from 'solid-js'
import type { Candidate } from '#shared/rooms.ts'
import { CandidateRow } from '../../features/rooms/index.ts'
import type { WaitingPut } from '../../features/rooms/index.ts'
import { PassNote, RowActs, RowSeats } from '../../features/votes/index.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Dish } from '../../ui/dish.tsx'
import { Ellipsis, ExternalLink, Hourglass, Pencil, Plus, Trash, UserPlus } from '../../ui/icons.ts'
import { Menu } from '../../ui/menu.tsx'
import type { MenuItem } from '../../ui/menu.tsx'
import { StatePage } from '../../ui/states.tsx'
import { openingNote } from './opening.ts'
import { useScene } from './scene.ts'
import type { Scene } from './scene.ts'
import { directionsOf } from './directions.ts'

export interface ListProps {
  onShow: (candidate: Candidate) => void
  onAnnotate: (candidate: Candidate) => void
  onAdd: () => void
  onInvite: () => void
  /** The phone's: search stands right above, so that an empty list needs no button for it. */
  searched: boolean
}

/** Everything that the map shows, as a list: the same candidates, reachable by keyboard and read aloud. */
export function CandidateList(props: ListProps) {
  const scene = useScene()
  const numbers = createMemo(() => scene.sorted().map(({ number }) => number), [], {
    equals: (a, b) => a.length === b.length && a.every((n, i) => n === b[i]),
  })
  return (
    <Show
      when={numbers().length > 0 || scene.puts.waiting().length > 0}
      fallback={<Empty {...props} />}
    >
      <Show when={scene.open()?.kind === 'first' && scene.writable() && isGuessable(scene)}>
        <PassNote />
      </Show>
      <ul class="room-list" aria-label={t('rooms.panel')}>
        <For each={numbers()}>
          {(number) => (
            <Show when={scene.standing().find((candidate) => candidate.number === number)}>
              {(candidate) => <Row candidate={candidate()} list={props} />}
            </Show>
          )}
        </For>
        <For each={scene.puts.waiting()}>{(put) => <Waiting put={put} />}</For>
      </ul>
      <Show when={isAlone(scene) && !scene.open()}>
        <div class="flex justify-center pt-3">
          <InviteFriends look="line" onInvite={() => props.onInvite()} />
        </div>
      </Show>
    </Show>
  )
}

/** Among fewer than these a pass gives itself away. */
const PASS_HIDES_AMONG = 4
const isGuessable = (scene: Scene): boolean => scene.counted().length < PASS_HIDES_AMONG

/** Put forward while nothing answered: it has its place, and no number yet. */
function Waiting(props: { put: WaitingPut }) {
  const scene = useScene()
  return (
    <li class="cand">
      <Dish name={null} size={WAITING_DISH_PX} flat passed />
      <div class="min-w-0 flex-1">
        <span class="cand-title">
          <b>{props.put.name}</b>
        </span>
        <div class="cand-who">
          <span class="seal" role="status">
            <Hourglass size={15} aria-hidden="true" />
            {t('places.willBePut')}
          </span>
        </div>
      </div>
      <Button look="txt" onClick={() => scene.puts.drop(props.put.key)}>
        {t('common.cancel')}
      </Button>
    </li>
  )
}
const WAITING_DISH_PX = 60

/** Nobody to decide with yet. */
const isAlone = (scene: Scene): boolean =>
  scene.writable() && !scene.demo() && scene.present().length === 1

/** What the header's icon does, in words, while it is the next thing to do. */
function InviteFriends(props: { look: 'pri' | 'sec' | 'line'; onInvite: () => void }) {
  return (
    <Button look={props.look} icon={<UserPlus size={20} />} onClick={() => props.onInvite()}>
      {t('rooms.inviteTitle')}
    </Button>
  )
}

function Empty(props: ListProps) {
  const scene = useScene()
  return (
    <StatePage
      class={props.searched ? 'py-2' : 'py-8'}
      title={t('places.emptyTitle')}
      text={scene.writable() ? t('places.emptyText') : undefined}
      actions={
        <>
          <Show when={scene.writable() && !props.searched}>
            <Button look="pri" icon={<Plus size={20} />} onClick={() => props.onAdd()}>
              {t('places.add')}
            </Button>
          </Show>
          <Show when={isAlone(scene)}>
            <InviteFriends
              look={props.searched ? 'pri' : 'sec'}
              onInvite={() => props.onInvite()}
            />
          </Show>
        </>
      }
    />
  )
}

function Row(props: { candidate: Candidate; list: ListProps }) {
  const scene = useScene()
  const round = () => scene.votes.round()
  const open = (): boolean => round()?.state === 'open'
  const number = (): number => props.candidate.number
  const kept = (): boolean => open() && scene.votes.isKept(number())
  const passed = (): boolean => open() && scene.votes.stance(number()) === 'passed'
  const act = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey)
      return
    if (voteByKey(scene, number(), event.key)) event.preventDefault()
  }
  return (
    <CandidateRow
      candidate={props.candidate}
      proposer={scene.person(props.candidate.proposerSeat)}
      mine={props.candidate.proposerSeat === scene.me().seat}
      distanceM={scene.distanceOf(props.candidate)}
      opening={openingNote(
        props.candidate,
        scene.now(),
        scene.state.view?.room.zone ?? 'Asia/Seoul',
      )}
      // Who has won leads no more: the result above says so.
      lead={open() && scene.leaders().has(number())}
      passed={passed()}
      line={!open() ? undefined : kept() || passed() || round()?.chosen ? 'seats' : 'menu'}
      seats={
        <RowSeats
          kept={kept()}
          passed={passed()}
          of={(round()?.chosen?.find(([n]) => n === number())?.[1] ?? []).map(scene.person)}
          places={scene.counted().length}
          me={scene.me().id}
        />
      }
      acts={
        <>
          <Show
            when={open() && scene.writable()}
            fallback={<RowMenu candidate={props.candidate} list={props.list} />}
          >
            <RowActs
              number={number()}
              name={props.candidate.name}
              stance={scene.votes.stance(number())}
              kept={kept()}
              guessable={isGuessable(scene)}
              refusals={scene.refusals(number())}
              passable={round()?.kind === 'first'}
              onAct={(kind) => scene.vote({ kind, number: number() })}
            />
          </Show>
        </>
      }
      onShow={() => props.list.onShow(props.candidate)}
      onKeyDown={act}
    />
  )
}

/** V votes, N passes: with focus in list or map only, and off by choice. */
export function voteByKey(
  scene: ReturnType<typeof useScene>,
  number: number,
  key: string,
): boolean {
  if (scene.votes.round()?.state !== 'open' || !scene.writable() || !scene.letterKeys())
    return false
  const stance = scene.votes.stance(number)
  if (key === 'v' || key === 'V' || key === 'ㅍ')
    scene.vote({ kind: stance === 'chosen' ? 'unchoose' : 'choose', number })
  else if ((key === 'n' || key === 'N' || key === 'ㅜ') && scene.votes.round()?.kind === 'first')
    scene.vote({ kind: stance === 'passed' ? 'unpass' : 'pass', number })
  else return false
  return true
}

function RowMenu(props: { candidate: Candidate; list: ListProps }) {
  const scene = useScene()
  const mayRemove = (): boolean =>
    scene.writable() &&
    (scene.rights() !== false || props.candidate.proposerSeat === scene.me().seat)
  const items = (): MenuItem[] => [
    ...(scene.demo() ? [] : directionsOf(props.candidate)).map(({ label, url }): MenuItem => ({
      label,
      icon: <ExternalLink size={18} />,
      onSelect: () => void window.open(url, '_blank', 'noreferrer'),
    })),
    ...(scene.writable()
      ? [
          {
            label: t('rooms.editNote'),
            icon: <Pencil size={18} />,
            line: true,
            onSelect: () => props.list.onAnnotate(props.candidate),
          },
        ]
      : []),
    ...(mayRemove()
      ? [
          {
            label: t('rooms.removeCandidate', { name: props.candidate.name }),
            icon: <Trash size={18} />,
            danger: true,
            onSelect: () => scene.removeCandidate(props.candidate),
          },
        ]
      : []),
  ]
  return (
    <Menu
      label={t('rooms.candidateMenu', {
        number: props.candidate.number,
        name: props.candidate.name,
      })}
      trigger={<Ellipsis size={20} />}
      items={items()}
    />
  )
}
