-- Services that wait for their customer: attempts that are there from the submit on and leave when the customer is there.

-- `waiting` is open like `pending`, and goes to `pending` with the commit that makes its customer's attempt succeed, or to
-- `refused` with the one that refuses it. While its customer's attempt is pending it shares its deadline: past that, neither
-- is ever sent. From the customer's mark on it does not expire.
alter table attempt drop constraint attempt_state_check;
alter table attempt add constraint attempt_state_check
  check (state in ('waiting', 'pending', 'sent', 'succeeded', 'refused', 'unknown'));
-- Made anew with its two indexes: PostgreSQL changes the expression of a column only from version 17 on.
alter table attempt drop column undecided;
alter table attempt add column undecided boolean not null
  generated always as (state in ('waiting', 'pending', 'sent', 'unknown')) stored;
create unique index attempt_one_open on attempt (connection_id, operation, subject) where undecided;
create index attempt_open on attempt (partner_id, id desc) where undecided or contradicted;
alter table attempt
  -- The customer's attempt that it waits, or waited, for.
  add column waits_for uuid references attempt (id),
  -- Milliseconds within which it must be sent once it is released.
  add column release_ms integer,
  -- When its customer was there.
  add column released_at timestamptz(3),
  -- Of a customer's attempt: services wait for it. Asked before anything is looked for.
  add column awaited boolean not null default false,
  add constraint attempt_waits_check check (state <> 'waiting'
    or (operation = 'add-service' and waits_for is not null and release_ms is not null)),
  add constraint attempt_released_check check (released_at is null or waits_for is not null);
create index attempt_waits_for on attempt (waits_for) where waits_for is not null;
grant update (subject, released_at) on attempt to quayside_system;

drop trigger attempt_moves on attempt;
create trigger attempt_moves before update on attempt for each row
  when (old.state <> new.state and not (
    (old.state = 'waiting' and new.state in ('pending', 'refused'))
    or (old.state = 'pending' and new.state in ('sent', 'refused'))
    or (old.state = 'sent' and new.state in ('succeeded', 'refused', 'unknown'))
    or (old.state = 'unknown' and new.state in ('succeeded', 'refused'))
    or (old.state in ('succeeded', 'refused') and new.state in ('succeeded', 'refused')
      and old.contradicted and not new.contradicted and new.settlement is not null)))
  execute function attempt_refuse_move();

-- As before; only the release says whose service it is, once.
drop trigger attempt_keeps on attempt;
create trigger attempt_keeps before update on attempt for each row
  when ((old.id, old.correlation_id, old.partner_id, old.customer_id, old.connection_id, old.connection_version, old.vendor,
      old.operation, old.retry_of, old.actor_id, old.actor_name, old.payload_hash, old.opened_at, old.waits_for,
      old.release_ms, old.awaited)
    is distinct from
     (new.id, new.correlation_id, new.partner_id, new.customer_id, new.connection_id, new.connection_version, new.vendor,
      new.operation, new.retry_of, new.actor_id, new.actor_name, new.payload_hash, new.opened_at, new.waits_for,
      new.release_ms, new.awaited)
    or ((old.subject, old.released_at) is distinct from (new.subject, new.released_at)
      and not (old.state = 'waiting' and new.state = 'pending')))
  execute function attempt_refuse_change();

-- What waits for an attempt that leaves does not expire any more: its outcome decides, whenever that comes.
create function attempt_holds_waiting() returns trigger language plpgsql as $$
begin
  update attempt set deadline = '9999-12-31' where waits_for = new.id and state = 'waiting';
  return null;
end $$;
create trigger attempt_awaited_leaves after update on attempt for each row
  when (new.awaited and old.state = 'pending' and new.state = 'sent')
  execute function attempt_holds_waiting();

-- What waits for a customer's attempt, now that it is decided: released where the customer is there and linked, refused where
-- it was refused. A contradicted one is for a person first, and what waits goes on waiting. Answers the entries that say so,
-- all of the attempt's own partner; the caller appends them, in the order in which it locks the chains.
create function waiting_follow(decided uuid) returns audit_entry[] language plpgsql as $$
declare
  c attempt%rowtype;
  s attempt%rowtype;
  bound text;
  what text;
  about jsonb;
  entries audit_entry[] := '{}';
