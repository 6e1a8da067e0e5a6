import { createSignal, For, Show, untrack } from 'solid-js'
import { dishNames, dishOf } from '#shared/dishes.ts'
import { formatPrice, formatWalk } from '#client/lib/i18n/format.ts'
import { lang, t, tRich } from '#client/lib/i18n/i18n.ts'
import { ChatToken, Dish, LeadChip, NumberedDish, NumberMark } from '#client/ui/dish.tsx'
import { Portrait, PersonButton, PortraitStack } from '#client/ui/portrait.tsx'
import { Seats, type Seated } from '#client/ui/seats.tsx'
import { PassButton, VoteButton } from '#client/ui/vote.tsx'
import { Board, Row } from './ui.page.board.tsx'

const names = ['지우', '서연', '하린', 'Alex', '도윤', '민수', '유나', '태호', '소라', '준']
export const seated: Seated[] = names.map((name, at) => ({
  id: `person-${at}`,
  name,
  portrait: `seed${at * 7}abc`,
  colour: at + 1,
}))
const at = (index: number): Seated =>
  seated[index % seated.length] ?? { id: '', name: '', colour: 1 }

function Faces() {
  return (
    <>
      <Row name="Portrait: 72 with eyes, 36, 22, initial, me, ring, dim">
        <For each={seated}>{(sitter) => <Portrait of={sitter} size={72} />}</For>
        <Portrait of={{ name: '김', colour: 9 }} size={72} />
        <Portrait of={at(0)} size={36} me rim />
        <Portrait of={at(1)} size={36} ring />
        <Portrait of={at(2)} size={36} dim />
        <Portrait of={at(3)} size={22} />
        <PortraitStack of={seated.slice(0, 4)} size={30} most={4} />
      </Row>
      <Row name="Strip">
        <div class="flex gap-0.5">
          <PersonButton of={at(0)} mark="chosen" />
          <PersonButton of={at(1)} mark="chosen" speaking />
          <PersonButton of={at(2)} mark="muted" />
          <PersonButton of={at(4)} mark="choosing" />
          <PersonButton of={at(5)} away />
        </div>
        <div class="flex">
          <PersonButton of={at(0)} mark="chosen" named />
          <PersonButton of={at(1)} mark="chosen" speaking named />
          <PersonButton of={at(5)} mark="choosing" named />
        </div>
      </Row>
      <Row name="20 colours">
        <div class="flex flex-wrap gap-1">
          <For each={Array.from({ length: 20 }, (_, n) => n + 1)}>
            {(colour) => <Portrait of={{ name: String(colour), colour }} size={30} ring />}
          </For>
        </div>
      </Row>
    </>
  )
}

function CandidateRow(props: {
  number: number
  name: string
  menu: string
  price: number
  seats: number
  lead?: boolean
}) {
  const [chosen, setChosen] = createSignal(untrack(() => props.lead ?? false))
  const [refusals, setRefusals] = createSignal(0)
  const dish = () => dishOf({ category: 'korean', name: props.name, menu: props.menu })
  return (
    <li
      class="flex w-full items-center gap-3 rounded-lg py-2 pr-2.5 pl-3"
      classList={{ 'on-green bg-perilla-soft': props.lead }}
    >
      <NumberedDish number={props.number} name={dish()} size={60} flat lead={props.lead} />
      <div class="min-w-0 flex-1">
        <p class="flex flex-wrap items-center gap-x-1.5">
          <b class="text-16 leading-tight font-semi">{props.name}</b>
          <Show when={props.lead}>
            <LeadChip>{t('votes.leading')}</LeadChip>
          </Show>
        </p>
        <p class="tn mt-px text-13 text-ink-2">
          {formatPrice(props.price)} · {formatWalk(6)} · {props.menu}
        </p>
        <div class="mt-1 h-6.5">
          <Seats
            of={seated.slice(0, props.seats)}
            places={6}
            me="person-0"
            label={t('votes.seats', { names: names.slice(0, props.seats).join(', ') })}
          />
        </div>
      </div>
      <Show when={!chosen()}>
        <PassButton
          label={t('votes.passOn', { number: props.number, name: props.name })}
          passed={false}
          onToggle={() => setRefusals((count) => count + 1)}
        >
          {t('votes.pass')}
        </PassButton>
      </Show>
      <VoteButton
        label={t('votes.choose', { number: props.number, name: props.name })}
        chosen={chosen()}
        onToggle={() => setChosen(!chosen())}
        refusals={refusals()}
      />
    </li>
  )
}

export function PeopleBoard() {
  const ko = () => lang() === 'ko'
  return (
    <Board title="People and places">
      <Faces />
      <Row name="Seats: with empties, mine, over eight">
        <Seats of={seated.slice(0, 4)} places={6} me="person-1" label={names.join(', ')} />
        <Seats of={seated.slice(0, 10)} places={12} me="person-1" label={names.join(', ')} />
        <Seats of={[]} places={5} label={t('votes.seatsNone')} />
      </Row>
      <Row name="Candidate row, from the primitives (pass shakes the plate)">
        <ul class="-mx-3 flex w-[calc(100%+24px)] flex-col gap-1">
          <CandidateRow
            number={1}
            name={ko() ? '빈대떡마을' : 'Bindaetteok Maeul'}
            menu={ko() ? '해물파전' : 'Seafood pancake'}
            price={12_000}
            seats={4}
            lead
          />
          <CandidateRow
            number={2}
            name={ko() ? '동일루' : 'Dongillu'}
            menu={ko() ? '짜장면' : 'Black bean noodles'}
            price={5_000}
            seats={3}
          />
        </ul>
      </Row>
      <Row name="NumberMark sm map md lg, lead; ChatToken">
        <NumberMark number={1} size="sm" />
        <NumberMark number={2} size="map" />
        <NumberMark number={3} />
        <NumberMark number={12} />
        <NumberMark number={4} size="lg" />
        <NumberMark number={5} size="lg" lead />
        <p>
          {tRich('chat.putForward', {
            name: '도윤',
            place: {
              text: '동일루',
              node: <ChatToken number={2} name="동일루" onClick={() => {}} />,
            },
          })}
        </p>
      </Row>
      <Row name="Dish: standing, leading, flat, passed, empty">
        <Dish name="jeon" size={62} />
        <Dish name="jeon" size={62} lead />
        <Dish name="jjajang" size={60} flat />
        <Dish name="gomtang" size={60} flat passed />
        <Dish name={null} size={60} flat />
        <NumberedDish number={2} name="naeng" size={96} at="bottom" />
      </Row>
      <Row name="29 drawn dishes">
        <div class="flex flex-wrap gap-2">
          <For each={dishNames}>{(name) => <Dish name={name} size={52} flat />}</For>
        </div>
      </Row>
    </Board>
  )
}
