-- The workers look for services too. A service carries no key of ours, so such a look-up settles nothing: it keeps what it
-- saw for the person who decides.

alter table attempt_look_up drop constraint attempt_look_up_answer_check;
alter table attempt_look_up add constraint attempt_look_up_answer_check
  check (answer in ('found', 'taken', 'several', 'not-found', 'seen', 'failed', 'skipped'));
-- Of a service: what the customer has of its product, and how many there were when the plan was made. Nothing personal.
alter table attempt_look_up add column seen jsonb;

create or replace function look_up_record(owner attempt, look_up jsonb, came_to text) returns void language plpgsql as $$
begin
  if look_up is null then return; end if;
  insert into attempt_look_up (attempt_id, number, partner_id, answer, reason, seen)
  values (owner.id, (look_up ->> 'number')::integer, owner.partner_id, came_to, look_up ->> 'reason',
    nullif(look_up -> 'seen', 'null'))
  on conflict do nothing;
  if not found then return; end if;
  insert into look_up_candidate (attempt_id, number, partner_id, owner_partner_id, vendor_id, match)
  select owner.id, (look_up ->> 'number')::integer, owner.partner_id, owner.owner_partner_id, c.vendor_id, c.match
  from jsonb_to_recordset(look_up -> 'candidates') as c (vendor_id text, match text)
  on conflict do nothing;
end $$;
