-- What a partner's people chose for a vendor when they last opened an onboarding at a connection: how the next form of the
-- same partner begins there. Choices alone (a data centre, a level); nothing about a customer.
create table form_default (
  partner_id uuid not null references partner (id),
  connection_id uuid not null references connection (id),
  -- What the partner was at the connection then: under another mapping the same choices may mean something else.
  mapping_id text,
  input jsonb not null,
  saved_at timestamptz(3) not null default now(),
  primary key (partner_id, connection_id)
);

alter table form_default enable row level security;
alter table form_default force row level security;
create policy owner_door on form_default to current_user using (true) with check (true);
create policy branch on form_default to quayside_actor
  using (partner_id = any ((select visible_partners())::uuid[]))
  with check (partner_id = any ((select visible_partners())::uuid[]));
grant select, insert, update, delete on form_default to quayside_actor;
