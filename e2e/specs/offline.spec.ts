import { expect, test } from '@playwright/test'
import type { VotesState } from '#shared/votes.ts'
import { ChatPage } from '../pages/chat.ts'
import { openRoomOf } from '../pages/presence.ts'
import { nth, PHONE, putForward, GROUND, sitDown } from '../pages/seats.ts'

const AWAY_MS = 10_000

test('ten seconds without network: taps wait, the last intent counts, nothing is lost, and all is current again', async ({
  browser,
  baseURL,
}) => {
  const room = await openRoomOf(baseURL ?? '', ['서연', '하린'], GROUND)
  const [host, guest] = [nth(room.members, 0), nth(room.members, 1)]
  await putForward(host, room.roomId, ['동일루', '빈대떡마을', '김씨네'])
  const { id: roundId } = await host.mutate<{ id: string }>('votes.open', {
    roomId: room.roomId,
    lengthMs: 600_000,
  })
  const a = await sitDown(browser, room, host)
  const b = await sitDown(browser, room, guest, PHONE)
  await b.choose(1, '동일루')
  await a.expectCount(1, 2)

  await b.context.setOffline(true)
  const cutAt = Date.now()
  await expect(b.page.getByText('연결이 끊겼어요')).toBeVisible()
  // The banner covers neither the way out nor the clock.
  await b.page.getByRole('button', { name: '뒤로' }).click({ trial: true })
  await b.raiseSheet()
  await b.plate(1, '동일루').click()
  await b.plate(2, '빈대떡마을').click()
  await b.plate(2, '빈대떡마을').click()
  await b.plate(3, '김씨네').click()
  await expect(b.plate(3, '김씨네')).toHaveAttribute('aria-pressed', 'true')
  await expect(b.row('김씨네')).toContainText('다시 연결되면 보내요')
  // Meanwhile the others go on.
  await a.choose(2, '빈대떡마을')
  await a.putPin('새로 나온 집')
  const chat = new ChatPage(a.page)
  await chat.open()
  await chat.send('거기 있어요?')
  expect((await stateOf(host, room.roomId)).chosen).toEqual([
    [1, [2]],
    [2, [1]],
  ])
  await b.page.waitForTimeout(Math.max(0, AWAY_MS - (Date.now() - cutAt)))
  // A sheet whose code may not be here yet waits for the network, and nothing breaks.
  await b.page.getByRole('button', { name: '이름, 메뉴, 주소로 찾기' }).click()
  await b.context.setOffline(false)

  await expect(b.page.getByText('연결이 끊겼어요')).toHaveCount(0)
  const sheet = b.page.getByRole('dialog', { name: '장소 올리기' })
  await expect(sheet).toBeVisible()
  // Now it is there, and a place put forward without network goes out by itself.
  await sheet.getByRole('button', { name: '지도에 핀 꽂기' }).click()
  await sheet.getByRole('textbox', { name: '이 곳의 이름' }).fill('끊긴 채 올린 집')
  await b.context.setOffline(true)
  await sheet.getByRole('button', { name: '올리기', exact: true }).click()
  await expect(sheet).toBeHidden()
  await expect(b.row('끊긴 채 올린 집')).toContainText('다시 연결되면 올려요')
  await b.context.setOffline(false)
  await expect(b.dish(5, '끊긴 채 올린 집')).toBeAttached()
  await expect(a.row('끊긴 채 올린 집')).toHaveCount(1)
  await expect(b.row('김씨네')).not.toContainText('다시 연결되면 보내요')
  await expect(b.plate(1, '동일루')).toHaveAttribute('aria-pressed', 'false')
  await expect(b.plate(2, '빈대떡마을')).toHaveAttribute('aria-pressed', 'false')
  await expect(b.plate(3, '김씨네')).toHaveAttribute('aria-pressed', 'true')
  await expect
    .poll(async () => (await stateOf(host, room.roomId)).chosen)
    .toEqual([
      [2, [1]],
      [3, [2]],
    ])
  await expect(a.dish(3, '김씨네')).toHaveAccessibleName(/1명이 골랐어요/)
  await expect(b.dish(2, '빈대떡마을')).toHaveAccessibleName(/1명이 골랐어요/)
  await expect(b.row('새로 나온 집')).toBeVisible()
  await expect(new ChatPage(b.page).button).toHaveAccessibleName(/안 읽은 메시지 1개/)
  expect(roundId).toBe((await stateOf(host, room.roomId)).id)
  await a.leaveAll()
  await b.leaveAll()
})

async function stateOf(
  guest: { query<T>(path: string, input: unknown): Promise<T> },
  roomId: string,
) {
  const { round } = await guest.query<VotesState>('votes.state', { roomId })
  if (!round) throw new Error('no round')
  return round
}

test('a tap kept while the vote closed is shown taken back, with the reason', async ({
  browser,
  baseURL,
}) => {
  const room = await openRoomOf(baseURL ?? '', ['서연', '하린'], GROUND)
  const [host, guest] = [nth(room.members, 0), nth(room.members, 1)]
  await putForward(host, room.roomId, ['동일루', '빈대떡마을'])
  const { id: roundId } = await host.mutate<{ id: string }>('votes.open', {
    roomId: room.roomId,
    lengthMs: 11_000,
  })
  await host.mutate('votes.act', {
    roundId,
    key: crypto.randomUUID(),
    act: { kind: 'choose', number: 1 },
  })
  const b = await sitDown(browser, room, guest)
  await b.context.setOffline(true)
  await b.plate(2, '빈대떡마을').click()
  await expect(b.row('빈대떡마을')).toContainText('다시 연결되면 보내요')
  await expect
    .poll(async () => (await stateOf(host, room.roomId)).state, { timeout: 20_000 })
    .toBe('closed')
  await b.context.setOffline(false)
  await expect(b.refusal).toContainText('방금 끝나서 세지 못했어요', { timeout: 15_000 })
  expect((await stateOf(host, room.roomId)).chosen).toEqual([[1, [1]]])
  await b.leaveAll()
})
