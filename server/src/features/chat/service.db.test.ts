import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import type { App } from '#server/app.ts'
import { startServers } from '#server/testing.servers.ts'
import { refusalOf, type TestClient } from '#server/testing.ts'
import type { ChannelEvent, Message } from '#shared/chat.ts'
import { AppError } from '#shared/errors.ts'

const { world, one, two } = await startServers()
/** Who may not read, and who may only read, in the channels of this file. */
const barred = new Set<string>()
const readers = new Set<string>()
const active: string[] = []

beforeAll(() => {
  for (const app of [one, two]) {
    app.services.chat.setAccess('test', {
      access: async (_channelId, personId) => {
        if (barred.has(personId)) throw new AppError('room_removed')
        return {
          write: !readers.has(personId),
          name: `이름 ${personId.slice(0, 4)}`,
          portrait: 'abcd1234',
        }
      },
      readOnly: () => new AppError('room_closed'),
      active: (channelId) => void active.push(channelId),
    })
  }
})
const openChannel = (): Promise<string> =>
  one.platform.db.transaction().execute((tx) => one.services.chat.openChannel(tx, 'test'))

const line = (channelId: string, body: string, clientId: string = randomUUID()) => ({
  channelId,
  clientId,
  body,
})

/** Collects what a service's `follow` delivers until `stop`. */
function follow(app: App, personId: string, channelId: string, lastEventId?: string) {
  const controller = new AbortController()
  const events: ChannelEvent[] = []
  const ids: string[] = []
  const done = (async (): Promise<unknown> => {
    try {
      for await (const { id, event } of app.services.chat.follow(
        personId,
        { channelId, lastEventId },
        controller.signal,
      )) {
        ids.push(id)
        events.push(event)
      }
      return null
    } catch (error) {
      return error
    }
  })()
  const bodies = (): string[] =>
    events.flatMap((event) => (event.type === 'message' ? [event.message.body] : []))
  const seqs = (): number[] =>
    events.flatMap((event) => (event.type === 'message' ? [event.message.seq] : []))
  return { events, ids, bodies, seqs, done, stop: () => (controller.abort(), done) }
}

const until = (condition: () => boolean): Promise<void> =>
  expect.poll(condition, { timeout: 10_000, interval: 20 }).toBe(true)

async function epochOf(channelId: string): Promise<string> {
  return (await one.services.chat.history(randomUUID(), { channelId, limit: 1 })).epoch
}

test('500 sends at once over two servers, a third of them twice: each stored once, no gap, one order for every reader', async () => {
  const channelId = await openChannel()
  const people = Array.from({ length: 50 }, () => randomUUID())
  const start = `${await epochOf(channelId)}:0`
  const followers = [one, two, one, two].map((app) => follow(app, randomUUID(), channelId, start))
  const sends = Array.from({ length: 500 }, (_, index) => ({
    app: index % 2 ? one : two,
    personId: people[index % people.length] ?? '',
    input: line(channelId, `말 ${index}`),
  }))
  const sendAll = sends.flatMap(({ app, personId, input }, index) => {
    const first = app.services.chat.send(personId, input)
    return index % 3 === 0
      ? [first, (app === one ? two : one).services.chat.send(personId, input)]
      : [first]
  })
  const answers = await Promise.all(sendAll)
  const again = await one.services.chat.send(
    sends[0]?.personId ?? '',
    sends[0]?.input ?? line(channelId, ''),
  )
  expect(answers[0]).toEqual(again)
  const numbers = [...new Set(answers.map((answer) => answer.seq))].sort((a, b) => a - b)
  expect(numbers).toEqual(Array.from({ length: 500 }, (_, index) => index + 1))
  await until(() => followers.every((reader) => reader.seqs().length >= 500))
  const read = await readAll(channelId)
  for (const reader of followers) {
    expect(reader.seqs()).toEqual(numbers)
    expect(reader.bodies()).toEqual(read.map((message) => message.body))
    await reader.stop()
  }
  expect(new Set(read.map((message) => message.clientId)).size).toBe(500)
})

async function readAll(channelId: string): Promise<Message[]> {
  const all: Message[] = []
  for (let before: number | undefined; ;) {
    const page = await two.services.chat.history(randomUUID(), { channelId, limit: 70, before })
    all.unshift(...page.messages)
    if (!page.more) return all
    before = page.messages[0]?.seq
  }
}