begin
  select * into c from attempt where id = decided;
  if not c.awaited or c.contradicted or c.state not in ('succeeded', 'refused') then return entries; end if;
  for s in select * from attempt where waits_for = decided and state = 'waiting' order by id for update loop
    what := 'attempt.closed';
    if c.state = 'refused' then
      update attempt set state = 'refused', closed_at = clock_timestamp() where id = s.id;
      about := jsonb_build_object('state', 'refused', 'reason', 'customer-refused');
    else
      bound := c.vendor_id || '|' || split_part(s.subject, '|', 2);
      perform attempt_lapse(s.connection_id, s.operation, bound);
      begin
        -- The customer was linked another way meanwhile and has the service, or this one was taken up elsewhere.
        if s.retried_by is not null or exists (select from service k where k.customer_id = s.customer_id
            and k.connection_id = s.connection_id and k.product = split_part(s.subject, '|', 2)) then
          raise unique_violation;
        end if;
        update attempt set state = 'pending', subject = bound, released_at = clock_timestamp(),
          deadline = clock_timestamp() + make_interval(secs => s.release_ms::double precision / 1000)
        where id = s.id;
        update attempt_content set input = jsonb_set(input, '{vendorCustomerId}', to_jsonb(c.vendor_id)) where attempt_id = s.id;
        what := 'attempt.released';
        about := jsonb_build_object('vendorId', c.vendor_id, 'waitedFor', decided);
      exception when unique_violation then
        -- Or somebody is adding the same service to it right now.
        update attempt set state = 'refused', closed_at = clock_timestamp(), outcome = jsonb_build_object(
          'kind', 'invalid-request', 'effect', 'none', 'status', null, 'message', 'not-sent.open-attempt',
          'params', '{}'::jsonb, 'fieldErrors', '[]'::jsonb, 'vendorType', null, 'vendorDescription', null,
          'vendorCorrelationId', null, 'retryAfterSeconds', null, 'retryable', true)
        where id = s.id;
        about := jsonb_build_object('state', 'refused', 'reason', 'invalid-request');
      end;
    end if;
    entries := entries || row(uuid_v7(), s.partner_id, null, null, null, 'Quayside', 'system', '', what, 'attempt', s.id::text,
      s.correlation_id, about, null, null)::audit_entry;
  end loop;
  return entries;
end $$;

-- What of rights, connection, mapping and customer speaks against sending these attempts now; 'sent' when nothing does. A
-- partner may leave only while the very role that opened it is held: fewer may add one than may onboard a customer. A service
-- leaves for the very customer that it is for, as long as ours is linked to it.
create or replace function attempts_that_may_leave(sendings uuid[], allowed_roles text[]) returns table (id uuid, answer text)
language sql stable as $$
  select a.id, case
    when not exists (
      select from role_grant g
      join partner_closure c on c.ancestor_id = g.partner_id and c.descendant_id = a.partner_id
      join app_user u on u.id = g.user_id and u.disabled_at is null
      where g.user_id = a.actor_id and g.role = any (allowed_roles)
        and (a.operation <> 'add-partner' or g.role = a.actor_role)) then 'rights'
    when not exists (
      select from connection k where k.id = a.connection_id and k.version = a.connection_version
        and k.disabled_at is null and k.broken_at is null
        and (k.partner_id = a.partner_id or (k.shared and exists (
          select from partner_closure o where o.ancestor_id = k.partner_id and o.descendant_id = a.partner_id)))) then 'connection'
    when a.mapping_id is not null and a.partner_id <> a.owner_partner_id and not exists (
      select from mapping m where m.connection_id = a.connection_id and m.partner_id = a.partner_id
        and m.external_id = a.mapping_id) then 'mapping'
    when a.operation = 'add-service' and not exists (
      select from vendor_account v where v.customer_id = a.customer_id and v.connection_id = a.connection_id
        and starts_with(a.subject, v.vendor_id || '|')) then 'customer'
    else 'sent' end
  from attempt a where a.id = any (sendings)
$$;

-- The closings of one moment, one commit: exchanges, states, vendor accounts, mappings, what waited for them, audit entries,
-- first passwords gone. The usual ones go together; any other goes to attempt_close_late. Answers the state each attempt is in
-- afterwards.
create or replace function attempts_close(docs jsonb) returns table (closed uuid, closed_state text) language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $$
declare
  c record;
  d jsonb;
  mapped audit_entry;
  usual uuid[] := '{}';
  entries audit_entry[] := '{}';
