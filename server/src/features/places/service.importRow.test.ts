import { expect, test } from 'vitest'
import { guessCrs, unproject } from './service.importCrs.ts'
import { type RowRules, readKey, readPlace } from './service.importRow.ts'

const rules: RowRules = { source: 'test', names: {}, crs: 'EPSG:4326', area: null }

function read(value: unknown, changed: Partial<RowRules> = {}) {
  const key = readKey(value, { ...rules, ...changed })
  return typeof key === 'string' ? key : readPlace(key, { ...rules, ...changed })
}
const at = { lat: 37.5, lon: 127 }

test('Overpass: a node, a way by its centre, its box or its corners, under the ids that the map gives them', () => {
  const tags = { amenity: 'restaurant', name: '을지면옥' }
  const elements = [
    { type: 'node', id: 1, lat: 37.5, lon: 127, tags },
    { type: 'way', id: 2, center: { lat: 37.5, lon: 127 }, tags },
    { type: 'way', id: 3, bounds: { minlat: 37.4, maxlat: 37.6, minlon: 126, maxlon: 128 }, tags },
    {
      type: 'relation',
      id: 4,
      geometry: [
        { lat: 37, lon: 127 },
        { lat: 38, lon: 127 },
      ],
      tags,
    },
  ]
  expect(elements.map((each) => read(each))).toMatchObject(
    ['node/1', 'way/2', 'way/3', 'relation/4'].map((sourceId) => ({
      sourceId,
      name: '을지면옥',
      lat: 37.5,
      lng: 127,
    })),
  )
  expect(read({ type: 'way', id: 5, tags })).toBe('no_coordinates')
  expect(read({ type: 'node', id: 6, ...at, tags: { amenity: 'bank', name: '은행' } })).toBe(
    'no_food',
  )
  expect(read({ type: 'node', id: 7, ...at })).toBe('no_food')
})

test('tags: brand, phone, website, diet, hours, address, and every other name for the search', () => {
  const place = read({
    type: 'node',
    id: 1,
    ...at,
    tags: {
      amenity: 'restaurant',
      shop: 'deli',
      name: '초록밥상',
      'name:en': 'Green Table',
      'name:ja': '緑の食卓',
      'name:etymology': '모름',
      alt_name: '풀밥상;녹색밥상',
      old_name: '옛밥상',
      official_name: '주식회사 초록',
      brand: '스타벅스',
      'brand:en': 'Starbucks',
      operator: '에스씨케이',
      phone: '+82 2 123 4567;+82 2 765 4321',
      'contact:website': 'example.com/menu',
      'diet:vegan': 'only',
      'diet:halal': 'yes',
      'diet:kosher': 'no',
      cuisine: 'korean',
      opening_hours: 'Mo-Fr 11:00-21:00',
      'addr:city': '서울',
      'addr:street': '을지로',
      'addr:housenumber': '12',
    },
  })
  expect(place).toMatchObject({
    nameEn: 'Green Table',
    brand: '스타벅스',
    phone: '+82 2 123 4567',
    website: 'https://example.com/menu',
    diet: ['vegetarian', 'vegan', 'halal'],
    hours: 'Mo-Fr 11:00-21:00',
    address: '서울 을지로 12',
    category: 'korean',
  })
  const doc = typeof place === 'string' ? '' : place.doc
  const found = (other: string): boolean => {
    const folded = read({ name: other, ...at })
    return typeof folded !== 'string' && doc.includes(folded.doc.split('|')[1] ?? '-')
  }
  for (const name of ['녹색밥상', '옛밥상', '주식회사 초록', '緑の食卓', 'Starbucks'])
    expect([name, found(name)]).toEqual([name, true])
  for (const name of ['에스씨케이', '모름']) expect([name, found(name)]).toEqual([name, false])
})

test('a website is a page and nothing else; a number that is none is left out', () => {
  const told = (website: string, phone = '') => read({ name: '집', ...at, website, phone })
  expect(told('javascript:alert(1)')).toMatchObject({ website: null, phone: null })
  expect(told('http://a.kr/ x', '전화 없음')).toMatchObject({
    website: 'http://a.kr/',
    phone: null,
  })
  expect(told('없음', '02-123-4567')).toMatchObject({ website: null, phone: '02-123-4567' })
})