test('a reader resumes behind its last id without loss or repeat; another epoch or too much missed is a reset', async () => {
  const channelId = await openChannel()
  const writer = randomUUID()
  await one.services.chat.send(writer, line(channelId, '하나'))
  const first = follow(two, randomUUID(), channelId, `${await epochOf(channelId)}:0`)
  await until(() => first.bodies().length === 1)
  await first.stop()
  await one.services.chat.send(writer, line(channelId, '둘'))
  const second = follow(one, randomUUID(), channelId, first.ids.at(-1))
  await two.services.chat.send(writer, line(channelId, '셋'))
  await until(() => second.bodies().length === 2)
  expect(second.bodies()).toEqual(['둘', '셋'])
  await second.stop()
  for (const wrong of [
    `${randomUUID()}:1`,
    `${await epochOf(channelId)}:99`,
    'nonsense',
    `${await epochOf(channelId)}:-1`,
  ]) {
    const stray = follow(one, randomUUID(), channelId, wrong)
    await until(() => stray.events.length === 1)
    expect(stray.events[0]).toMatchObject({ type: 'reset', lastSeq: 3 })
    await stray.stop()
  }
})

test('readers are current within the poll when no wake-up comes', async () => {
  const channelId = await openChannel()
  const reader = follow(one, randomUUID(), channelId, `${await epochOf(channelId)}:0`)
  const row = {
    client_id: randomUUID(),
    author_id: randomUUID(),
    author_name: '가',
    author_portrait: 'abcd',
  }
  // As a server does that is killed between commit and publish.
  await two.platform.db.transaction().execute(async (tx) => {
    await tx.updateTable('channels').set({ last_seq: 1 }).where('id', '=', channelId).execute()
    await tx
      .insertInto('messages')
      .values({ ...row, channel_id: channelId, seq: 1, body: '말없이' })
      .execute()
  })
  await until(() => reader.bodies().includes('말없이'))
  expect(reader.bodies()).toEqual(['말없이'])
  await reader.stop()
})

test('who is removed is let go of at once on another server, and can send no more', async () => {
  const channelId = await openChannel()
  const leaver = randomUUID()
  const reader = follow(two, leaver, channelId)
  const other = follow(two, randomUUID(), channelId)
  await one.services.chat.send(leaver, line(channelId, '안녕'))
  await until(() => reader.bodies().length === 1)
  barred.add(leaver)
  one.services.chat.recheckAccess(channelId, leaver)
  expect(await reader.done).toMatchObject({ code: 'room_removed' })
  await expect(one.services.chat.send(leaver, line(channelId, '또'))).rejects.toMatchObject({
    code: 'room_removed',
  })
  await expect(one.services.chat.history(leaver, { channelId, limit: 5 })).rejects.toMatchObject({
    code: 'room_removed',
  })
  await one.services.chat.send(randomUUID(), line(channelId, '남은 말'))
  await until(() => other.bodies().includes('남은 말'))
  expect(reader.bodies()).toEqual(['안녕'])
  await other.stop()
})

test('a channel that is none, and one that may only be read', async () => {
  const reader = randomUUID()
  readers.add(reader)
  const channelId = await openChannel()
  await expect(one.services.chat.send(reader, line(channelId, '말'))).rejects.toMatchObject({
    code: 'room_closed',
  })
  await expect(one.services.chat.send(reader, line(randomUUID(), '말'))).rejects.toMatchObject({
    code: 'not_found',
  })
  expect(await follow(one, reader, randomUUID()).done).toMatchObject({ code: 'not_found' })
  expect((await one.services.chat.history(reader, { channelId, limit: 5 })).messages).toEqual([])
})

test('one person’s flood is told when to try again and disturbs nobody', async () => {
  const channelId = await openChannel()
  const flooder = randomUUID()
  const sends = Array.from({ length: 200 }, (_, index) =>
    one.services.chat.send(flooder, line(channelId, `${index}`)),
  )
  const settled = await Promise.allSettled(sends)
  const refused = settled.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
  expect(refused).toHaveLength(180)
  expect(refused[0]).toMatchObject({ code: 'slow_down' })
  expect((refused[0] as AppError<'slow_down'>).params.retryAt).toBeGreaterThan(Date.now())
  await expect(
    two.services.chat.send(randomUUID(), line(channelId, '조용히')),
  ).resolves.toMatchObject({ seq: 21 })
})

