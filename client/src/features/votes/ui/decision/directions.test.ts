import { describe, expect, test } from 'vitest'
import { wayAddress, wayMaps } from './directions.ts'

const place = { name: '빈대떡마을', lat: 37.5559, lng: 126.9019 }
const name = '%EB%B9%88%EB%8C%80%EB%96%A1%EB%A7%88%EC%9D%84'

describe('the way in other maps', () => {
  test('each has the form that the map reads', () => {
    expect(wayAddress('kakao', place)).toBe(
      `https://map.kakao.com/link/to/${name},37.5559,126.9019`,
    )
    expect(wayAddress('google', place)).toBe(
      'https://www.google.com/maps/dir/?api=1&destination=37.5559%2C126.9019',
    )
    expect(wayAddress('osm', place)).toBe(
      'https://www.openstreetmap.org/directions?engine=fossgis_osrm_foot&to=37.5559%2C126.9019',
    )
  })

  test("Naver's is in metres of Web Mercator, east before north", () => {
    const [, x, y] = /\/-\/([\d.-]+),([\d.-]+),/.exec(wayAddress('naver', place)) ?? []
    // Half the equator is 20,037,508.34 m; and back again by the inverse.
    expect((Number(x) / 20_037_508.34) * 180).toBeCloseTo(place.lng, 5)
    const lat = (Math.atan(Math.sinh(Number(y) / 6_378_137)) * 180) / Math.PI
    expect(lat).toBeCloseTo(place.lat, 5)
    expect(wayAddress('naver', place)).toContain(`,${name},,ADDRESS_POI/-/walk`)
  })

  test('no name breaks out of its address', () => {
    for (const nasty of ['a,1,2', 'x/../../y', '\\', '?q=1#h', '"><script>', '100% 국밥', '🍚']) {
      for (const map of wayMaps) {
        const url = new URL(wayAddress(map, { ...place, name: nasty }))
        expect([
          'map.kakao.com',
          'map.naver.com',
          'www.google.com',
          'www.openstreetmap.org',
        ]).toContain(url.hostname)
        expect(url.hash).toBe('')
        expect(url.pathname.split('/')).not.toContain('..')
        if (map === 'kakao') expect(url.pathname.split(',')).toHaveLength(3)
        if (map === 'naver') expect(url.pathname.split('/')).toHaveLength(7)
      }
    }
  })
})
