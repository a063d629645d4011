-- Services of customers: attempts that add one, and what is known of them.

alter table attempt drop constraint attempt_operation_check;
alter table attempt add constraint attempt_operation_check
  check (operation in ('create-customer', 'adopt-customer', 'add-service'));

-- When the services of a customer were last read at a connection: an empty list has its age, too.
create table service_reading (
  customer_id uuid not null references customer (id),
  connection_id uuid not null references connection (id),
  partner_id uuid not null references partner (id),
  read_at timestamptz(3) not null default clock_timestamp(),
  primary key (customer_id, connection_id)
);

-- What is known of the services of a customer: rows of the last reading, and those that an attempt added since.
create table service (
  id uuid primary key,
  customer_id uuid not null references customer (id),
  connection_id uuid not null references connection (id),
  partner_id uuid not null references partner (id),
  -- Our word for it; null for one that we do not know.
  product text,
  -- The vendor's name for it.
  name text not null,
  facts jsonb not null default '{}',
  -- The attempt that added it, until a reading shows it; null: read at the vendor.
  attempt_id uuid unique references attempt (id),
  known_at timestamptz(3) not null default clock_timestamp()
);
create index service_customer on service (customer_id, connection_id);

do $$
declare
  t text;
begin
  foreach t in array array['service_reading', 'service'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy system_door on %I to quayside_system using (true) with check (true)', t);
    execute format('create policy owner_door on %I to current_user using (true) with check (true)', t);
    execute format('create policy branch on %I to quayside_actor
      using (partner_id = any ((select visible_partners())::uuid[]))', t);
  end loop;
end $$;
grant select on service_reading, service to quayside_actor;
grant select, insert, update on service_reading to quayside_system;
grant select, insert, delete on service to quayside_system;

-- A service is known with the very commit that makes its attempt succeed, whichever way that came about: the vendor's
-- answer, a late one, or a person's word. The subject is "<customer's id at the vendor>|<product>".
create function service_of_attempt() returns trigger language plpgsql as $$
begin
  insert into service (id, customer_id, connection_id, partner_id, product, name, attempt_id)
  select uuid_v7(), new.customer_id, new.connection_id, new.partner_id, split_part(new.subject, '|', 2),
    coalesce((select c.input ->> 'name' from attempt_content c where c.attempt_id = new.id), split_part(new.subject, '|', 2)),
    new.id
  -- A reading may have shown it meanwhile.
  where not exists (select from service s where s.customer_id = new.customer_id and s.connection_id = new.connection_id
    and s.product = split_part(new.subject, '|', 2))
  on conflict do nothing;
  return null;
end $$;
create trigger attempt_adds_service after update on attempt for each row
  when (new.operation = 'add-service' and new.state = 'succeeded' and old.state <> 'succeeded')
  execute function service_of_attempt();
