-- A contradicted attempt is undecided again, so a person's settlement decides its state anew. Without this its flag went and
-- the state stayed, whatever the person had chosen.

drop trigger attempt_moves on attempt;
create trigger attempt_moves before update on attempt for each row
  when (old.state <> new.state and not (
    (old.state = 'pending' and new.state in ('sent', 'refused'))
    or (old.state = 'sent' and new.state in ('succeeded', 'refused', 'unknown'))
    or (old.state = 'unknown' and new.state in ('succeeded', 'refused'))
    or (old.state in ('succeeded', 'refused') and new.state in ('succeeded', 'refused')
      and old.contradicted and not new.contradicted and new.settlement is not null)))
  execute function attempt_refuse_move();

grant delete on vendor_account to quayside_system;

-- Takes back what an attempt made known when it succeeded, unless another attempt says the same.
create function attempt_unlink(owner attempt) returns void language plpgsql as $$
begin
  delete from service where attempt_id = owner.id;
  delete from vendor_account v
  where v.connection_id = owner.connection_id and v.customer_id = owner.customer_id and v.vendor_id = owner.vendor_id
    and owner.operation <> 'add-service'
    and not exists (select from attempt a where a.customer_id = owner.customer_id and a.connection_id = owner.connection_id
      and a.id <> owner.id and a.state = 'succeeded' and a.vendor_id = owner.vendor_id and a.operation <> 'add-service');
end $$;

-- Settles an unknown attempt (a sent one past its deadline is unknown), by look-up or by hand with a note, and keeps the
-- look-up of the schedule that it comes from ("look_up"). Such a look-up decides only what is unknown: what a person has
-- settled and a late answer contradicts is for a person, whose word then is the attempt's state, whatever it was before;
-- with "refused" goes the link (or the service) that the attempt had made.
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
  return new_state;
end $$;
