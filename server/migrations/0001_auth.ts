import { type Kysely, sql } from 'kysely'

/**
 * Tables of better-auth (`user`, `session`, `account`, `verification`) with snake_case columns, and what we add:
 * `people` (how a person appears) and `handoffs` (links that carry a person to another browser).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await makeAuthTables(db)
  await makePeople(db)
  await db.schema
    .createTable('handoffs')
    .addColumn('token_hash', 'bytea', (c) => c.primaryKey())
    .addColumn('person_id', 'uuid', (c) => c.notNull().references('people.id').onDelete('cascade'))
    .addColumn('room_code', 'text')
    .addColumn('expires_at', 'timestamptz', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('handoffs_person').on('handoffs').column('person_id').execute()
}

async function makeAuthTables(db: Kysely<unknown>): Promise<void> {
  const id = sql`gen_random_uuid()`
  await db.schema
    .createTable('user')
    .addColumn('id', 'uuid', (c) => c.primaryKey().defaultTo(id))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('email', 'text', (c) => c.notNull().unique())
    .addColumn('email_verified', 'boolean', (c) => c.notNull().defaultTo(false))
    .addColumn('image', 'text')
    .addColumn('is_anonymous', 'boolean', (c) => c.defaultTo(false))
    .addColumn('created_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .addColumn('updated_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .execute()
  await db.schema
    .createTable('session')
    .addColumn('id', 'uuid', (c) => c.primaryKey().defaultTo(id))
    .addColumn('token', 'text', (c) => c.notNull().unique())
    .addColumn('user_id', 'uuid', (c) => c.notNull().references('user.id').onDelete('cascade'))
    .addColumn('expires_at', 'timestamptz', (c) => c.notNull())
    .addColumn('ip_address', 'text')
    .addColumn('user_agent', 'text')
    .addColumn('created_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .addColumn('updated_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .execute()
  await db.schema.createIndex('session_user').on('session').column('user_id').execute()
  await db.schema
    .createTable('account')
    .addColumn('id', 'uuid', (c) => c.primaryKey().defaultTo(id))
    .addColumn('account_id', 'text', (c) => c.notNull())
    .addColumn('provider_id', 'text', (c) => c.notNull())
    .addColumn('user_id', 'uuid', (c) => c.notNull().references('user.id').onDelete('cascade'))
    .addColumn('access_token', 'text')
    .addColumn('refresh_token', 'text')
    .addColumn('id_token', 'text')
    .addColumn('access_token_expires_at', 'timestamptz')
    .addColumn('refresh_token_expires_at', 'timestamptz')
    .addColumn('scope', 'text')
    .addColumn('password', 'text')
    .addColumn('created_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .addColumn('updated_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .addUniqueConstraint('account_of_provider', ['provider_id', 'account_id'])
    .execute()
  await db.schema.createIndex('account_user').on('account').column('user_id').execute()
  await db.schema
    .createTable('verification')
    .addColumn('id', 'uuid', (c) => c.primaryKey().defaultTo(id))
    .addColumn('identifier', 'text', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'timestamptz', (c) => c.notNull())
    .addColumn('created_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .addColumn('updated_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .execute()
  await db.schema
    .createIndex('verification_identifier')
    .on('verification')
    .column('identifier')
    .execute()
}

/** A trigger, not a hook of the auth library: there is then no instant and no crash in which a user is not a person. */
async function makePeople(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('people')
    .addColumn('id', 'uuid', (c) => c.primaryKey().references('user.id').onDelete('cascade'))
    .addColumn('name', 'text', (c) => c.notNull().defaultTo(''))
    .addColumn('portrait', 'text', (c) => c.notNull())
    .addColumn('locale', 'text', (c) => c.notNull().defaultTo('ko'))
    .addColumn('guest', 'boolean', (c) => c.notNull())
    .addColumn('created_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .addColumn('updated_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .addCheckConstraint('people_locale', sql`locale in ('ko', 'en')`)
    .execute()
  await sql`
    create function make_person() returns trigger language plpgsql as $$
    begin
      insert into people (id, portrait, guest)
      values (new.id, substr(md5(gen_random_uuid()::text), 1, 12), coalesce(new.is_anonymous, false))
      on conflict (id) do update set guest = excluded.guest;
      return new;
    end $$`.execute(db)
  await sql`create trigger user_is_person after insert or update of is_anonymous on "user"
    for each row execute function make_person()`.execute(db)
}
