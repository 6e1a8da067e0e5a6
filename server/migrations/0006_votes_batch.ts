import { sql } from 'kysely'
import type { Kysely } from 'kysely'

/**
 * What a batch of votes does in Postgres, in two calls: round trips and planning were most of its time. Their bodies are here and not in
 * a repo because a function's statements each see what was committed before they began, which the statements of one WITH do not.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function append_room_event(p_room uuid, p_event jsonb) returns bigint language plpgsql as $$
    declare
      n bigint;
    begin
      update rooms set event_seq = event_seq + 1 where id = p_room returning event_seq into n;
      if found then
        insert into room_events (room_id, seq, event) values (p_room, n, p_event);
      end if;
      return n;
    end $$`.execute(db)
  // Takes the next fencing token. Whoever held the row has committed or is refused from here on, so what is read after it is all there is.
  await sql`
    create function take_round(p_round uuid, p_token bigint, p_epoch bigint, p_persons uuid[], p_keys uuid[])
      returns table (held rounds, at timestamptz, voters json, keys json) language plpgsql as $$
    declare
      known bigint;
    begin
      update rounds r set token = r.token + 1 where r.id = p_round returning r.* into held;
      if not found then
        return;
      end if;
      at := clock_timestamp();
      known := case when held.room_epoch = p_epoch then p_token else -1 end;
      -- Looked up by key, row by row: a join would be planned for a round that is still empty, and pass whole tables in one that is full.
      select json_agg(json_build_array(v.person_id, v.seat, v.own, v.fine, v.fine_own, v.wait_used, v.removed_at is not null,
        (select string_agg(c.number || ' ' || c.stance || ' ' || c.own, ' ') from round_choices c
          where c.round_id = v.round_id and c.person_id = v.person_id)))
      from round_voters v where v.round_id = p_round and v.token > known
      into voters;
      select json_agg(json_build_array(a.person_id, a.key, k.own))
      from unnest(p_persons, p_keys) as a(person_id, key), lateral (
        select own from round_keys where round_id = p_round and person_id = a.person_id and key = a.key limit 1) k
      into keys;
      return next;
    end $$`.execute(db)
  // Writes a batch, or nothing: 'stale' when a newer token was taken, 'closed' when the time is over once the row is held.
  await sql`
    create function store_acts(p_round uuid, p_token bigint,
      v_person uuid[], v_seat integer[], v_own integer[], v_fine boolean[], v_fine_own integer[],
      c_person uuid[], c_number integer[], c_stance text[], c_own integer[],
      k_person uuid[], k_key uuid[], k_own integer[],
      p_change jsonb, p_event jsonb) returns text language plpgsql as $$
    declare
      r rounds;
    begin
      select * from rounds where id = p_round for update into r;
      if not found or r.token <> p_token then
        return 'stale';
      end if;
      if r.closed_at is not null or clock_timestamp() >= r.deadline_at then
        return 'closed';
      end if;
      insert into round_voters as old (round_id, person_id, seat, own, fine, fine_own, fine_at, token)
      select p_round, n.p, n.s, n.o, n.f, n.fo, case when n.fo > 0 then clock_timestamp() end, p_token
      from unnest(v_person, v_seat, v_own, v_fine, v_fine_own) as n(p, s, o, f, fo)
      on conflict (round_id, person_id) do update set own = excluded.own, fine = excluded.fine, fine_own = excluded.fine_own,
        token = excluded.token, fine_at = case when old.fine_own = excluded.fine_own then old.fine_at else excluded.fine_at end;
      insert into round_choices (round_id, person_id, number, stance, own)
      select p_round, n.p, n.c, n.s, n.o from unnest(c_person, c_number, c_stance, c_own) as n(p, c, s, o)
      on conflict (round_id, person_id, number) do update set stance = excluded.stance, own = excluded.own, at = clock_timestamp();
      insert into round_keys (round_id, person_id, key, own)
      select p_round, n.p, n.k, n.o from unnest(k_person, k_key, k_own) as n(p, k, o);
      if p_change is not null then
        r := jsonb_populate_record(r, p_change);
        update rounds set version = r.version, deadline_at = r.deadline_at, closing_by = r.closing_by, closing_at = r.closing_at,
          deadline_before = r.deadline_before, hold_until = r.hold_until, closing_present = r.closing_present
        where id = p_round;
      end if;
      -- The room's row last: see the order of locks.
      if p_event is not null then
        perform append_room_event(r.room_id, p_event);
      end if;
      return 'stored';
    end $$`.execute(db)
}
