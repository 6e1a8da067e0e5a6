import { sql } from 'kysely'
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table rounds (
      id uuid primary key,
      room_id uuid not null references rooms on delete cascade,
      first_round_id uuid not null,
      ordinal integer not null,
      kind text not null check (kind in ('first', 'runoff')),
      hidden boolean not null,
      quorum boolean not null,
      opened_by_seat integer not null,
      opened_at timestamptz not null default clock_timestamp(),
      deadline_at timestamptz not null,
      -- While closing: by whom, and the deadline to go back to when it is taken back or restarted.
      closing_by text check (closing_by in ('host', 'quorum')),
      closing_at timestamptz,
      deadline_before timestamptz,
      hold_until timestamptz,
      -- Seats present when the closing by quorum was last looked at: who is new among them has arrived.
      closing_present integer[] not null default '{}',
      seed bytea not null,
      seed_hash text not null,
      tied integer[],
      -- Passed over in the first round; a run-off's result says it again.
      hard integer[] not null default '{}',
      -- Fencing: raised when a batch takes the lock; a batch holding an older one is refused.
      token bigint not null default 0,
      version bigint not null default 1,
      -- Raised by whatever changes the room's candidates or members: what servers remember of those is right while it stays.
      room_epoch bigint not null default 0,
      closed_at timestamptz,
      outcome jsonb,
      -- What everybody sees of the closed round (RoundView): later withdrawals and removals don't change it.
      final jsonb
    )`.execute(db)
  await sql`create unique index rounds_one_open on rounds (room_id) where closed_at is null`.execute(
    db,
  )
  await sql`create index rounds_room on rounds (room_id, ordinal)`.execute(db)
  await sql`create index rounds_due on rounds (deadline_at) where closed_at is null`.execute(db)
  await sql`
    create table round_voters (
      round_id uuid not null references rounds on delete cascade,
      person_id uuid not null,
      seat integer not null,
      -- Number of the person's newest action in the round.
      own integer not null default 0,
      fine boolean not null default false,
      fine_own integer not null default 0,
      fine_at timestamptz,
      wait_used boolean not null default false,
      -- The fencing token of the last batch that wrote this voter: a server reads only those newer than what it remembers.
      token bigint not null default 0,
      -- Taken out of the round by removal; rows are kept.
      removed_at timestamptz,
      primary key (round_id, person_id)
    ) with (fillfactor = 60)`.execute(db)
  await sql`
    create table round_choices (
      round_id uuid not null,
      person_id uuid not null,
      number integer not null,
      stance text not null check (stance in ('chosen', 'passed', 'none')),
      own integer not null,
      at timestamptz not null default clock_timestamp(),
      primary key (round_id, person_id, number)
    ) with (fillfactor = 60)`.execute(db)
  await sql`
    create table round_keys (
      round_id uuid not null,
      person_id uuid not null,
      key uuid not null,
      own integer not null,
      primary key (round_id, person_id, key)
    )`.execute(db)
  // Instead of two foreign keys, which would look up the round once for each act of a batch that holds its row anyway.
  await sql`
    create function forget_round() returns trigger language plpgsql as $$
    begin
      delete from round_choices where round_id = old.id;
      delete from round_keys where round_id = old.id;
      return old;
    end $$`.execute(db)
  await sql`create trigger round_is_gone after delete on rounds for each row execute function forget_round()`.execute(
    db,
  )
  // Passes after the close: how many, no longer whose.
  await sql`
    create table round_passes (
      round_id uuid not null references rounds on delete cascade,
      number integer not null,
      passes integer not null,
      primary key (round_id, number)
    )`.execute(db)
  await sql`
    create table decisions (
      id text primary key,
      -- The room may expire; the decision stays.
      room_id uuid,
      round_id uuid not null unique,
      ordinal integer not null,
      number integer not null,
      won_by text not null,
      content jsonb not null,
      host_id uuid,
      unpublished_at timestamptz,
      created_at timestamptz not null default clock_timestamp()
    )`.execute(db)
  await sql`create index decisions_room on decisions (room_id)`.execute(db)
  await sql`
    create table decision_people (
      decision_id text not null references decisions on delete cascade,
      seat integer not null,
      -- Null once the person is erased.
      person_id uuid,
      name text,
      portrait text not null,
      ticked boolean not null,
      chose integer[] not null,
      primary key (decision_id, seat)
    )`.execute(db)
  await sql`create index decision_people_person on decision_people (person_id)`.execute(db)
}
