-- What submission opened a retry. Of several attempts that are tried again together some may be skipped or blocked, so what
-- was opened does not say what was asked: the same submission again must get the first answer, another one must not.
-- Empty but for retries: a first submission's hash stands with its onboarding.
alter table attempt add column submission_hash text;

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
