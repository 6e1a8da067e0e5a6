import { defaultRoomName } from '#shared/rooms.names.ts'
import type { Locale } from '#shared/users.ts'
import type { DecisionView } from '#shared/votes.ts'

/** The words of a share card. */
export interface CardText {
  room: string
  name: string
  /** px: 92 for short names, 72, and in two lines 64. */
  nameSize: number
  whenWhere: string
  who: string
}

type Shown = Pick<
  DecisionView,
  | 'winner'
  | 'people'
  | 'fine'
  | 'runoff'
  | 'roomName'
  | 'roomCreatedAt'
  | 'zone'
  | 'at'
  | 'when'
  | 'by'
>

/** Up to six people are counted in words, as in all Korean prose of the product. */
const PEOPLE_KO = ['', '한', '두', '세', '네', '다섯', '여섯']

/** A card's text in one language; the time is that of the room's zone. */
export function cardText(decision: Shown, locale: Locale): CardText {
  const { winner } = decision
  const name = winner.name
  return {
    room:
      decision.roomName ??
      defaultRoomName({ createdAt: decision.roomCreatedAt, zone: decision.zone }, locale),
    name,
    nameSize: sizeOf(name),
    whenWhere: [whenOf(decision, locale), winner.address]
      .filter((part) => part !== null && part !== '')
      .join(' · '),
    who: howFound(decision, locale),
  }
}

/** Widths in Hangul syllables; Latin letters and digits are about 0.58 of one. */
function sizeOf(name: string): number {
  let width = 0
  for (const letter of name) width += /[\u0020-\u024f]/.test(letter) ? 0.58 : 1
  if (width <= 7) return 92
  return width <= 12 ? 72 : 64
}

/** When they eat. Where nobody said so, the day of the decision, in words and without its hour: a bare time would be taken for the meal's. */
function whenOf({ when, at, zone }: Shown, locale: Locale): string {
  const day = (time: number): string =>
    new Intl.DateTimeFormat(locale, { month: 'long', day: 'numeric', timeZone: zone }).format(time)
  if (when === null) return locale === 'ko' ? `${day(at)}에 정했어요` : `Decided on ${day(at)}`
  const time = new Intl.DateTimeFormat(locale, {
    hour: 'numeric',
    minute: '2-digit',
    timeZone: zone,
  }).format(when)
  return locale === 'ko' ? `${day(when)} ${time}` : `${day(when)}, ${time}`
}

/** The page's own numbers: of those at the table, as many as have a tick. */
function howFound({ people, fine, by, runoff }: Shown, locale: Locale): string {
  const ko = locale === 'ko'
  if (by === 'draw') {
    if (runoff) return ko ? '결선도 같아 추첨으로 정했어요' : 'The run-off tied, so a draw decided'
    return ko ? '추첨으로 정했어요' : 'Decided by draw'
  }
  const all = people.length
  const chose = people.filter(({ choseWinner }) => choseWinner).length
  if (chose === 0) return ko ? '다 같이 정했어요' : 'Decided together'
  if (fine > 0 && !runoff)
    return ko
      ? `${peopleKo(chose)}이 고르고 ${peopleKo(fine)}은 아무거나 좋대요`
      : `${chose} chose it, ${fine} ${fine === 1 ? 'was' : 'were'} fine with anything`
  if (!ko)
    return `${chose === all ? `All ${all}` : `${chose} of ${all}`} chose it${runoff ? ' in the run-off' : ''}`
  const who = chose === all ? `${peopleKo(all)} 모두` : `${peopleKo(all)} 중 ${peopleKo(chose)}이`
  return `${who} ${runoff ? '결선에서 ' : ''}골랐어요`
}
function peopleKo(count: number): string {
  const word = PEOPLE_KO[count]
  return word ? `${word} 명` : `${count}명`
}
