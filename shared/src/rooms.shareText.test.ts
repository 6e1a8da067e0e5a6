import { expect, test } from 'vitest'
import { readShareText } from './rooms.shareText.ts'

const samples: [
  string,
  string,
  { name: string; address: string | null; link: string | null } | null,
][] = [
  [
    'Naver Map, Android',
    '[네이버 지도]\n한신포차 강남역점\n서울특별시 강남구 강남대로98길 12-5\nhttps://naver.me/5xAbCdEf',
    {
      name: '한신포차 강남역점',
      address: '서울특별시 강남구 강남대로98길 12-5',
      link: 'https://naver.me/5xAbCdEf',
    },
  ],
  [
    'Naver Map, heading on the line of the name, iPhone line ends',
    '[네이버지도] 을지면옥\r\n서울 중구 충무로14길 2-1\r\nhttps://naver.me/GxYz12Ab',
    { name: '을지면옥', address: '서울 중구 충무로14길 2-1', link: 'https://naver.me/GxYz12Ab' },
  ],
  [
    'Kakao Map with phone',
    '[카카오맵] 광화문국밥\n서울 중구 세종대로21길 53 (정동)\n02-738-5688\nhttps://place.map.kakao.com/27294028',
    {
      name: '광화문국밥',
      address: '서울 중구 세종대로21길 53 (정동)',
      link: 'https://place.map.kakao.com/27294028',
    },
  ],
  [
    'Kakao Map short link, lot address',
    '카카오맵\n역전할머니맥주 역삼점\n서울 강남구 역삼동 825-3\nhttps://kko.to/AbCdEfGhIj',
    {
      name: '역전할머니맥주 역삼점',
      address: '서울 강남구 역삼동 825-3',
      link: 'https://kko.to/AbCdEfGhIj',
    },
  ],
  [
    'all on one line',
    '[네이버 지도] 우래옥 본점 서울 중구 창경궁로 62-29 https://naver.me/xyz',
    { name: '우래옥 본점', address: '서울 중구 창경궁로 62-29', link: 'https://naver.me/xyz' },
  ],
  [
    'no address',
    '[네이버 지도]\n스타벅스\nhttps://naver.me/abc',
    { name: '스타벅스', address: null, link: 'https://naver.me/abc' },
  ],
  [
    'no link',
    '본수원갈비\n경기 수원시 팔달구 중부대로223번길 41',
    { name: '본수원갈비', address: '경기 수원시 팔달구 중부대로223번길 41', link: null },
  ],
  [
    'English app',
    '[NAVER Map]\nMyeongdong Kyoja\n29 Myeongdong 10-gil, Jung-gu, Seoul\nhttps://naver.me/En12',
    {
      name: 'Myeongdong Kyoja',
      address: '29 Myeongdong 10-gil, Jung-gu, Seoul',
      link: 'https://naver.me/En12',
    },
  ],
  [
    'a remark around it',
    '여기 어때?\n[카카오맵] 진주회관\n서울 중구 세종대로11길 26\nhttps://kko.to/abc.',
    { name: '진주회관', address: '서울 중구 세종대로11길 26', link: 'https://kko.to/abc' },
  ],
  ['only a link', 'https://naver.me/5xAbCdEf', null],
  ['only a sentence', '오늘 저녁에 뭐 먹을까?', null],
  ['a sentence with a foreign link', '이거 봐 https://example.com/cat', null],
  ['nothing', '  \n\u200b ', null],
]

test.each(samples)('%s', (_, text, reading) => {
  expect(readShareText(text)).toEqual(reading)
})

test.each([
  [
    'https://map.kakao.com/link/map/%EB%8F%99%EC%9D%BC%EB%A3%A8,37.5443,127.0557',
    37.5443,
    127.0557,
  ],
  ['https://map.kakao.com/link/map/37.5443,127.0557', 37.5443, 127.0557],
  [
    'https://www.google.com/maps/place/x/@37.5,127.0,17z/data=!3m1!3d37.5443!4d127.0557',
    37.5443,
    127.0557,
  ],
  ['https://maps.google.com/?q=37.5443,127.0557', 37.5443, 127.0557],
  ['https://www.openstreetmap.org/?mlat=37.5443&mlon=127.0557#map=17/1/2', 37.5443, 127.0557],
])('a link that says where: %s', (link, lat, lng) => {
  expect(readShareText(`동일루\n${link}`)).toEqual({
    name: '동일루',
    address: null,
    link,
    at: { lat, lng },
  })
})

test('a link that says nowhere, or nowhere on earth, gives no place', () => {
  for (const link of [
    'https://naver.me/5xAbCdEf',
    'https://map.kakao.com/link/map/x,97.5443,127.05',
  ])
    expect(readShareText(`동일루\n${link}`)).not.toHaveProperty('at')
})

test('long, hostile text is read in no time', () => {
  const texts = [
    '가'.repeat(2_000),
    '서울 '.repeat(500),
    '1'.repeat(2_000),
    'http://'.repeat(280),
    `${'a '.repeat(990)}Myeong-gil`,
  ]
  for (const text of texts) {
    const startedAt = performance.now()
    readShareText(text)
    // Backtracking would take minutes.
    expect(performance.now() - startedAt).toBeLessThan(2_000)
  }
})
