-- Marks and closings find their attempts by id, whatever is known of the table. Joined to a list alone, the plan that is
-- kept for a connection, made while the table was small, read every attempt there is for each mark and each closing, until
-- the table's statistics were renewed: in the first minute of a mass import, thousands of rows per attempt.

create or replace function attempts_sent(sendings uuid[], allowed_roles text[], answer_ms integer[])
returns table (marked uuid, answer text) language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $$
declare
  sent uuid[];
  other uuid;
  was attempt%rowtype;
begin
  with mark as (
    update attempt a set state = 'sent', sent_at = clock_timestamp(),
      deadline = clock_timestamp() + make_interval(secs => wait.ms::double precision / 1000)
    from unnest(sendings, answer_ms) as wait (id, ms), attempts_that_may_leave(sendings, allowed_roles) leave
    where a.id = any (sendings) and a.id = wait.id and leave.id = a.id and leave.answer = 'sent'
      and a.state = 'pending' and a.deadline > clock_timestamp()
    returning a.id
  )
  select coalesce(array_agg(mark.id), '{}') into sent from mark;
  return query select one, 'sent' from unnest(sent) one;
  if cardinality(sent) = cardinality(sendings) then return; end if;
  -- Only a refusal asks what it was that failed.
  for other in select one from unnest(sendings) one where one <> all (sent) loop
    select * into was from attempt where id = other for update;
    return query select other, case
      when was.state is distinct from 'pending' then 'not-pending'
      when was.deadline <= clock_timestamp() then 'late'
      else (select leave.answer from attempts_that_may_leave(array[other], allowed_roles) leave) end;
  end loop;
end $$;

-- As before, but by id.
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
      where a.id = any (array(select doc.id from doc)) and a.id = doc.id
        and (a.state = 'sent' or (a.state = 'pending' and doc.state = 'refused'))
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

-- The conditions of the triggers are read anew for each statement that updates attempts, long ones for as long as it takes to
-- carry out the update itself. What never changes is asked only where a statement names one of those columns; how a state
-- moves, and what follows from that, are functions whose plans are kept.
drop trigger attempt_keeps on attempt;
create trigger attempt_keeps
  before update of id, correlation_id, partner_id, customer_id, connection_id, connection_version, vendor, operation,
    subject, retry_of, actor_id, actor_name, payload_hash, opened_at, waits_for, release_ms, awaited, released_at
  on attempt for each row
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

drop trigger attempt_moves on attempt;
drop function attempt_refuse_move();
create function attempt_moves() returns trigger language plpgsql as $$
begin
  if old.state <> new.state and not (
    (old.state = 'waiting' and new.state in ('pending', 'refused'))
    or (old.state = 'pending' and new.state in ('sent', 'refused'))
    or (old.state = 'sent' and new.state in ('succeeded', 'refused', 'unknown'))
    or (old.state = 'unknown' and new.state in ('succeeded', 'refused'))
    or (old.state in ('succeeded', 'refused') and new.state in ('succeeded', 'refused')
      and old.contradicted and not new.contradicted and new.settlement is not null)) then
    raise exception 'an attempt does not go from % to %', old.state, new.state using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger attempt_moves before update of state on attempt for each row execute function attempt_moves();

drop trigger attempt_adds_service on attempt;
drop trigger attempt_awaited_leaves on attempt;
drop function service_of_attempt();
drop function attempt_holds_waiting();
create function attempt_moved() returns trigger language plpgsql as $$
begin
  -- What waits for an attempt that leaves does not expire any more: its outcome decides, whenever that comes.
  if new.awaited and old.state = 'pending' and new.state = 'sent' then
    update attempt set deadline = '9999-12-31' where waits_for = new.id and state = 'waiting';
  end if;
  -- A service is known with the very commit that makes its attempt succeed, whichever way that came about: the vendor's
  -- answer, a late one, or a person's word. The subject is "<customer's id at the vendor>|<product>".
  if new.operation = 'add-service' and new.state = 'succeeded' and old.state <> 'succeeded' then
    insert into service (id, customer_id, connection_id, partner_id, product, name, attempt_id)
    select uuid_v7(), new.customer_id, new.connection_id, new.partner_id, split_part(new.subject, '|', 2),
      coalesce((select c.input ->> 'name' from attempt_content c where c.attempt_id = new.id), split_part(new.subject, '|', 2)),
      new.id
    -- A reading may have shown it meanwhile.
    where not exists (select from service s where s.customer_id = new.customer_id and s.connection_id = new.connection_id
      and s.product = split_part(new.subject, '|', 2))
    on conflict do nothing;
  end if;
  return null;
end $$;
create trigger attempt_moved after update of state on attempt for each row execute function attempt_moved();
