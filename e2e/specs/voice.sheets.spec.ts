import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { startCluster } from '../cluster.ts'
import { DecisionPage } from '../pages/decision.ts'
import { InsidePage } from '../pages/inside.ts'
import { openRoomOf } from '../pages/presence.ts'
import { contextOf, DESK, nth, PHONE, putForward, GROUND, sitDown } from '../pages/seats.ts'
import {
  expectSilence,
  expectTone,
  hear,
  keepLoudness,
  launchChromium,
  launchWithMicrophone,
  loudness,
  writeBeeps,
} from '../pages/sound.ts'
import { drillVoice, joinUntouched, VoicePage } from '../pages/voice.ts'

const HZ = 620
const PLACES = ['동일루', '빈대떡마을']

// What records a trace runs scripts as if somebody had tapped, and a page that was tapped may play.
test.use({ trace: 'off' })

test('level and devices, a volume that outlives a reconnect, and talk that goes on beside the result', async ({
  baseURL,
}) => {
  test.setTimeout(150_000)
  const origin = baseURL ?? ''
  const browser = await launchWithMicrophone(writeBeeps(HZ))
  const room = await openRoomOf(origin, ['서연', '하린'], GROUND)
  const [host, guest] = [nth(room.members, 0), nth(room.members, 1)]
  await putForward(host, room.roomId, PLACES)
  const a = await sitDown(browser, room, host)
  const b = new InsidePage(await (await contextOf(browser, guest, DESK)).newPage())
  await keepLoudness(b.page)
  await b.goto(origin, room.code)
  const [voiceA, voiceB] = [new VoicePage(a.page), new VoicePage(b.page)]
  await voiceA.join()
  await voiceB.join()
  await voiceA.speak()
  await expectTone(b.page, HZ)

  await test.step('level and devices', async () => {
    const devices = await voiceA.openDevices()
    const meter = devices.getByRole('meter', { name: '마이크 소리 크기' })
    await expect
      .poll(async () => Number(await meter.getAttribute('aria-valuenow')), { intervals: [80] })
      .toBeGreaterThan(10)
    const pick = devices.getByRole('combobox', { name: '마이크' })
    const named = await pick.locator('option').allTextContents()
    expect(named.length, named.join()).toBeGreaterThan(1)
    await pick.selectOption({ index: named.length - 1 })
    await expectTone(b.page, HZ)
    await expect(pick).not.toHaveValue('')
    await a.page.keyboard.press('Escape')
  })

  await test.step('one person’s volume', async () => {
    await expect.poll(() => loudness(b.page)).toBeCloseTo(1, 1)
    const sounds = await voiceB.openSounds()
    const slider = sounds.getByRole('slider', { name: '서연 소리 크기' })
    await slider.fill('0')
    await expect(slider).toHaveAttribute('aria-valuetext', '꺼짐')
    await expect.poll(() => loudness(b.page)).toBeCloseTo(0, 1)
    await drillVoice(b.page, 'full-reconnect')
    await expectTone(b.page, HZ)
    await expect.poll(() => loudness(b.page)).toBeCloseTo(0, 1)
    await expect(slider).toHaveValue('0')
    await slider.fill('120')
    await expect.poll(() => loudness(b.page)).toBeCloseTo(1.2, 1)
    await b.page.keyboard.press('Escape')
  })

  await test.step('beside the result', async () => {
    const { id } = await host.mutate<{ id: string }>('votes.open', {
      roomId: room.roomId,
      lengthMs: 60_000,
    })
    const act = { kind: 'choose', number: 1 }
    await guest.mutate('votes.act', { roundId: id, key: randomUUID(), act })
    await host.mutate('votes.close', { roundId: id })
    for (const { page } of [a, b]) await new DecisionPage(page).untilShown('동일루')
    await expect(voiceB.beside).toContainText('두 명이')
    await expectTone(b.page, HZ)
    expect((await hear(b.page, HZ, 200)).tracks, 'and once').toBe(1)
    await voiceA.beside.getByRole('button', { name: '마이크 끄기' }).click()
    await expectSilence(b.page, HZ)
    await voiceA.beside.getByRole('button', { name: '마이크 켜기' }).click()
    // Named since then: the SFU tells of a beginning, and may keep quiet of who went on speaking over a reconnect.
    await expect(voiceB.beside).toContainText('서연')
    // Back in the room it is the same connection; who still looks at the result is heard and named.
    await a.page.getByRole('link', { name: '방으로' }).first().click()
    await a.untilInside()
    await expect(voiceA.bar.getByRole('button', { name: '마이크 끄기' })).toBeVisible()
    await expectTone(b.page, HZ)
    await expect((await voiceA.openSounds()).getByText('하린')).toBeVisible()
    // Going home is leaving.
    await b.page.getByRole('link', { name: '홈으로' }).click()
    await expect(voiceB.beside).toHaveCount(0)
    await expect(b.page.locator('audio[data-voice]')).toHaveCount(0)
  })
  await browser.close()
})

