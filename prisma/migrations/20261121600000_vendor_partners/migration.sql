-- Partners at the vendors: attempts that add one, without a customer of ours, and what their plans read.

alter table attempt drop constraint attempt_operation_check;
alter table attempt add constraint attempt_operation_check
  check (operation in ('create-customer', 'adopt-customer', 'add-service', 'add-partner'));

-- A partner at a vendor is nobody's customer: its onboarding and attempts have none.
alter table onboarding alter column customer_id drop not null;
alter table attempt alter column customer_id drop not null;
alter table attempt add constraint attempt_customer_check check ((customer_id is null) = (operation = 'add-partner'));

-- What the plan of a partner read at the vendor, kept so that a submit need not read again. The person's own, like a draft.
create table partner_evidence (
  correlation_id uuid primary key,
  user_id uuid not null references app_user (id),
  partner_id uuid not null references partner (id),
  evidence jsonb not null,
  read_at timestamptz(3) not null default clock_timestamp()
);
create index partner_evidence_read on partner_evidence (read_at);
alter table partner_evidence enable row level security;
alter table partner_evidence force row level security;
create policy system_door on partner_evidence to quayside_system using (true) with check (true);
create policy owner_door on partner_evidence to current_user using (true) with check (true);
create policy own on partner_evidence to quayside_actor
  using (user_id = (select current_actor()))
  with check (user_id = (select current_actor()) and partner_id = any ((select visible_partners())::uuid[]));
grant select, insert, update, delete on partner_evidence to quayside_actor;
grant select, delete on partner_evidence to quayside_system;

-- What of rights, connection and mapping speaks against sending these attempts now; 'sent' when nothing does. A partner may
-- leave only while the very role that opened it is held: fewer may add one than may onboard a customer.
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
    else 'sent' end
  from attempt a where a.id = any (sendings)
$$;

-- Maps a partner that an attempt has added at the vendor to the partner of ours that was chosen with it, where that is still
-- possible: whoever opened it may still map for the connection's owner, ours stands below the owner, neither is mapped yet.
-- Answers the entry that says what came of it; null where nothing was to be mapped. The entry is of the attempt's own
-- partner, so that it stands beside the closing's in one chain.
create function partner_map(added uuid) returns audit_entry language plpgsql as $$
declare
  done attempt%rowtype;
  wish uuid;
  called text;
  made uuid := uuid_v7();
  hindrance text;
begin
  select * into done from attempt where id = added;
  select nullif(c.input ->> 'mapTo', '')::uuid, c.input ->> 'name' into wish, called
  from attempt_content c where c.attempt_id = added;
  if wish is null or done.vendor_id is null then return null; end if;
  hindrance := case
    when not exists (
      select from role_grant g
      join partner_closure c on c.ancestor_id = g.partner_id and c.descendant_id = done.owner_partner_id
      join app_user u on u.id = g.user_id and u.disabled_at is null
      where g.user_id = done.actor_id and g.role = done.actor_role) then 'rights'
    when not exists (
      select from partner_closure c join partner p on p.id = c.descendant_id and p.disabled_at is null
      where c.ancestor_id = done.owner_partner_id and c.descendant_id = wish and c.depth > 0) then 'moved'
  end;
  if hindrance is null then
    insert into mapping (id, connection_id, partner_id, external_id, external_name)
    values (made, done.connection_id, wish, done.vendor_id, coalesce(called, ''))
    on conflict do nothing;
    if not found then hindrance := 'taken'; end if;
  end if;
  return row(uuid_v7(), done.partner_id, null, null, done.actor_id, done.actor_name, done.actor_role, done.actor_partner,
    case when hindrance is null then 'mapping.set' else 'mapping.not-set' end,
    case when hindrance is null then 'mapping' else 'partner' end,
    case when hindrance is null then made else wish end::text, done.correlation_id,
    jsonb_build_object('connection', done.connection_id, 'partner', wish, 'externalId', done.vendor_id, 'reason', hindrance),
    null, null)::audit_entry;
end $$;

-- Links the customer of an attempt to its id at the connection. False when the id belongs to another customer already. An
-- attempt without a customer links nothing.
create or replace function vendor_account_link(owner attempt, account_id uuid, external_id text, account_origin text) returns boolean
language plpgsql as $$
declare
  linked uuid;
begin
  if owner.customer_id is null then return true; end if;
  insert into vendor_account (id, customer_id, partner_id, connection_id, vendor, vendor_id, origin, correlation_id)
  values (account_id, owner.customer_id, owner.partner_id, owner.connection_id, owner.vendor, external_id, account_origin,
    owner.correlation_id)
  on conflict do nothing;
  select customer_id into linked from vendor_account
  where connection_id = owner.connection_id and vendor_id = external_id;
  return linked is not distinct from owner.customer_id;
end $$;

-- The closings of one moment, one commit: exchanges, states, vendor accounts, mappings, audit entries, first passwords gone.
-- The usual ones go together; any other goes to attempt_close_late. Answers the state each attempt is in afterwards.
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
        doc.audit_id, doc.account_id, doc.search, doc.secrets, doc.exchanges
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
      done.search, done.secrets, done.state = 'succeeded' and done.customer_id is not null
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
-- succeeded here, as they send nothing.
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
  return new_state;
end $$;

-- Settles as before; a partner that turns out to be at the vendor is mapped where that was wished.
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
  return new_state;
end $$;

-- Opens an onboarding (or adds attempts to one): customer when new, onboarding when new, one pending attempt per
-- connection with what was typed, audit entries. Runs as the actor: row-level security checks every partner_id.
-- An attempt of the same subject that was never sent in time is closed first, so that it does not block for ever.
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
      connection_version, vendor, operation, subject, profile, mapping_id, retry_of, deadline, actor_id, actor_name,
      actor_role, actor_partner, payload_hash, submission_hash)
    select id, correlation_id, partner_id, customer_id, connection_id, owner_partner_id, connection_name,
      connection_version, vendor, operation, subject, profile, mapping_id, retry_of,
      clock_timestamp() + make_interval(secs => (a ->> 'deadline_ms')::double precision / 1000), actor_id, actor_name,
      actor_role, actor_partner, payload_hash, submission_hash
    from jsonb_populate_record(null::attempt, a);
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
        'retryOf', a ->> 'retry_of'));
  end loop;
end $$;
