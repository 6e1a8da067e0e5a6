import type { FriendId } from '#shared/demo.friends.ts'
import type { Locale } from '#shared/users.ts'
import { oneOf } from './policy.friends.ts'

/** Variants of one line. `{place}`, `{dish}` and `{number}` are filled in. */
type Variants = readonly [string, ...string[]]
type Lines = Record<Locale, Variants>
type ByFriend = Record<FriendId, Lines>

const line = (ko: string, en: string): Lines => ({ ko: [ko], en: [en] })

const hello: ByFriend = {
  mina: {
    ko: ['안녕하세요, 미나예요. 배고파서 일찍 왔어요', '왔네요. 잘 왔어요. 오늘 뭐 먹을까요?'],
    en: ['Hi, I’m Mina. I got hungry and came early', 'You’re here, good. What shall we eat?'],
  },
  kkiruk: {
    ko: ['끼룩. 위에서 맛있는 냄새를 맡았어요', '끼룩! 바로 날아왔어요'],
    en: ['Kkiruk. I smelled lunch from up there', 'Kkiruk! I flew straight here'],
  },
  captain: {
    ko: ['배 묶어 놓고 왔어요. 천천히 정해요', '바람이 좋아서 금방 왔어요. 반가워요'],
    en: ['Boat’s tied up. Let’s take our time', 'Good wind today. Nice to see you'],
  },
}
const proposed: ByFriend = {
  mina: {
    ko: ['{place} 어때요? {dish} 자꾸 생각나요', '저는 {place}. {dish} 나눠 먹어요'],
    en: ['How about {place}? I can’t stop thinking about it', '{place} for me. We can share'],
  },
  kkiruk: line(
    '{place} 올렸어요. 갈매기라서 어쩔 수 없어요',
    '{place}, of course. I’m a gull, after all',
  ),
  captain: line(
    '저는 늘 {place} 가요. 속이 든든해요',
    'I always end up at {place}. It keeps you going',
  ),
}
const liked: ByFriend = {
  mina: {
    ko: ['오, {place} 좋다. 가 보고 싶었어요', '{place}! 저도 궁금했던 곳이에요'],
    en: ['Oh, {place}. I’ve wanted to go', '{place}! I was curious about that one'],
  },
  kkiruk: {
    ko: ['거기 지붕에 자주 앉아 있어요. 냄새가 좋아요', '{place}? 잠깐 날아가서 볼게요'],
    en: ['I often sit on that roof. It smells wonderful', '{place}? Let me fly over and look'],
  },
  captain: {
    ko: ['{place} 좋죠. 사장님이 인심이 좋아요', '#{number} 괜찮네요. 걸어가기도 좋아요'],
    en: ['{place}, good choice. They’re generous there', '#{number} is fine. A nice walk, too'],
  },
}
const insteadOf: ByFriend = {
  mina: line(
    '제가 가던 데는 지금 안 열었네요. {place} 어때요?',
    'My usual place isn’t open now. How about {place}?',
  ),
  kkiruk: line(
    '단골집 문이 닫혔어요. {place}, 여기는 열려 있어요',
    'My usual roof is dark. {place} is open, though',
  ),
  captain: line(
    '늘 가던 집은 지금 안 해요. {place} 가요',
    'My usual is closed just now. {place}, then',
  ),
}
const shut: ByFriend = {
  mina: line(
    '{place}, 지금은 안 열었네요. 문 열면 같이 가요',
    '{place} isn’t open now. Let’s go when it is',
  ),
  kkiruk: line('거기 지금은 불이 꺼져 있어요', 'The lights are off there right now'),
  captain: line(
    '{place} 좋죠. 지금은 쉬는 시간이에요',
    '{place} is a good one. It’s resting just now',
  ),
}
const pinged: ByFriend = {
  mina: line('여기요? 같이 볼게요', 'Here? I’m looking'),
  kkiruk: line('금방 날아갈게요', 'Flying over'),
  captain: line('거기 보여요', 'I see it'),
}
const followed: ByFriend = {
  mina: line('같이 봐요. 천천히 움직일게요', 'Let’s look together. I’ll go slowly'),
  kkiruk: line('따라오세요. 천천히 날게요', 'Come along. I’ll fly slowly'),
  captain: line('같이 가요. 이 동네 길은 다 알아요', 'Come with me. I know every street here'),
}
const greeted: ByFriend = {
  mina: line('반가워요', 'Good to see you'),
  kkiruk: line('끼룩, 반가워요', 'Kkiruk, hello'),
  captain: line('어서 와요', 'Welcome aboard'),
}
const asked: ByFriend = {
  mina: line('저라면 {place} 갈래요', 'I’d say {place}'),
  kkiruk: line('{place} 쪽에서 맛있는 냄새가 나요', 'Something smells good over at {place}'),
  captain: line('든든한 거라면 {place} 어때요?', 'For a proper meal, {place}'),
}
const numbered: ByFriend = {
  mina: line('#{number} 저도 보고 있었어요', 'I was looking at #{number} too'),
  kkiruk: line('#{number} 위를 지나가 볼게요', 'I’ll fly past #{number}'),
  captain: line('#{number} 괜찮죠', '#{number} is a good one'),
}
const thanked: ByFriend = {
  mina: line('저도 고마워요', 'Thank you, too'),
  kkiruk: line('끼룩', 'Kkiruk'),
  captain: line('별말을 다 해요', 'Any time'),
}
const heard: ByFriend = {
  mina: { ko: ['네, 좋아요', '음, 그래요'], en: ['Sure, sounds good', 'Hm, yes'] },
  kkiruk: line('끼룩', 'Kkiruk'),
  captain: line('허허, 그래요', 'Ha, all right'),
}
const all = (lines: Lines): ByFriend => ({ mina: lines, kkiruk: lines, captain: lines })