test('a blocked microphone is explained, listening stays, and once allowed it goes on', async ({
  baseURL,
}) => {
  const browser = await launchChromium({ playsAtOnce: true })
  const room = await openRoomOf(baseURL ?? '', ['서연'], GROUND)
  const me = await sitDown(browser, room, nth(room.members, 0), {
    ...PHONE,
    permissions: ['clipboard-read'],
  })
  const voice = new VoicePage(me.page)
  await voice.join()
  await voice.bar.getByRole('button', { name: '마이크 켜기' }).click()
  await expect(voice.bar.getByRole('alert')).toContainText('마이크가 막혀 있어요')
  await expect(voice.bar.getByRole('alert')).toContainText('듣기는 그대로 돼요')
  await voice.bar.getByRole('button', { name: '방법 보기' }).click()
  const help = me.page.getByRole('dialog', { name: '마이크 켜는 방법' })
  await expect(help).toContainText('마이크를 허용한 다음')
  await me.context.grantPermissions(['microphone'])
  await help.getByRole('button', { name: '다시 켜 보기' }).click()
  await expect(voice.bar.getByRole('button', { name: '마이크 끄기' })).toBeVisible()
  await expect(voice.bar.getByRole('alert')).toHaveCount(0)
  await browser.close()
})

test('a browser that plays nothing untouched says so; one tap and the other is heard', async ({
  baseURL,
}) => {
  const origin = baseURL ?? ''
  const speaker = await launchWithMicrophone(writeBeeps(HZ))
  const silent = await launchChromium({})
  const room = await openRoomOf(origin, ['서연', '하린'], GROUND)
  const a = await sitDown(speaker, room, nth(room.members, 0))
  const voiceA = new VoicePage(a.page)
  await voiceA.join()
  await voiceA.speak()
  const page = await (await contextOf(silent, nth(room.members, 1), PHONE)).newPage()
  await joinUntouched(page, `${origin}/r/${room.code}`)
  const { bar } = new VoicePage(page)
  const start = bar.getByRole('button', { name: '눌러서 소리 켜기' })
  await expect(start).toBeVisible()
  await start.click()
  await expect(start).toHaveCount(0)
  await expectTone(page, HZ)
  await speaker.close()
  await silent.close()
})

test('without an SFU that is said, and all else works', async ({ browser }) => {
  const cluster = await startCluster(1, {
    LIVEKIT_URL: '',
    REDIS_PREFIX: `${randomUUID().slice(0, 8)}:`,
    LOG_LEVEL: 'warn',
  })
  try {
    const room = await openRoomOf(cluster.url, ['서연'], GROUND)
    const me = await sitDown(browser, room, nth(room.members, 0))
    const { bar } = new VoicePage(me.page)
    await expect(bar).toContainText('지금은 음성을 쓸 수 없어요')
    await expect(bar).toContainText('나머지는 그대로 돼요')
    await expect(bar.getByRole('button', { name: /음성 참여|마이크/ })).toHaveCount(0)
    await me.putPin('동일루')
    await me.expectCandidates('동일루')
    await me.leaveAll()
  } finally {
    await cluster.close()
  }
})
