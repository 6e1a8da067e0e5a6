import { expect, test } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { followRoom } from './live.feed.ts'
import type { RoomHub } from './live.hub.ts'

/** A hub that knows nothing new and never rings. */
const quietHub: RoomHub = {
  attach: () => Promise.resolve(() => undefined),
  lastSeq: () => 7,
  recent: () => [],
  publish: () => undefined,
  stir: () => undefined,
  close: () => undefined,
}

test('who was removed between being let in and being listened for hears nothing, not even that the feed began', async () => {
  const feed = followRoom(
    { hub: quietHub, listEvents: () => Promise.resolve([]) },
    {
      roomId: 'r',
      personId: 'p',
      seat: 2,
      after: null,
      signal: new AbortController().signal,
      recheck: () => Promise.reject(new AppError('room_removed')),
    },
  )
  await expect(feed.next()).rejects.toMatchObject({ code: 'room_removed' })
})
