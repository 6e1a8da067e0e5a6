import type { Guest } from '../../e2e/api.ts'
import { seedRoom, type SeededRoom } from './rooms.ts'
import { changeDatabase } from './database.ts'
import { SPOTS } from './ground.ts'

interface Doors {
  locked: string
  closed: string
  expired: string
  removedFrom: string
  removed: Guest
}

/** Rooms that let nobody in, each for a reason of its own. */
export async function makeDoors(people: readonly Guest[], databaseUrl: string): Promise<Doors> {
  const [host, second] = people
  if (!host || !second) throw new Error('two people are needed')
  const make = async (name: string): Promise<SeededRoom> => {
    const room = await seedRoom([host, second], { name, people: 2, spots: SPOTS.slice(0, 1) })
    room.stop()
    return room
  }
  const [locked, closed, expired, from] = [
    await make('잠근 방'),
    await make('닫은 방'),
    await make('기한이 지난 방'),
    await make('나온 방'),
  ]
  await host.mutate('rooms.changeRoom', { roomId: locked.roomId, locked: true })
  await host.mutate('rooms.close', { roomId: closed.roomId })
  await host.mutate('rooms.removePerson', { roomId: from.roomId, seat: 2 })
  await changeDatabase(databaseUrl, 'update rooms set expires_at = now() where id = $1', [
    expired.roomId,
  ])
  const path = ({ code }: SeededRoom): string => `/r/${code}`
  return {
    locked: path(locked),
    closed: path(closed),
    expired: path(expired),
    removedFrom: path(from),
    removed: second,
  }
}
