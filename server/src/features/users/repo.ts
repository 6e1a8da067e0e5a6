import { sql } from 'kysely'
import type { DbOrTx } from '#server/platform/db.ts'
import type { Locale } from '#shared/users.ts'

export interface PersonRow {
  id: string
  name: string
  portrait: string
  locale: string
  guest: boolean
}

const columns = ['id', 'name', 'portrait', 'locale', 'guest'] as const

export function findPeople(db: DbOrTx, ids: readonly string[]): Promise<PersonRow[]> {
  return db
    .selectFrom('people')
    .select(columns)
    .where('id', '=', sql<string>`any(${sql.val([...ids])}::uuid[])`)
    .execute()
}

export interface ProfileChange {
  name?: string | undefined
  portrait?: string | undefined
  locale?: Locale | undefined
}

export function updatePerson(
  db: DbOrTx,
  id: string,
  change: ProfileChange,
): Promise<PersonRow | undefined> {
  return db
    .updateTable('people')
    .set({ ...change, updated_at: sql`now()` })
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirst()
}
