import type { Locale } from '#shared/users.ts'

const WORDS: Record<
  Locale,
  { moods: readonly string[]; creatures: readonly string[]; join: string }
> = {
  ko: {
    moods: [
      '배고픈',
      '든든한',
      '느긋한',
      '졸린',
      '신난',
      '수줍은',
      '용감한',
      '다정한',
      '엉뚱한',
      '재빠른',
      '포근한',
      '반짝이는',
      '설레는',
      '씩씩한',
    ],
    creatures: [
      '소라',
      '감자',
      '만두',
      '도토리',
      '고래',
      '수달',
      '참새',
      '다람쥐',
      '해달',
      '두루미',
      '꽃게',
      '너구리',
      '밤송이',
      '조랑말',
      '옥수수',
      '문어',
    ],
    join: ' ',
  },
  en: {
    moods: [
      'Hungry',
      'Cosy',
      'Sleepy',
      'Sunny',
      'Brave',
      'Gentle',
      'Lively',
      'Mellow',
      'Curious',
      'Swift',
      'Merry',
      'Calm',
    ],
    creatures: [
      'Conch',
      'Otter',
      'Acorn',
      'Sparrow',
      'Dumpling',
      'Crane',
      'Heron',
      'Chestnut',
      'Raccoon',
      'Potato',
      'Walnut',
      'Octopus',
      'Whale',
      'Pony',
    ],
    join: ' ',
  },
}

function pick<T>(all: readonly T[], not?: T): T | undefined {
  const others = all.filter((one) => one !== not)
  return others[Math.floor(Math.random() * others.length)]
}

/** A friendly nickname to start with, such as 배고픈 소라 or Hungry Conch; another one than `not`. */
export function suggestName(locale: Locale, not = ''): string {
  const { moods, creatures, join } = WORDS[locale]
  const [mood, creature] = not.split(join)
  return `${pick(moods, mood)}${join}${pick(creatures, creature)}`
}

/** Whether a name is one of the suggestions, in either language: nobody chose it yet. A number for equal names doesn't count. */
export function isSuggested(name: string): boolean {
  const plain = name.replace(/\s?\d+$/, '')
  return Object.values(WORDS).some(({ moods, creatures, join }) => {
    const [mood = '', creature = '', ...more] = plain.split(join)
    return more.length === 0 && moods.includes(mood) && creatures.includes(creature)
  })
}