begin
  for c in
    with doc as materialized (
      select * from jsonb_to_recordset(docs) as d (id uuid, audit_id uuid, account_id uuid, state text, outcome jsonb,
        vendor_id text, vendor_correlation_id text, search text, secrets boolean, exchanges jsonb)
    ), done as (
      update attempt a set state = doc.state, closed_at = clock_timestamp(), outcome = doc.outcome,
        vendor_id = doc.vendor_id, vendor_correlation_id = doc.vendor_correlation_id
      from doc
      where a.id = doc.id and (a.state = 'sent' or (a.state = 'pending' and doc.state = 'refused'))
      returning a.id, a.partner_id, a.owner_partner_id, a.customer_id, a.connection_id, a.vendor, a.operation,
        a.correlation_id, a.actor_id, a.actor_name, a.actor_role, a.actor_partner, a.state, a.outcome, a.vendor_id,
        a.awaited, doc.audit_id, doc.account_id, doc.search, doc.secrets, doc.exchanges
    ), called as materialized (
      select done.id as attempt_id, done.partner_id, done.owner_partner_id, e.*
      from done, jsonb_to_recordset(done.exchanges) as e (id uuid, purpose text, method text, started_at timestamptz,
        duration_ms integer, phase text, status integer, failure text, request_bytes integer, response_bytes integer,
        content_hash text, url text, request_headers jsonb, request_body jsonb, response_headers jsonb, response_body jsonb)
    ), head as (
      insert into exchange (id, attempt_id, partner_id, owner_partner_id, purpose, method, started_at, duration_ms, phase,
        status, failure, request_bytes, response_bytes, content_hash)
      select id, attempt_id, partner_id, owner_partner_id, purpose, method, started_at, duration_ms, phase, status, failure,
        request_bytes, response_bytes, content_hash
      from called
    ), content as (
      insert into exchange_content (exchange_id, partner_id, owner_partner_id, url, request_headers, request_body,
        response_headers, response_body)
      select id, partner_id, owner_partner_id, url, request_headers, request_body, response_headers, response_body
      from called
    ), account as (
      insert into vendor_account (id, customer_id, partner_id, connection_id, vendor, vendor_id, origin, correlation_id)
      select account_id, customer_id, partner_id, connection_id, vendor, vendor_id,
        case when operation = 'adopt-customer' then 'adopted' else 'created' end, correlation_id
      from done where state = 'succeeded' and customer_id is not null
      on conflict do nothing
      returning id
    )
    select done.id, done.partner_id, done.customer_id, done.connection_id, done.operation, done.correlation_id, done.actor_id, done.actor_name,
      done.actor_role, done.actor_partner, done.state, done.outcome -> 'kind' as reason, done.vendor_id, done.audit_id,
      done.awaited, done.search, done.secrets, done.state = 'succeeded' and done.customer_id is not null
        and done.account_id not in (select id from account) as not_linked
    from done order by partner_id, id
  loop
    usual := usual || c.id;
    -- Not linked now: either it was before, to this customer, or the vendor's id belongs to another one.
    if c.not_linked and not exists (select from vendor_account v where v.connection_id = c.connection_id
        and v.vendor_id = c.vendor_id and v.customer_id = c.customer_id) then
      update attempt set contradicted = true where id = c.id;
    end if;
    if c.search is not null then
      perform search_put('attempt', c.id, c.partner_id, c.search);
    end if;
    if c.secrets then
      delete from attempt_secret where attempt_id = c.id;
    end if;
    entries := entries || row(c.audit_id, c.partner_id, null, null, c.actor_id, c.actor_name, c.actor_role, c.actor_partner,
      'attempt.closed', 'attempt', c.id::text, c.correlation_id,
      jsonb_build_object('state', c.state, 'reason', c.reason, 'vendorId', c.vendor_id), null, null)::audit_entry;
    if c.operation = 'add-partner' and c.state = 'succeeded' then
      mapped := partner_map(c.id);
      if mapped.id is not null then entries := entries || mapped; end if;
    end if;
    if c.awaited then entries := entries || waiting_follow(c.id); end if;
    closed := c.id;
    closed_state := c.state;
    return next;
  end loop;
  if cardinality(entries) > 0 then perform audit_append_all(entries); end if;
  if cardinality(usual) = jsonb_array_length(docs) then return; end if;
  for d in select * from jsonb_array_elements(docs) loop
    if (d ->> 'id')::uuid <> all (usual) then
      closed := (d ->> 'id')::uuid;
      closed_state := attempt_close_late(d);
      return next;
    end if;
  end loop;
end $$;

-- An answer that comes for an attempt that is not merely sent. One that was settled keeps it; where it contradicts the
-- settlement the attempt needs somebody again. An adoption, and a partner that is found there already, go from pending to
-- succeeded here, as they send nothing. What waited
-- follows it, once: a contradiction that comes later is for a person, and changes nothing about what was released or refused.
create or replace function attempt_close_late(doc jsonb) returns text language plpgsql as $$
declare
  was attempt%rowtype;
  new_state text := doc ->> 'state';
  clash boolean := false;
  mapped audit_entry;
