import { describe, expect, it } from 'vitest'
import type { TwinRecord } from '#shared/places.twins.ts'
import { linkTwins, nameParts, twinLikeness } from './policy.twins.ts'

const METRE = 1 / 111_320
let count = 0

function record(source: string, name: string, more: Partial<TwinRecord> & { north?: number } = {}) {
  const { north = 0, ...rest } = more
  count++
  const made: TwinRecord = {
    id: `${source}-${String(count).padStart(4, '0')}`,
    source,
    name,
    nameEn: null,
    brand: null,
    phone: null,
    lat: 37.5 + north * METRE,
    lng: 127,
    importedAt: count,
    sameAs: null,
    ...rest,
  }
  return made
}

const allPairs = (records: readonly TwinRecord[]) =>
  records.flatMap((a, i) => records.slice(i + 1).map((b) => [a.id, b.id] as const))

describe('names of shops', () => {
  it.each([
    ['스타벅스 천호역점', '천호역', 'starbucks'],
    ['스타벅스(천호역점)', '천호역', 'starbucks'],
    ['망원 닭칼국수', null, null],
    ['BHC치킨 둔촌지점', '둔촌', 'bhc'],
    ['Starbucks - 3rd Ave', '3rd Ave', 'starbucks'],
  ])('%s is the branch %s of %s', (name, branch, brand) => {
    const parts = nameParts(name, null)
    expect(parts.branch).toBe(branch === null ? null : nameParts(branch, null).whole)
    expect(parts.brand).toBe(brand)
  })
})

describe('one shop of two sources', () => {
  it.each<[string, TwinRecord, TwinRecord]>([
    ['the same name next door', record('a', '동일루'), record('b', '동일루', { north: 60 })],
    ['spelled with a space', record('a', '망원 닭칼국수'), record('b', '망원닭칼국수')],
    [
      'a chain in two scripts at one door',
      record('a', '스타벅스 천호점'),
      record('b', 'Starbucks', { north: 20 }),
    ],
    [
      'the same branch, 90 m off',
      record('a', '스타벅스 천호점'),
      record('b', '스타벅스(천호점)', { north: 90 }),
    ],
    [
      'its English name is the other one’s name',
      record('a', '등대 국밥', { nameEn: 'Lighthouse Gukbap' }),
      record('b', 'Lighthouse Gukbap', { north: 30 }),
    ],
    [
      'a slip of the pen',
      record('a', '할머니손칼국수'),
      record('b', '할머니손칼국시', { north: 5 }),
    ],
  ])('%s', (_, a, b) => {
    expect(twinLikeness(a, b)).toBeGreaterThan(0.4)
    expect(twinLikeness(b, a)).toBe(twinLikeness(a, b))
  })

  it.each<[string, TwinRecord, TwinRecord]>([
    ['one source knows its own shops', record('a', '동일루'), record('a', '동일루')],
    ['too far', record('a', '동일루'), record('b', '동일루', { north: 140 })],
    ['two branches on one point', record('a', '김밥천국 천호점'), record('b', '김밥천국 길동점')],
    [
      'a chain’s next branch over the street',
      record('a', 'Starbucks'),
      record('b', 'Starbucks', { north: 80 }),
    ],
    ['another shop on the same point', record('a', '동일루'), record('b', '서강반점')],
    ['short names that are nearly alike', record('a', '명가'), record('b', '명기')],
    [
      'two of a chain with telephones of their own',
      record('a', '본죽', { phone: '02-123-4567' }),
      record('b', '본죽&비빔밥', { phone: '02-987-6543', brand: '본죽' }),
    ],
  ])('not: %s', (_, a, b) => expect(twinLikeness(a, b)).toBeNull())
})

describe('links', () => {
  it('point at the oldest, and say nothing of records that stay as they are', () => {
    const old = record('a', '동일루')
    const twins = [record('b', '동일루', { north: 10 }), record('c', '동일루', { north: 20 })]
    const alone = record('b', '서강반점')
    const records = [...twins, old, alone]
    const changes = linkTwins(records, allPairs(records))
    expect([...changes]).toEqual(
      expect.arrayContaining(twins.map((twin) => [twin.id, old.id] as const)),
    )
    expect(changes.size).toBe(2)
  })

  it('stay where they point when the older one is read again', () => {
    const first = record('a', '동일루', { importedAt: 9_999 })
    const twin = record('b', '동일루', { sameAs: first.id })
    expect(linkTwins([twin, first], [[twin.id, first.id]]).size).toBe(0)
  })

  it('end when the two turn out to be branches', () => {
    const first = record('a', '김밥천국 천호점')
    const twin = record('b', '김밥천국 길동점', { sameAs: first.id })
    expect([...linkTwins([first, twin], [[first.id, twin.id]])]).toEqual([[twin.id, null]])
  })

  it('never hold two of one source, also by way of a third', () => {
    const records = [
      record('a', '동일루'),
      record('b', '동일루', { north: 50 }),
      record('a', '동일루', { north: 100 }),
    ]
    const changes = linkTwins(records, allPairs(records))
    expect(changes.size).toBeLessThan(2)
  })

  it('are not made when two of one source fit equally well', () => {
    const records = [record('a', '김밥천국'), record('a', '김밥천국'), record('b', '김밥천국')]
    expect(linkTwins(records, allPairs(records)).size).toBe(0)
  })

  it('leave 25 shops on one point apart, and find each its own', () => {
    const names = Array.from(
      { length: 25 },
      (_, i) => `${'가나다라마바사아자차카타파'[i % 13]}${i}호식당`,
    )
    const records = ['a', 'b'].flatMap((source) => names.map((name) => record(source, name)))
    const changes = linkTwins(records, allPairs(records))
    expect(changes.size).toBe(25)
    for (const [from, to] of changes) {
      const nameOf = (id: string | null) => records.find((one) => one.id === id)?.name
      expect(nameOf(from)).toBe(nameOf(to))
    }
  })
})
