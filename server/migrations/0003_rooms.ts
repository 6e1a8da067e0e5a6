import { sql } from 'kysely'
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table rooms (
      id uuid primary key,
      code text not null unique,
      name text,
      "when" timestamptz,
      locale text not null,
      zone text not null,
      creator_id uuid not null,
      host_seat integer not null default 1,
      acting_seat integer,
      -- Since when the host is not present; null while it is.
      host_gone_since timestamptz,
      locked boolean not null default false,
      closed_at timestamptz,
      expires_at timestamptz not null,
      last_activity_at timestamptz not null default clock_timestamp(),
      meeting_lat double precision,
      meeting_lng double precision,
      view_lat double precision,
      view_lng double precision,
      view_zoom double precision,
      channel_id uuid not null,
      -- Counters moved only by the transaction that uses the number.
      next_seat integer not null default 1,
      next_number integer not null default 1,
      event_seq bigint not null default 0,
      created_at timestamptz not null default clock_timestamp()
    )`.execute(db)
  await sql`create index rooms_expires on rooms (expires_at)`.execute(db)
  await sql`
    create table room_members (
      room_id uuid not null references rooms on delete cascade,
      seat integer not null,
      person_id uuid not null,
      name text not null,
      portrait text not null,
      joined_at timestamptz not null default clock_timestamp(),
      left_at timestamptz,
      removed_at timestamptz,
      -- Taken off the person's own home list; the seat stays.
      hidden_at timestamptz,
      -- "Full" counts who was online in the last two minutes.
      last_seen_at timestamptz not null default clock_timestamp(),
      primary key (room_id, seat),
      unique (room_id, person_id)
    )`.execute(db)
  await sql`create index room_members_person on room_members (person_id)`.execute(db)
  await sql`
    create table room_candidates (
      room_id uuid not null references rooms on delete cascade,
      number integer not null,
      key uuid not null,
      place_id uuid,
      name text not null,
      category text not null,
      address text,
      lat double precision not null,
      lng double precision not null,
      price integer,
      menu text,
      hours text,
      note text,
      link text,
      proposer_seat integer not null,
      added_at timestamptz not null default clock_timestamp(),
      withdrawn_at timestamptz,
      withdrawn_by integer,
      primary key (room_id, number),
      unique (room_id, key)
    )`.execute(db)
  // The same place stands once in a room.
  await sql`create unique index room_candidates_place on room_candidates (room_id, place_id) where withdrawn_at is null and place_id is not null`.execute(
    db,
  )
  await sql`
    create table room_events (
      room_id uuid not null references rooms on delete cascade,
      seq bigint not null,
      event jsonb not null,
      at timestamptz not null default clock_timestamp(),
      primary key (room_id, seq)
    )`.execute(db)
  await sql`create index room_events_at on room_events (at)`.execute(db)
  // What is left of a deleted room: its link still says "expired", and leads people to their own decisions.
  await sql`
    create table room_tombstones (
      code text primary key,
      room_id uuid not null,
      expired_at timestamptz not null
    )`.execute(db)
  await sql`create index rooms_channel on rooms (channel_id)`.execute(db)
  await sql`create index room_members_seen on room_members (last_seen_at)`.execute(db)
}
