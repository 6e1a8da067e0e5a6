import { expect, test } from 'vitest'
import { surveyText } from './service.importSurvey.ts'

test('a register’s columns: what is read from where, what is not, and on which grid', async () => {
  const text = `번호,관리번호,영업상태명,소재지전화,소재지전체주소,도로명전체주소,사업장명,업태구분명,좌표정보X(EPSG5174),좌표정보Y(EPSG5174),시설총규모
1,A-1,영업/정상,,서울 중구 을지로 1,서울 중구 을지로 2,을지면옥,한식,198000.1,451000.2,80
2,A-2,영업/정상,,서울 중구 을지로 3,서울 중구`
  expect(await surveyText(text, 'csv', {})).toMatchObject({
    used: {
      name: ['사업장명'],
      lat: ['좌표정보Y(EPSG5174)'],
      lon: ['좌표정보X(EPSG5174)'],
      id: ['관리번호'],
      category: ['업태구분명'],
      address: ['도로명전체주소', '소재지전체주소'],
      phone: ['소재지전화'],
      status: ['영업상태명'],
    },
    unused: ['번호', '시설총규모'],
    crs: 'EPSG:5174',
    elements: false,
  })
  const changed = await surveyText(text, 'csv', { name: '번호', address: '-' })
  expect(changed?.used).toMatchObject({ name: ['번호'] })
  expect(changed?.used).not.toHaveProperty('address')
  expect(changed?.unused).toContain('사업장명')
})

test('columns called x and y hold a grid when their numbers say so', async () => {
  const rows = '\n집\t955000\t1952000\n집\t955100\t1952100'
  expect((await surveyText(`name\tx\ty${rows}`, 'csv', {}))?.crs).toBe('EPSG:5179')
})

test('features and elements bring their points and tags themselves', async () => {
  const feature =
    '{"type":"Feature","properties":{"name":"집"},"geometry":{"type":"Point","coordinates":[127,37.5]}}'
  const geo = await surveyText(
    `{"type":"FeatureCollection","features":[${feature},{"type":"Fea`,
    'json',
    {},
  )
  expect(geo).toMatchObject({ geometry: true, elements: false, used: { name: ['name'] } })
  const overpass =
    '{"version":0.6,"elements":[{"type":"node","id":1,"lat":37.5,"lon":127,"tags":{"name":"집"}}]}'
  expect(await surveyText(overpass, 'json', {})).toMatchObject({ elements: true, crs: 'EPSG:4326' })
  expect(await surveyText('', 'csv', {})).toBeNull()
})
