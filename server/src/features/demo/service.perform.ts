import { setTimeout as sleep } from 'node:timers/promises'
import { islandPlaces } from '#shared/demo.places.ts'
import type { LatLng } from '#shared/geo.ts'
import { near } from './policy.wishes.ts'
import { setOut } from './policy.motion.ts'
import { tastes } from './policy.friends.ts'
import type { Planned } from './policy.script.ts'
import { faceOfFriend, idOfAct, tellPresence } from './service.cast.ts'
import type { Friend } from './service.cast.ts'
import type { DemoDeps } from './service.ts'

export interface Stage {
  roomId: string
  code(): string
  channelId(): string | null
  locale(): 'ko' | 'en'
  /** Where number so-and-so is. */
  spotOf(number: number): LatLng | null
  placeIds(): Promise<Map<string, string>>
  /** The friend is inside now. */
  entered(friend: Friend, seat: number): void
  signal: AbortSignal
  random(): number
  nowMs(): number
}

/** From one thought to the next: a hand goes to the place first. */
const REACH_MS = 900
const TYPING_MS = { base: 500, letter: 45, max: 2_200 }

/** Does what was planned through the services that everybody uses. Throws what they throw; ends early by the signal. */
export async function perform(
  deps: Pick<DemoDeps, 'rooms' | 'votes' | 'chat'>,
  stage: Stage,
  friend: Friend,
  { key, act }: Planned,
): Promise<void> {
  const { roomId, signal } = stage
  const id = idOfAct(roomId, key)
  switch (act.kind) {
    case 'enter': {
      const { name, portrait } = faceOfFriend(friend.id)
      const { seat } = await deps.rooms.joinRoom(friend.personId, `demo:${roomId}`, {
        code: stage.code(),
        nickname: name[stage.locale()],
        portrait,
        simulated: true,
      })
      return stage.entered(friend, seat)
    }
    case 'say':
      return say(deps, stage, friend, id, act.text)
    case 'look':
      return reach(stage, friend, act.at, act.stayMs)
    case 'ping':
      return tellPresence(friend, { kind: 'ping', at: act.at, words: act.words }, stage.nowMs())
    case 'propose': {
      const place = islandPlaces.find(({ sourceId }) => sourceId === act.sourceId)
      const placeId = (await stage.placeIds()).get(act.sourceId)
      if (!place || placeId === undefined) return
      reach(stage, friend, place, 2_500)
      await sleep(REACH_MS, undefined, { signal })
      await deps.rooms.propose(friend.personId, {
        roomId,
        key: id,
        what: { kind: 'place', placeId },
      })
      return
    }
    case 'choose': {
      const spot = stage.spotOf(act.number)
      if (spot) reach(stage, friend, spot, 2_500)
      await sleep(REACH_MS, undefined, { signal })
      await deps.votes.act(act.roundId, friend.personId, {
        key: id,
        act: { kind: 'choose', number: act.number },
      })
    }
  }
}

function reach(stage: Stage, friend: Friend, at: LatLng, stayMs: number): void {
  const wish = {
    to: near(at, stage.random),
    stayMs,
    pace: tastes[friend.id].pace,
    centre: false,
  }
  friend.motion = setOut(friend.motion, wish, stage.nowMs(), stage.random)
}

async function say(
  { chat }: Pick<DemoDeps, 'chat'>,
  stage: Stage,
  { personId }: Friend,
  clientId: string,
  text: string,
): Promise<void> {
  const channelId = stage.channelId()
  if (channelId === null) throw new Error('Nobody listens to the room yet')
  const typesMs = Math.min(TYPING_MS.max, TYPING_MS.base + TYPING_MS.letter * text.length)
  await chat.sayTyping(personId, { channelId, typing: true })
  try {
    await sleep(typesMs, undefined, { signal: stage.signal })
    await chat.send(personId, { channelId, clientId, body: text })
  } finally {
    await chat.sayTyping(personId, { channelId, typing: false })
  }
}
