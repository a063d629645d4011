-- Automatic look-ups of unknown attempts. What was looked for and seen is evidence: added, never changed or removed.

-- One look-up of an attempt's schedule (lib/onboarding/look-up-schedule.ts). It is done when its row is here; what is due
-- next follows from the attempt and these rows alone, so that nothing is lost with a process or with a queue.
create table attempt_look_up (
  attempt_id uuid not null references attempt (id),
  number integer not null check (number > 0),
  partner_id uuid not null references partner (id),
  at timestamptz(3) not null default clock_timestamp(),
  answer text not null check (answer in ('found', 'taken', 'several', 'not-found', 'failed', 'skipped')),
  -- Why it failed or was skipped: a code.
  reason text,
  primary key (attempt_id, number)
);

-- Customers at the vendor that a look-up found by something else than our key. Ids alone, and seen within the branch of
-- the connection's owner alone: a shared connection must not become a window.
create table look_up_candidate (
  attempt_id uuid not null,
  number integer not null,
  partner_id uuid not null references partner (id),
  owner_partner_id uuid not null references partner (id),
  vendor_id text not null,
  match text not null check (match in ('key', 'id', 'email', 'name')),
  primary key (attempt_id, number, vendor_id),
  foreign key (attempt_id, number) references attempt_look_up (attempt_id, number)
);

create trigger attempt_look_up_no_change before update or delete on attempt_look_up
  for each row execute function refuse_change();
create trigger attempt_look_up_no_truncate before truncate on attempt_look_up
  for each statement execute function refuse_change();
create trigger look_up_candidate_no_change before update or delete on look_up_candidate
  for each row execute function refuse_change();
create trigger look_up_candidate_no_truncate before truncate on look_up_candidate
  for each statement execute function refuse_change();

do $$
declare
  t text;
begin
  foreach t in array array['attempt_look_up', 'look_up_candidate'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy system_door on %I to quayside_system using (true) with check (true)', t);
    execute format('create policy owner_door on %I to current_user using (true) with check (true)', t);
  end loop;
end $$;
create policy branch on attempt_look_up to quayside_actor
  using (partner_id = any ((select visible_partners())::uuid[]));
create policy owners_branch on look_up_candidate to quayside_actor
  using (partner_id = any ((select visible_partners())::uuid[]) and owner_partner_id = any ((select visible_partners())::uuid[]));
grant select on attempt_look_up, look_up_candidate to quayside_actor;
grant select, insert on attempt_look_up, look_up_candidate to quayside_system;

-- What the sweep asks.
create index draft_saved on draft (saved_at);

-- Keeps one look-up of the schedule with what it saw. A second one of the same number (its worker was taken for dead) adds
-- nothing.
create function look_up_record(owner attempt, look_up jsonb, came_to text) returns void language plpgsql as $$
begin
  if look_up is null then return; end if;
  insert into attempt_look_up (attempt_id, number, partner_id, answer, reason)
  values (owner.id, (look_up ->> 'number')::integer, owner.partner_id, came_to, look_up ->> 'reason')
  on conflict do nothing;
  if not found then return; end if;
  insert into look_up_candidate (attempt_id, number, partner_id, owner_partner_id, vendor_id, match)
  select owner.id, (look_up ->> 'number')::integer, owner.partner_id, owner.owner_partner_id, c.vendor_id, c.match
  from jsonb_to_recordset(look_up -> 'candidates') as c (vendor_id text, match text)
  on conflict do nothing;
end $$;

-- Settles an unknown attempt (a sent one past its deadline is unknown), by look-up or by hand with a note, and keeps the
-- look-up of the schedule that it comes from ("look_up"). Such a look-up decides only what is unknown: what a person has
-- settled and a late answer contradicts is for a person.
-- Returns the state afterwards, or null when the attempt is not unknown (any more).
create or replace function attempt_settle(doc jsonb) returns text language plpgsql as $$
declare
  was attempt%rowtype;
  new_state text := doc ->> 'state';
  look_up jsonb := nullif(doc -> 'look_up', 'null');
begin
  select * into was from attempt where id = (doc ->> 'id')::uuid for update;
  if was.id is null then return null; end if;
  perform exchanges_record(was, doc -> 'exchanges');
  if not (was.state = 'unknown' or (was.state = 'sent' and was.deadline < clock_timestamp())
      or (was.contradicted and look_up is null)) then
    return null;
  end if;
  if new_state is null then
    perform look_up_record(was, look_up, look_up ->> 'answer');
    return was.state;
  end if;
  if new_state = 'succeeded' and not vendor_account_link(was, (doc ->> 'account_id')::uuid, doc ->> 'vendor_id',
      coalesce(doc ->> 'origin', 'created')) then
    perform look_up_record(was, look_up, 'taken');
    return 'taken';
  end if;
  if was.state = 'sent' then
    update attempt set state = 'unknown', closed_at = clock_timestamp() where id = was.id;
  end if;
  if was.state in ('unknown', 'sent') then
    update attempt set state = new_state, settlement = doc ->> 'settlement', settled_at = clock_timestamp(),
      settled_by = (doc ->> 'actor_id')::uuid, settled_by_name = doc ->> 'actor_name', contradicted = false,
      vendor_id = coalesce(doc ->> 'vendor_id', vendor_id)
    where id = was.id;
  else
    update attempt set contradicted = false, settlement = doc ->> 'settlement', settled_at = clock_timestamp(),
      settled_by = (doc ->> 'actor_id')::uuid, settled_by_name = doc ->> 'actor_name'
    where id = was.id;
  end if;
  if doc ->> 'note' is not null then
    update attempt_content set settle_note = doc ->> 'note' where attempt_id = was.id;
  end if;
  perform look_up_record(was, look_up, look_up ->> 'answer');
  perform audit_append((doc ->> 'audit_id')::uuid, was.partner_id, (doc ->> 'actor_id')::uuid, doc ->> 'actor_name',
    doc ->> 'actor_role', doc ->> 'actor_partner', 'attempt.settled', 'attempt', was.id::text, was.correlation_id,
    jsonb_build_object('state', new_state, 'settlement', doc ->> 'settlement', 'vendorId', doc ->> 'vendor_id',
      'note', encode(sha256(convert_to(coalesce(doc ->> 'note', ''), 'UTF8')), 'hex')));
  return new_state;
end $$;
