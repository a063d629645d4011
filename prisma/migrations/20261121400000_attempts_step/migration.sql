-- Marks and closings of one moment in one commit: what a statement costs beside its rows (a round trip, a commit, the start
-- of its plans) is most of what a single one costs.

-- The closings of one moment, as a list of documents. The usual ones go together; any other goes to attempt_close_late.
-- Answers the state each attempt is in afterwards.
drop function attempts_close(jsonb[]);
create function attempts_close(docs jsonb) returns table (closed uuid, closed_state text) language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $$
declare
  c record;
  d jsonb;
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
      from done where state = 'succeeded'
      on conflict do nothing
      returning id
    )
    select done.id, done.partner_id, done.customer_id, done.connection_id, done.correlation_id, done.actor_id, done.actor_name,
      done.actor_role, done.actor_partner, done.state, done.outcome -> 'kind' as reason, done.vendor_id, done.audit_id,
      done.search, done.secrets, done.state = 'succeeded' and done.account_id not in (select id from account) as not_linked
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

-- Both, the marks first. Answers what attempts_sent and attempts_close answer, by attempt.
create function attempts_step(sendings uuid[], allowed_roles text[], answer_ms integer[], docs jsonb)
returns table (id uuid, answer text) language plpgsql as $$
begin
  if cardinality(sendings) > 0 then
    return query select s.marked, s.answer from attempts_sent(sendings, allowed_roles, answer_ms) s;
  end if;
  if jsonb_array_length(docs) > 0 then
    return query select c.closed, c.closed_state from attempts_close(docs) c;
  end if;
end $$;

revoke execute on function attempts_close(jsonb), attempts_step(uuid[], text[], integer[], jsonb) from public;
grant execute on function attempts_close(jsonb), attempts_step(uuid[], text[], integer[], jsonb) to quayside_system;

-- As before, and found by the index of open attempts instead of among all of a connection's.
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
  end loop;
end $$;