const lines = {
  hello,
  proposed,
  insteadOf,
  liked,
  shut,
  pinged,
  followed,
  greeted,
  asked,
  numbered,
  thanked,
  heard,
  come: all(line('지금 가요', 'Coming')),
  put: all(
    line(
      '가 보고 싶은 데 있어요? 지도에서 눌러서 올려 보세요',
      'Anywhere you’d like to go? Tap it on the map and put it forward',
    ),
  ),
  ask: all({
    ko: ['이제 고를까요? 준비되면 시작해 주세요', '고를까요? 시작은 편할 때 눌러 주세요'],
    en: ['Shall we choose? Start when you’re ready', 'Shall we choose? Whenever you like'],
  }),
  started: all(line('좋아요, 골라 볼게요', 'Good, let me choose')),
  waiting: all(line('천천히 골라도 돼요. 기다릴게요', 'Take your time. We’ll wait')),
  joined: all(line('#{number}도 좋네요. 저도 골랐어요', '#{number} sounds good. I chose it too')),
  last: all(line('그럼 저도 #{number}. 끼룩', '#{number} for me, then. Kkiruk')),
  runoff: all(line('결선이네요. 하나만 고르면 돼요', 'A run-off. One each')),
  result: all({
    ko: ['그럼 {place} 가요. 벌써 배고파요', '{place}, 좋아요. 잘 정했어요'],
    en: ['Then it’s {place}. I’m hungry already', '{place} it is. Well chosen'],
  }),
  later: all(
    line(
      '{place} 문 열면 바로 가요. 그때까지 참을게요',
      '{place} it is, once it opens. I can wait',
    ),
  ),
  asleep: all(
    line(
      '이 시간엔 다들 자네요. 그래도 가고 싶은 데를 올려 보세요',
      'Everyone’s asleep at this hour. Put forward what you’d like anyway',
    ),
  ),
  leaving: all(line('자, 슬슬 걸어가요', 'Right, let’s stroll over')),
  again: all(line('괜찮아요. 다시 골라 봐요', 'That’s fine. Let’s try again')),
  rest: all(
    line('저는 바다 보고 있을게요. 편할 때 불러요', 'I’ll be watching the sea. Call me any time'),
  ),
} satisfies Record<string, ByFriend>

export type Topic = keyof typeof lines
export const topics = Object.keys(lines) as readonly Topic[]

/** What friends write on a spot that they show. */
export const pingWords: Record<Locale, string> = { ko: '여기 어때?', en: 'How about here?' }

export interface LineFacts {
  place?: string | undefined
  dish?: string | undefined
  number?: number | undefined
}

/** A line as the friend would say it; the same for the same seed and key. */
export function lineOf(
  about: { topic: Topic; friend: FriendId; locale: Locale },
  facts: LineFacts,
  chance: { seed: string; key: string },
): string {
  const variants = lines[about.topic][about.friend][about.locale]
  return oneOf(chance.seed, chance.key, variants).replace(
    /\{(place|dish|number)\}/gu,
    (_, name: keyof LineFacts) => String(facts[name] ?? ''),
  )
}

/** What a message of a person is about, for an answer that fits. */
export function topicOfMessage(body: string): {
  topic: Extract<Topic, 'greeted' | 'asked' | 'numbered' | 'thanked' | 'heard'>
  number?: number
} {
  const text = body.toLowerCase()
  const number = /#(\d{1,3})|(\d{1,3})\s*번/u.exec(text)
  if (number) return { topic: 'numbered', number: Number(number[1] ?? number[2]) }
  if (/안녕|반가|하이|^(hi|hello|hey)\b/u.test(text)) return { topic: 'greeted' }
  if (/고마|감사|땡큐|\bthank/u.test(text)) return { topic: 'thanked' }
  if (/[?？]|뭐|어디|추천|what|where|recommend/u.test(text)) return { topic: 'asked' }
  return { topic: 'heard' }
}
