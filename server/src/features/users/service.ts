import { AppError } from '#shared/errors.ts'
import { type Locale, type Person, type PersonId } from '#shared/users.ts'
import { cleanName } from '#shared/users.names.ts'
import type { Bus } from '#server/platform/bus.ts'
import type { Db, Tx } from '#server/platform/db.ts'
import type { Log } from '#server/platform/log.ts'
import { findPeople, type PersonRow, type ProfileChange, updatePerson } from './repo.ts'

export interface UsersDeps {
  db: Db
  bus: Bus
  log: Log
  nicknameGraphemes: number
}

/** Sent on the bus channel `users` when a profile changed; rooms pass it on to those who see the person. */
export interface ProfileChanged {
  person: Person
}

export interface Users {
  /** Changes what is given. Throws AppError name_invalid or person_unknown. */
  setProfile(
    personId: PersonId,
    change: {
      name?: string | undefined
      portrait?: string | undefined
      locale?: Locale | undefined
    },
  ): Promise<Person>
  /** Name (empty until chosen), portrait and language; null for someone who is gone. */
  profile(personId: PersonId): Promise<Person | null>
  /** By id; people who are gone are absent. One statement, whatever the number. Gives its answer within a transaction too. */
  profiles(ids: readonly PersonId[], tx?: Tx): Promise<Map<PersonId, Person>>
  /** Hears each changed profile, from any server. Returns the removal. */
  onChange(listener: (change: ProfileChanged) => void): Promise<() => Promise<void>>
  /** Data of a person (rules.md). */
  moveOwner(tx: Tx, from: PersonId, to: PersonId): Promise<void>
  exportFor(personId: PersonId): Promise<{ profile: Person | null }>
  erase(tx: Tx, personId: PersonId): Promise<void>
}

const CHANNEL = 'users'

export function makeUsers({ db, bus, log, nicknameGraphemes }: UsersDeps): Users {
  const profiles = async (ids: readonly PersonId[], tx?: Tx): Promise<Map<PersonId, Person>> => {
    if (ids.length === 0) return new Map()
    const rows = await findPeople(tx ?? db, ids)
    return new Map(rows.map((row) => [row.id, personOf(row)]))
  }
  const profile = async (personId: PersonId): Promise<Person | null> =>
    (await profiles([personId])).get(personId) ?? null
  return {
    setProfile: async (personId, change) => {
      const wanted: ProfileChange = { ...change }
      if (change.name !== undefined) wanted.name = cleanName(change.name, nicknameGraphemes)
      const row = await updatePerson(db, personId, wanted)
      if (!row) throw new AppError('person_unknown')
      const person = personOf(row)
      // It is stored: whoever didn't hear of it reads it the next time.
      bus
        .publish(CHANNEL, { person } satisfies ProfileChanged)
        .catch((error: unknown) => log.warn({ err: error }, 'a changed profile was not told'))
      return person
    },
    profile,
    profiles,
    onChange: (listener) => bus.subscribe<ProfileChanged>(CHANNEL, listener),
    // A name that the member never chose is filled by the guest's: people keep how their friends know them.
    moveOwner: async (tx, from, to) => {
      const people = await profiles([from, to], tx)
      const guest = people.get(from)
      const member = people.get(to)
      if (!guest || !member || member.name !== '') return
      await updatePerson(tx, to, {
        name: guest.name,
        portrait: guest.portrait,
        locale: guest.locale,
      })
    },
    exportFor: async (personId) => ({ profile: await profile(personId) }),
    // The row itself goes with the auth user (on delete cascade), last of all.
    erase: async (tx, personId) => {
      await updatePerson(tx, personId, { name: '', portrait: 'gone' })
    },
  }
}

function personOf(row: PersonRow): Person {
  return {
    id: row.id,
    name: row.name,
    portrait: row.portrait,
    locale: row.locale === 'en' ? 'en' : 'ko',
    guest: row.guest,
  }
}
