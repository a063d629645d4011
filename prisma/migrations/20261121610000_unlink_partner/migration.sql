grant delete on mapping to quayside_system;

-- Takes back what an attempt made known when it succeeded, unless another attempt says the same: of a partner, its mapping.
create or replace function attempt_unlink(owner attempt) returns void language plpgsql as $$
declare
  gone mapping%rowtype;
begin
  delete from service where attempt_id = owner.id;
  delete from vendor_account v
  where v.connection_id = owner.connection_id and v.customer_id = owner.customer_id and v.vendor_id = owner.vendor_id
    and owner.operation <> 'add-service'
    and not exists (select from attempt a where a.customer_id = owner.customer_id and a.connection_id = owner.connection_id
      and a.id <> owner.id and a.state = 'succeeded' and a.vendor_id = owner.vendor_id and a.operation <> 'add-service');
  if owner.operation <> 'add-partner' then return; end if;
  delete from mapping m using attempt_content c
  where c.attempt_id = owner.id and m.connection_id = owner.connection_id and m.external_id = owner.vendor_id
    and m.partner_id = nullif(c.input ->> 'mapTo', '')::uuid
  returning m.* into gone;
  if gone.id is null then return; end if;
  perform audit_append(uuid_v7(), owner.partner_id, null, 'Quayside', 'system', '', 'mapping.removed', 'mapping', gone.id::text,
    owner.correlation_id, jsonb_build_object('connection', gone.connection_id, 'partner', gone.partner_id,
      'externalId', gone.external_id));
end $$;
