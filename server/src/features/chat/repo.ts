import { sql } from 'kysely'
import type { DbOrTx, Tx } from '#server/platform/db.ts'
import type { Message } from '#shared/chat.ts'

export interface ChannelHead {
  id: string
  kind: string
  epoch: string
  lastSeq: number
}

export interface NewMessage {
  clientId: string
  authorId: string
  authorName: string
  authorPortrait: string
  body: string
}

export interface StoredMessage {
  authorId: string
  clientId: string
  seq: number
  at: Date
}

const headColumns = ['id', 'kind', 'epoch', 'last_seq as lastSeq'] as const

export async function insertChannel(tx: Tx, id: string, kind: string): Promise<void> {
  await tx.insertInto('channels').values({ id, kind }).execute()
}

export async function deleteChannel(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('channels').where('id', '=', id).execute()
}

export function findChannel(db: DbOrTx, id: string): Promise<ChannelHead | undefined> {
  return db.selectFrom('channels').select(headColumns).where('id', '=', id).executeTakeFirst()
}

export function findChannels(db: DbOrTx, ids: readonly string[]): Promise<ChannelHead[]> {
  return db
    .selectFrom('channels')
    .select(headColumns)
    .where('id', '=', sql<string>`any(${sql.val([...ids])}::uuid[])`)
    .execute()
}

/** Locks the channel's row: until the commit no other process gives numbers, so numbers become visible in their order. */
export function lockChannel(tx: Tx, id: string): Promise<ChannelHead | undefined> {
  return tx
    .selectFrom('channels')
    .select(headColumns)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

/** Which of these (author, client id) pairs are stored already. Runs after `lockChannel`, so nobody can add one meanwhile. */
export async function findByClientIds(
  tx: Tx,
  channelId: string,
  pairs: readonly { authorId: string; clientId: string }[],
): Promise<StoredMessage[]> {
  const { rows } = await sql<StoredMessage>`
    select m.author_id as "authorId", m.client_id as "clientId", m.seq, m.at
    from messages m
    join unnest(${pairs.map((p) => p.authorId)}::uuid[], ${pairs.map((p) => p.clientId)}::uuid[]) as p(author_id, client_id)
      using (author_id, client_id)
    where m.channel_id = ${channelId}`.execute(tx)
  return rows
}

/** Gives the messages the next numbers in the order given, in one statement. Needs `lockChannel` before it. */
export async function appendMessages(
  tx: Tx,
  channelId: string,
  messages: readonly NewMessage[],
): Promise<StoredMessage[]> {
  const { rows } = await sql<StoredMessage>`
    with head as (
      update channels set last_seq = last_seq + ${messages.length} where id = ${channelId}
      returning last_seq - ${messages.length} as before
    )
    insert into messages (channel_id, seq, client_id, author_id, author_name, author_portrait, body)
    select ${channelId}, head.before + n.place, n.client_id, n.author_id, n.author_name, n.author_portrait, n.body
    from head, unnest(
      ${messages.map((m) => m.clientId)}::uuid[], ${messages.map((m) => m.authorId)}::uuid[],
      ${messages.map((m) => m.authorName)}::text[], ${messages.map((m) => m.authorPortrait)}::text[],
      ${messages.map((m) => m.body)}::text[]
    ) with ordinality as n(client_id, author_id, author_name, author_portrait, body, place)
    returning author_id as "authorId", client_id as "clientId", seq, at`.execute(tx)
  return rows
}

interface MessageRow {
  channel_id: string
  seq: number
  client_id: string
  author_id: string
  author_name: string
  author_portrait: string
  body: string
  at: Date
}

const messageColumns = [
  'channel_id',
  'seq',
  'client_id',
  'author_id',
  'author_name',
  'author_portrait',
  'body',
  'at',
] as const

/** Messages after `seq`, oldest first. */
export async function findAfter(
  db: DbOrTx,
  channelId: string,
  seq: number,
  limit: number,
): Promise<Message[]> {
  const rows = await db
    .selectFrom('messages')
    .select(messageColumns)
    .where('channel_id', '=', channelId)
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(limit)
    .execute()
  return rows.map(messageOf)
}

/** Messages below `before` (null: the newest), newest first. */
export async function findBefore(
  db: DbOrTx,
  channelId: string,
  before: number | null,
  limit: number,
): Promise<Message[]> {
  const rows = await db
    .selectFrom('messages')
    .select(messageColumns)
    .where('channel_id', '=', channelId)
    .$if(before !== null, (q) => q.where('seq', '<', before))
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute()
  return rows.map(messageOf)
}

/** A guest's messages become the member's. A client id that both used in one channel gets a new one: the number is what counts. */
export async function moveAuthor(tx: Tx, from: string, to: string): Promise<void> {
  await sql`
    update messages m set author_id = ${to},
      client_id = case when exists (
        select 1 from messages o where o.channel_id = m.channel_id and o.author_id = ${to} and o.client_id = m.client_id
      ) then gen_random_uuid() else m.client_id end
    where m.author_id = ${from}`.execute(tx)
}

/** Nobody's id: whose messages were erased. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

/** Takes words, name and id out of a person's messages; the numbers stay, for they are the channel's. New epochs make readers read again. */
export async function eraseAuthor(tx: Tx, personId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with erased as (
      update messages set author_id = ${NOBODY}, client_id = gen_random_uuid(), author_name = '', author_portrait = 'gone', body = ''
      where author_id = ${personId} returning channel_id
    )
    update channels set epoch = gen_random_uuid() where id in (select channel_id from erased) returning id`.execute(
    tx,
  )
  return rows.map((row) => row.id)
}

export async function findByAuthor(db: DbOrTx, personId: string): Promise<Message[]> {
  const rows = await db
    .selectFrom('messages')
    .select(messageColumns)
    .where('author_id', '=', personId)
    .orderBy('channel_id')
    .orderBy('seq')
    .execute()
  return rows.map(messageOf)
}

function messageOf(row: MessageRow): Message {
  return {
    channelId: row.channel_id,
    seq: row.seq,
    clientId: row.client_id,
    authorId: row.author_id,
    authorName: row.author_name,
    authorPortrait: row.author_portrait,
    body: row.body,
    at: row.at.getTime(),
  }
}