begin
  select * into was from attempt where id = (doc ->> 'id')::uuid for update;
  perform exchanges_record(was, doc -> 'exchanges');
  delete from attempt_secret where attempt_id = was.id;
  if was.state in ('succeeded', 'refused') or (was.state = 'unknown' and new_state = 'unknown') then
    if was.state <> new_state and new_state <> 'unknown' and not was.contradicted then
      update attempt set contradicted = true, vendor_id = coalesce(vendor_id, doc ->> 'vendor_id') where id = was.id;
      perform audit_append((doc ->> 'audit_id')::uuid, was.partner_id, null, 'Quayside', 'system', '', 'attempt.contradicted',
        'attempt', was.id::text, was.correlation_id, jsonb_build_object('state', was.state, 'answered', new_state));
    end if;
    return was.state;
  end if;
  if new_state = 'succeeded' then
    clash := not vendor_account_link(was, (doc ->> 'account_id')::uuid, doc ->> 'vendor_id',
      case when was.operation = 'adopt-customer' then 'adopted' else 'created' end);
  end if;
  if was.state = 'pending' and new_state = 'succeeded' then
    update attempt set state = 'sent', sent_at = clock_timestamp() where id = was.id;
  end if;
  update attempt set state = new_state, closed_at = clock_timestamp(), outcome = doc -> 'outcome',
    vendor_id = doc ->> 'vendor_id', vendor_correlation_id = doc ->> 'vendor_correlation_id', contradicted = clash
  where id = was.id;
  if doc ->> 'search' is not null then
    perform search_put('attempt', was.id, was.partner_id, doc ->> 'search');
  end if;
  perform audit_append((doc ->> 'audit_id')::uuid, was.partner_id, was.actor_id, was.actor_name, was.actor_role,
    was.actor_partner, 'attempt.closed', 'attempt', was.id::text, was.correlation_id,
    jsonb_build_object('state', new_state, 'reason', doc #> '{outcome,kind}', 'vendorId', doc ->> 'vendor_id'));
  if was.operation = 'add-partner' and new_state = 'succeeded' then
    mapped := partner_map(was.id);
    if mapped.id is not null then perform audit_append_all(array[mapped]); end if;
  end if;
  if was.awaited then perform audit_append_all(waiting_follow(was.id)); end if;
  return new_state;
end $$;

-- Settles as before; what waited for the attempt follows it.
create or replace function attempt_settle(doc jsonb) returns text language plpgsql as $$
declare
  was attempt%rowtype;
  new_state text := doc ->> 'state';
  mapped audit_entry;
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
  update attempt set state = new_state, settlement = doc ->> 'settlement', settled_at = clock_timestamp(),
    settled_by = (doc ->> 'actor_id')::uuid, settled_by_name = doc ->> 'actor_name', contradicted = false,
    vendor_id = coalesce(doc ->> 'vendor_id', vendor_id)
  where id = was.id;
  if was.state = 'succeeded' and new_state = 'refused' then
    perform attempt_unlink(was);
  end if;
  if doc ->> 'note' is not null then
    update attempt_content set settle_note = doc ->> 'note' where attempt_id = was.id;
  end if;
  perform look_up_record(was, look_up, look_up ->> 'answer');
  perform audit_append((doc ->> 'audit_id')::uuid, was.partner_id, (doc ->> 'actor_id')::uuid, doc ->> 'actor_name',
    doc ->> 'actor_role', doc ->> 'actor_partner', 'attempt.settled', 'attempt', was.id::text, was.correlation_id,
    jsonb_build_object('from', case was.state when 'sent' then 'unknown' else was.state end, 'state', new_state,
      'settlement', doc ->> 'settlement', 'vendorId', doc ->> 'vendor_id',
      'note', encode(sha256(convert_to(coalesce(doc ->> 'note', ''), 'UTF8')), 'hex')));
  if was.operation = 'add-partner' and new_state = 'succeeded' and was.state <> 'succeeded' then
    mapped := partner_map(was.id);
    if mapped.id is not null then perform audit_append_all(array[mapped]); end if;
  end if;
  if was.awaited then perform audit_append_all(waiting_follow(was.id)); end if;
  return new_state;
end $$;

-- As before; what waited for it is refused with it.
create or replace function attempt_lapse(lapse_connection uuid, lapse_operation text, lapse_subject text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  lapsed attempt%rowtype;
begin
  for lapsed in
    update attempt set state = 'refused', closed_at = clock_timestamp()
    where connection_id = lapse_connection and operation = lapse_operation and subject = lapse_subject and undecided
      and state = 'pending' and deadline < clock_timestamp()
    returning *
  loop
    delete from attempt_secret where attempt_id = lapsed.id;
    perform audit_append(uuid_v7(), lapsed.partner_id, null, 'Quayside', 'system', '', 'attempt.closed', 'attempt',
      lapsed.id::text, lapsed.correlation_id, jsonb_build_object('state', 'refused', 'reason', 'never-sent'));
    if lapsed.awaited then perform audit_append_all(waiting_follow(lapsed.id)); end if;
  end loop;
end $$;

-- Opens an onboarding (or adds attempts to one): customer when new, onboarding when new, one pending attempt per connection
-- with what was typed, the services that wait for them (after what they wait for), audit entries. Runs as the actor:
-- row-level security checks every partner_id. An attempt of the same subject that was never sent in time is closed first, so
-- that it does not block for ever.
create or replace function onboarding_open(doc jsonb) returns void language plpgsql as $$
declare
  a jsonb;
  o jsonb := doc -> 'onboarding';
begin
  if doc ? 'customer' then
    insert into customer (id, partner_id, name, legal_name, tax_id, country, address_line1, address_line2, city, state, zip,
      first_name, middle_name, last_name, email, phone, website)
    select id, partner_id, name, legal_name, tax_id, country, address_line1, address_line2, city, state, zip,
      first_name, middle_name, last_name, email, phone, website
    from jsonb_populate_record(null::customer, doc -> 'customer');
    perform search_put('customer', (doc #>> '{customer,id}')::uuid, (doc #>> '{customer,partner_id}')::uuid, doc ->> 'search');
  end if;
  if o is not null then
    insert into onboarding (correlation_id, id, partner_id, customer_id, plan_hash, request_hash, actor_id, actor_name,
      actor_role, actor_partner)
    select correlation_id, id, partner_id, customer_id, plan_hash, request_hash, actor_id, actor_name, actor_role, actor_partner
    from jsonb_populate_record(null::onboarding, o);
  end if;
  for a in select * from jsonb_array_elements(doc -> 'attempts') loop
    perform attempt_lapse((a ->> 'connection_id')::uuid, a ->> 'operation', a ->> 'subject');
    insert into attempt (id, correlation_id, partner_id, customer_id, connection_id, owner_partner_id, connection_name,
      connection_version, vendor, operation, subject, profile, mapping_id, retry_of, state, waits_for, release_ms,
      awaited, deadline, actor_id, actor_name, actor_role, actor_partner, payload_hash, submission_hash)
    select id, correlation_id, partner_id, customer_id, connection_id, owner_partner_id, connection_name,
      connection_version, vendor, operation, subject, profile, mapping_id, retry_of,
      case when n.waits_for is null then 'pending' else 'waiting' end, n.waits_for, n.release_ms, coalesce(n.awaited, false),
      coalesce((select w.deadline from attempt w where w.id = n.waits_for),
        clock_timestamp() + make_interval(secs => (a ->> 'deadline_ms')::double precision / 1000)),
      actor_id, actor_name, actor_role, actor_partner, payload_hash, submission_hash
    from jsonb_populate_record(null::attempt, a) n;
    insert into attempt_content (attempt_id, partner_id, facts, input, request)
    values ((a ->> 'id')::uuid, (a ->> 'partner_id')::uuid, a -> 'facts', a -> 'input', a -> 'request');
    -- An attempt without a customer is found by its own words.
    if a ? 'search' then
      perform search_put('attempt', (a ->> 'id')::uuid, (a ->> 'partner_id')::uuid, a ->> 'search');
    end if;
    if a ? 'secrets' then
      insert into attempt_secret (attempt_id, field, partner_id, key_version, sealed)
      select (a ->> 'id')::uuid, s.field, (a ->> 'partner_id')::uuid, s.key_version, decode(s.sealed, 'base64')
      from jsonb_to_recordset(a -> 'secrets') as s (field text, key_version integer, sealed text);
    end if;
    if a ->> 'retry_of' is not null then
      update attempt set retried_by = (a ->> 'id')::uuid where id = (a ->> 'retry_of')::uuid;
    end if;
    perform audit_append((a ->> 'audit_id')::uuid, (a ->> 'partner_id')::uuid, (a ->> 'actor_id')::uuid, a ->> 'actor_name',
      a ->> 'actor_role', a ->> 'actor_partner', 'attempt.opened', 'attempt', a ->> 'id', (a ->> 'correlation_id')::uuid,
      jsonb_build_object('connection', a ->> 'connection_id', 'operation', a ->> 'operation', 'payload', a ->> 'payload_hash',
        'retryOf', a ->> 'retry_of', 'waitsFor', a ->> 'waits_for'));
  end loop;
end $$;