test('menus: a list with prices, and the dish that a register names with its price', () => {
  const menus = [
    { name: '칼국수', nameEn: 'Kalguksu', price: '9,000원' },
    { name: ' ' },
    { name: '만두', price: 5 },
  ]
  expect(read({ name: '집', ...at, menus })).toMatchObject({
    menu: '칼국수, 만두',
    price: 9_000,
    menus: [
      { name: '칼국수', nameEn: 'Kalguksu', price: 9_000 },
      { name: '만두', nameEn: null, price: 5 },
    ],
  })
  const register = {
    업소명: '바보네집',
    위도: '37.5',
    경도: '127',
    '시/도': '서울',
    '시/군/구': '강남구',
    '주소(도로명 새주소 명기)': '(논현2동)논현로120길 14',
    대표품목: '김치찌개',
    '변경후 가격(원)': '6000',
    업종: '한식',
  }
  expect(read(register)).toMatchObject({
    name: '바보네집',
    address: '서울 강남구 (논현2동)논현로120길 14',
    menu: '김치찌개',
    price: 6_000,
    menus: [{ name: '김치찌개', nameEn: null, price: 6_000 }],
  })
  expect(read({ ...register, 업종: '이미용업' })).toBe('not_food')
  const dish = { ...register, 업종: '기타', 업소명: '꼬모도', 대표품목: '치즈피자' }
  expect(read(dish)).toMatchObject({ category: 'pizza' })
  const whole = { ...register, '주소(도로명 새주소 명기)': '서울특별시 강남구 논현로120길 14' }
  expect(read(whole)).toMatchObject({ address: '서울특별시 강남구 논현로120길 14' })
})

test('the licence register: its grid, its id, its states; branches in a column of their own', () => {
  const row = {
    관리번호: '3220000-101-2026-00397',
    사업장명: '헤즈업',
    영업상태명: '영업/정상',
    상세영업상태명: '영업',
    도로명전체주소: '서울특별시 강남구 강남대로152길 33, 3층 (신사동)',
    소재지전화: '02 1234567',
    업태구분명: '한식',
    '좌표정보X(EPSG5174)': '200000',
    '좌표정보Y(EPSG5174)': '450000',
  }
  const crs = 'EPSG:5174'
  const place = read(row, { crs })
  expect(place).toMatchObject({ sourceId: row.관리번호, name: '헤즈업', phone: '02 1234567' })
  expect(place).toMatchObject({
    lat: expect.closeTo(37.552268, 5),
    lng: expect.closeTo(127.000788, 5),
  })
  expect(read({ ...row, 영업상태명: '폐업' }, { crs })).toBe('gone')
  expect(read({ ...row, '좌표정보X(EPSG5174)': '' }, { crs })).toBe('no_coordinates')
  expect(read({ ...row, '좌표정보X(EPSG5174)': '9999999' }, { crs })).toBe('outside_world')
  const shop = { 상호명: '스타벅스', 지점명: '망원역점', 상권업종대분류명: '음식', ...at }
  expect(read(shop)).toMatchObject({ name: '스타벅스 망원역점' })
  expect(read({ ...shop, 상권업종대분류명: '소매' })).toBe('not_food')
})

/** Computed by PROJ 9 (`cs2cs`), EPSG's own transformations. */
const known = [
  ['EPSG:5174', 200_000, 450_000, 37.552268, 127.000788],
  ['EPSG:5174', 389_000, 187_000, 35.164434, 129.075169],
  ['EPSG:5174', 155_000, -1_000, 33.486462, 126.516626],
  ['EPSG:5179', 955_000, 1_952_000, 37.566265, 126.990444],
  ['EPSG:5179', 1_150_000, 1_690_000, 35.194131, 129.14763],
] as const

test('Korea’s grids come out where PROJ puts them, to 20 cm, and are told by their size or their column', () => {
  for (const [crs, x, y, lat, lng] of known) {
    const point = unproject(crs, x, y)
    expect(Math.abs(point.lat - lat) * 111_000).toBeLessThan(0.2)
    expect(Math.abs(point.lng - lng) * 90_000).toBeLessThan(0.2)
    expect(guessCrs(['x', 'y'], [[x, y]])).toBe(crs)
  }
  expect(guessCrs(['x', 'y'], [[127, 37.5]])).toBe('EPSG:4326')
  expect(guessCrs(['좌표정보X(EPSG5174)'], [])).toBe('EPSG:5174')
})

test('an area takes what lies in it, over the date line too', () => {
  const seoul = { south: 37.4, west: 126.7, north: 37.7, east: 127.2 }
  expect(read({ name: '집', ...at }, { area: seoul })).toMatchObject({ name: '집' })
  expect(read({ name: '집', lat: 35, lon: 127 }, { area: seoul })).toBe('outside_area')
  const fiji = { south: -20, west: 177, north: -15, east: -178 }
  expect(read({ name: 'Cafe', lat: -17, lon: -179 }, { area: fiji })).toMatchObject({ lng: -179 })
  expect(read({ name: 'Cafe', lat: -17, lon: 170 }, { area: fiji })).toBe('outside_area')
})

test('a column is named by a flag, and by - none is read', () => {
  const row = { 상호명: '간판', 이름: '진짜', price: 5_000, ...at }
  expect(read(row, { names: { name: '이름', price: '-' } })).toMatchObject({
    name: '진짜',
    price: null,
  })
  expect(read({ 'addr:flat': '12', lon: 127, name: '집' })).toBe('no_coordinates')
})