test('typing reaches others on another server, never oneself, and ends with the message', async () => {
  const channelId = await openChannel()
  const typist = randomUUID()
  const own = follow(one, typist, channelId)
  const other = follow(two, randomUUID(), channelId)
  const typists = (): string =>
    JSON.stringify(other.events.flatMap((e) => (e.type === 'typing' ? [e.personIds] : [])))
  // A wake-up may come before the other server has subscribed: typing is said again, as clients do.
  await expect
    .poll(
      async () => {
        await one.services.chat.sayTyping(typist, { channelId, typing: true })
        return typists()
      },
      { interval: 600, timeout: 10_000 },
    )
    .toContain(typist)
  await one.services.chat.send(typist, line(channelId, '다 썼어요'))
  await until(() => typists().endsWith('[]]') && other.bodies().length === 1)
  expect(own.events.filter((event) => event.type === 'typing')).toEqual([])
  await own.stop()
  await other.stop()
})

test('the data of a person: a guest’s messages become the member’s, erased ones lose words and name but keep their numbers', async () => {
  const channelId = await openChannel()
  const [guest, member] = [randomUUID(), randomUUID()]
  const twice = line(channelId, '같은 번호표')
  await one.services.chat.send(guest, twice)
  await one.services.chat.send(member, twice)
  const reader = follow(two, randomUUID(), channelId)
  await one.platform.db
    .transaction()
    .execute((tx) => one.services.chat.moveOwner(tx, guest, member))
  expect((await one.services.chat.exportFor(member)).messages).toHaveLength(2)
  expect((await one.services.chat.exportFor(guest)).messages).toEqual([])
  await one.platform.db.transaction().execute((tx) => one.services.chat.erase(tx, member))
  const left = await readAll(channelId)
  expect(left.map(({ seq, body, authorName }) => ({ seq, body, authorName }))).toEqual([
    { seq: 1, body: '', authorName: '' },
    { seq: 2, body: '', authorName: '' },
  ])
  expect(JSON.stringify(left)).not.toContain(member)
  await until(() => reader.events.some((event) => event.type === 'reset'))
  await reader.stop()
})

test('over the wire: sent by one, read through the socket of another server; nonsense is refused by name of field', async () => {
  const channelId = await openChannel()
  const writer = await world.guest(one, '하린')
  const reader: TestClient = await world.guest(two, '민수')
  const got: string[] = []
  const { epoch } = await reader.trpc.chat.history.query({ channelId })
  const subscription = reader.trpc.chat.events.subscribe(
    { channelId, lastEventId: `${epoch}:0` },
    {
      onData: ({ id, data }) =>
        void got.push(`${id} ${data.type === 'message' ? data.message.body : data.type}`),
    },
  )
  const { seq } = await writer.trpc.chat.send.mutate(line(channelId, ' 안녕\u202e하세요\u0000 '))
  expect(seq).toBe(1)
  await until(() => got.length === 1)
  expect(got).toEqual([`${epoch}:1 안녕하세요`])
  subscription.unsubscribe()
  expect(active).toContain(channelId)
  const send = (input: unknown) => refusalOf(writer.trpc.chat.send.mutate(input as never))
  expect(await send(line(channelId, ' \u200b\u3164 '))).toMatchObject({ code: 'message_empty' })
  expect(await send(line(channelId, '가'.repeat(2_001)))).toMatchObject({
    code: 'message_too_long',
    params: { max: 2_000 },
  })
  expect(await send({ channelId, clientId: 'x', body: 5 })).toMatchObject({
    code: 'bad_input',
    params: { fields: ['clientId', 'body'] },
  })
  expect(await send(line(randomUUID(), '없는 방'))).toMatchObject({
    code: 'not_found',
    httpStatus: 404,
  })
  expect(
    await refusalOf(world.client(one).trpc.chat.send.mutate(line(channelId, '손님'))),
  ).toMatchObject({ code: 'unauthenticated' })
})
