import { setTimeout as sleep } from 'node:timers/promises'
import type { PersonId } from '#shared/users.ts'
import type { Db, Tx } from '#server/platform/db.ts'
import type { Log } from '#server/platform/log.ts'

/** What each feature that holds data of a person offers (rules.md, "Data of a person"). */
export interface PersonData {
  /** Name of the feature, and of its part of an export. */
  name: string
  moveOwner(tx: Tx, from: PersonId, to: PersonId): Promise<void>
  exportFor(personId: PersonId): Promise<unknown>
  erase(tx: Tx, personId: PersonId): Promise<unknown>
}

export interface People {
  /** All features, in the order in which they move and erase; before the first call. Auth's own part comes last by itself. */
  setData(features: readonly PersonData[]): void
  /** Gives everything of a guest to an account, all or nothing, and ends the guest. */
  moveGuest(guest: PersonId, account: PersonId): Promise<void>
  /** Everything that is held of a person, by feature. */
  exportPerson(personId: PersonId): Promise<Record<string, unknown>>
  /** Takes a person out of everything, all or nothing, and ends their sessions on every server. */
  erasePerson(personId: PersonId): Promise<void>
}

export interface PeopleDeps {
  db: Db
  log: Log
  own: {
    moveOwner(tx: Tx, from: PersonId, to: PersonId): Promise<void>
    exportFor(personId: PersonId): Promise<object>
    erase(tx: Tx, personId: PersonId): Promise<{ afterErase(): Promise<void> }>
  }
}

const TRIES = 5
/** Two that met on the same rooms: Postgres ended one of them, whose turn comes again. */
const MET = new Set(['40P01', '40001'])

export function makePeople({ db, log, own }: PeopleDeps): People {
  let data: readonly PersonData[] = []
  const finish = (afterErase: () => Promise<void>): Promise<void> =>
    afterErase().catch((error: unknown) =>
      // The rows are gone; what is cached ends with its time.
      log.error({ err: error }, 'servers were not told of sessions that ended'),
    )
  return {
    setData: (features) => {
      data = features
    },
    moveGuest: async (guest, account) => {
      if (guest === account) return
      const { afterErase } = await again(db, async (tx) => {
        for (const each of data) await each.moveOwner(tx, guest, account)
        await own.moveOwner(tx, guest, account)
        return own.erase(tx, guest)
      })
      await finish(afterErase)
    },
    exportPerson: async (personId) => {
      const parts = await Promise.all(
        data.map(async (each) => [each.name, await each.exportFor(personId)] as const),
      )
      return { ...Object.fromEntries(parts), auth: await own.exportFor(personId) }
    },
    erasePerson: async (personId) => {
      const { afterErase } = await again(db, async (tx) => {
        for (const each of data) await each.erase(tx, personId)
        return own.erase(tx, personId)
      })
      await finish(afterErase)
    },
  }
}

async function again<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await db.transaction().execute(work)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (tried >= TRIES || !MET.has(code)) throw error
      await sleep(Math.random() * 50 * tried)
    }
  }
}
