-- The foundation: partner tree, users and grants, connections, customers, onboardings, attempts, exchanges, audit.
-- Runs as the owner login. The serving login owns nothing and becomes one of two roles per pool:
--   quayside_actor   a person's request: row-level security by the visible set of the transaction
--   quayside_system  work without an actor, through asSystem(reason): every row, but only the granted verbs

do $$ begin
  if not exists (select from pg_roles where rolname = 'quayside_actor') then create role quayside_actor nologin; end if;
exception when duplicate_object or unique_violation then null; end $$;
do $$ begin
  if not exists (select from pg_roles where rolname = 'quayside_system') then create role quayside_system nologin; end if;
exception when duplicate_object or unique_violation then null; end $$;

create extension if not exists pg_trgm;

revoke create on schema public from public;
grant usage on schema public to quayside_actor, quayside_system;

-- ---------------------------------------------------------------------------------------------------------- partners

create table partner (
  id uuid primary key,
  key text not null unique,
  name text not null check (length(name) between 1 and 255),
  kind text not null check (kind in ('host', 'csp', 'reseller')),
  parent_id uuid references partner (id),
  disabled_at timestamptz(3),
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  check ((kind = 'host') = (parent_id is null))
);
create unique index partner_one_host on partner (kind) where kind = 'host';
create index partner_parent on partner (parent_id, id);

create table partner_closure (
  ancestor_id uuid not null references partner (id),
  descendant_id uuid not null references partner (id),
  depth integer not null,
  primary key (ancestor_id, descendant_id)
);
create index partner_closure_up on partner_closure (descendant_id, ancestor_id);

create function partner_closure_insert() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into partner_closure (ancestor_id, descendant_id, depth) values (new.id, new.id, 0);
  if new.parent_id is not null then
    insert into partner_closure (ancestor_id, descendant_id, depth)
    select ancestor_id, new.id, depth + 1 from partner_closure where descendant_id = new.parent_id;
  end if;
  return null;
end $$;
create trigger partner_closure_insert after insert on partner for each row execute function partner_closure_insert();

-- ------------------------------------------------------------------------------------------------------------- users

create table app_user (
  id uuid primary key,
  partner_id uuid not null references partner (id),
  email text not null,
  name text not null check (length(name) between 1 and 255),
  time_zone text not null default 'UTC',
  disabled_at timestamptz(3),
  version integer not null default 1,
  created_at timestamptz(3) not null default now()
);
create unique index app_user_email on app_user (lower(email));
create index app_user_partner on app_user (partner_id, id);

create table user_password (
  user_id uuid primary key references app_user (id),
  hash text not null,
  changed_at timestamptz(3) not null default now()
);

create table role_grant (
  id uuid primary key,
  user_id uuid not null references app_user (id),
  role text not null check (role in ('admin', 'operator', 'viewer')),
  partner_id uuid not null references partner (id),
  created_at timestamptz(3) not null default now(),
  unique (user_id, partner_id, role)
);
create index role_grant_partner on role_grant (partner_id, user_id);

create table session (
  id uuid primary key,
  user_id uuid not null references app_user (id),
  address text not null,
  user_agent text not null,
  created_at timestamptz(3) not null default now(),
  last_seen_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null,
  revoked_at timestamptz(3)
);
create index session_by_user on session (user_id, created_at desc);

-- Failed sign-ins and other throttles, counted over all processes (rate-limiter-flexible's layout).
create table throttle (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);

-- ------------------------------------------------------------------------------------------------------- connections

create table connection (
  id uuid primary key,
  partner_id uuid not null references partner (id),
  key text not null unique,
  vendor text not null,
  name text not null check (length(name) between 1 and 255),
  shared boolean not null default false,
  sandbox boolean not null default false,
  disabled_at timestamptz(3),
  -- Set when a sign-in was refused: nothing is sent until somebody edits or tests the connection.
  broken_at timestamptz(3),
  broken_reason text,
  version integer not null default 1,
  created_at timestamptz(3) not null default now()
);
create index connection_partner on connection (partner_id, id);

create table connection_setting (
  connection_id uuid primary key references connection (id),
  partner_id uuid not null references partner (id),
  base_url text not null,
  token_url text,
  profile text,
  settings jsonb not null,
  requests_per_second numeric(8, 2) check (requests_per_second > 0),
  timeout_ms integer not null default 20000 check (timeout_ms between 1000 and 25000),
  -- vendor | host | tenant or client id: the same access twice would defeat "one create at the vendor".
  identity text not null unique,
  tested_at timestamptz(3),
  test_result jsonb
);

create table connection_secret (
  connection_id uuid not null references connection (id),
  field text not null,
  partner_id uuid not null references partner (id),
  key_version integer not null,
  sealed bytea not null,
  changed_at timestamptz(3) not null default now(),
  primary key (connection_id, field)
);

-- When the next request may leave, over all processes. Unlogged: lost in a crash, at the price of a moment's haste.
create unlogged table connection_pace (
  connection_id uuid primary key,
  next_at timestamptz(6) not null
);

create table mapping (
  id uuid primary key,
  connection_id uuid not null references connection (id),
  partner_id uuid not null references partner (id),
  external_id text not null check (length(external_id) between 1 and 255),
  external_name text not null default '',
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  unique (connection_id, partner_id),
  unique (connection_id, external_id)
);
create index mapping_partner on mapping (partner_id, id);

-- --------------------------------------------------------------------------------------------------------- customers

create table customer (
  id uuid primary key,
  partner_id uuid not null references partner (id),
  name text not null check (length(name) between 1 and 255),
  name_key text not null generated always as (lower(regexp_replace(btrim(name), '\s+', ' ', 'g'))) stored,
  legal_name text not null default '',
  tax_id text not null default '',
  country text not null check (country ~ '^[A-Z]{2}$'),
  address_line1 text not null default '',
  address_line2 text not null default '',
  city text not null default '',
  state text not null default '',
  zip text not null default '',
  first_name text not null default '',
  middle_name text not null default '',
  last_name text not null default '',
  email text not null default '',
  phone text not null default '',
  website text not null default '',
  version integer not null default 1,
  created_at timestamptz(3) not null default now()
);
create index customer_partner on customer (partner_id, id desc);
create index customer_country on customer (partner_id, country, id desc);
create index customer_name_key on customer (name_key, country);

-- Written from an attempt's own row, whose keys were checked when it was opened: no key is checked again here.
create table vendor_account (
  id uuid primary key,
  customer_id uuid not null,
  partner_id uuid not null,
  connection_id uuid not null,
  vendor text not null,
  vendor_id text not null,
  origin text not null check (origin in ('created', 'adopted')),
  correlation_id uuid not null,
  created_at timestamptz(3) not null default now(),
  unique (connection_id, vendor_id),
  unique (customer_id, connection_id)
);
create index vendor_account_partner on vendor_account (partner_id, id desc);
create index vendor_account_vendor_id on vendor_account (vendor_id);

create table draft (
  correlation_id uuid primary key,
  user_id uuid not null references app_user (id),
  partner_id uuid not null references partner (id),
  name text not null default '',
  content jsonb not null,
  -- What the last plan read at the vendors, so that a submit need not wait for them.
  evidence jsonb not null default '{}',
  saved_at timestamptz(3) not null default now()
);
create index draft_user on draft (user_id, saved_at desc);

-- ------------------------------------------------------------------------------------------ onboardings and attempts

create table onboarding (
  correlation_id uuid primary key,
  id uuid not null unique,
  partner_id uuid not null references partner (id),
  customer_id uuid not null references customer (id),
  plan_hash text not null,
  request_hash text not null,
  actor_id uuid not null,
  actor_name text not null,
  actor_role text not null,
  actor_partner text not null,
  opened_at timestamptz(3) not null default now()
);
create index onboarding_partner on onboarding (partner_id, id desc);
create index onboarding_customer on onboarding (customer_id, id desc);
create index onboarding_actor on onboarding (partner_id, actor_id, id desc);

create table attempt (
  id uuid primary key,
  correlation_id uuid not null references onboarding (correlation_id),
  partner_id uuid not null references partner (id),
  customer_id uuid not null references customer (id),
  connection_id uuid not null references connection (id),
  owner_partner_id uuid not null references partner (id),
  connection_name text not null,
  connection_version integer not null,
  vendor text not null,
  operation text not null check (operation in ('create-customer', 'adopt-customer')),
  subject text not null,
  profile text,
  mapping_id text,
  state text not null default 'pending' check (state in ('pending', 'sent', 'succeeded', 'refused', 'unknown')),
  retry_of uuid references attempt (id),
  retried_by uuid,
  deadline timestamptz(3) not null,
  opened_at timestamptz(3) not null default now(),
  sent_at timestamptz(3),
  closed_at timestamptz(3),
  outcome jsonb,
  vendor_id text,
  vendor_correlation_id text,
  settlement text check (settlement in ('look-up', 'by-hand')),
  settled_at timestamptz(3),
  settled_by uuid,
  settled_by_name text,
  contradicted boolean not null default false,
  actor_id uuid not null,
  actor_name text not null,
  actor_role text not null,
  actor_partner text not null,
  payload_hash text not null,
  -- What the partial indexes ask. The state itself stands in none, so that the sent mark moves no index entry.
  undecided boolean not null generated always as (state in ('pending', 'sent', 'unknown')) stored,
  refused boolean not null generated always as (state = 'refused') stored
) with (fillfactor = 60);
create unique index attempt_one_open on attempt (connection_id, operation, subject) where undecided;
create unique index attempt_one_retry on attempt (retry_of) where retry_of is not null;
-- Every list reads lanes: a partner and one more value, newest first (lib/lists/lanes.ts).
create index attempt_partner on attempt (partner_id, id desc);
create index attempt_correlation on attempt (correlation_id, id);
create index attempt_customer on attempt (customer_id, id desc);
create index attempt_connection on attempt (partner_id, connection_id, id desc);
create index attempt_vendor on attempt (partner_id, vendor, operation, id desc);
create index attempt_actor on attempt (partner_id, actor_id, id desc);
create index attempt_vendor_id on attempt (vendor_id) where vendor_id is not null;
create index attempt_vendor_correlation on attempt (vendor_correlation_id) where vendor_correlation_id is not null;
-- What needs somebody: the few that are open or contradicted, of any age, and the refused ones of the last days.
create index attempt_open on attempt (partner_id, id desc) where undecided or contradicted;
create index attempt_refused on attempt (partner_id, id desc) where refused;

-- What the user typed, for the retry's form, and the note of a settlement. Personal, erasable.
create table attempt_content (
  attempt_id uuid primary key references attempt (id),
  partner_id uuid not null references partner (id),
  facts jsonb not null,
  input jsonb not null,
  request jsonb not null,
  settle_note text
);

-- A first password or the like, sealed: typed for one attempt, gone with its closing. Neither role of the portal but the
-- one that calls vendors reads it.
create table attempt_secret (
  attempt_id uuid not null,
  field text not null,
  partner_id uuid not null,
  key_version integer not null,
  sealed bytea not null,
  primary key (attempt_id, field)
);

-- It and its partners are the attempt's own, and no attempt is ever removed, so no key is checked again: the hot path.
create table exchange (
  id uuid primary key,
  attempt_id uuid not null,
  partner_id uuid not null,
  owner_partner_id uuid not null,
  purpose text not null,
  method text not null,
  started_at timestamptz(3) not null,
  duration_ms integer not null,
  phase text not null check (phase in ('not-connected', 'connected', 'headers-written', 'answered')),
  status integer,
  failure text,
  request_bytes integer not null,
  response_bytes integer not null,
  content_hash text not null
);
create index exchange_attempt on exchange (attempt_id, id);

-- What was sent and answered, masked. Seen only within the branch of the connection's owner. Erasable.
create table exchange_content (
  exchange_id uuid primary key,
  partner_id uuid not null,
  owner_partner_id uuid not null,
  url text not null,
  request_headers jsonb not null,
  request_body jsonb,
  response_headers jsonb not null,
  response_body jsonb
);

-- ------------------------------------------------------------------------------------------------------------- audit

create table audit_head (
  partner_id uuid primary key,
  seq bigint not null,
  hash bytea not null
);

create table audit_entry (
  id uuid primary key,
  partner_id uuid not null,
  seq bigint not null,
  at timestamptz(3) not null,
  actor_id uuid,
  actor_name text not null,
  actor_role text not null,
  actor_partner text not null,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  correlation_id uuid,
  detail jsonb not null,
  prev_hash bytea not null,
  hash bytea not null,
  unique (partner_id, seq)
);
create index audit_entry_partner on audit_entry (partner_id, id desc);
create index audit_entry_actor on audit_entry (partner_id, actor_id, id desc);
create index audit_entry_action on audit_entry (partner_id, action, id desc);
create index audit_entry_correlation on audit_entry (correlation_id, id desc);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are never changed or removed', tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger audit_entry_no_change before update or delete on audit_entry for each row execute function refuse_change();
create trigger audit_entry_no_truncate before truncate on audit_entry for each statement execute function refuse_change();
create trigger exchange_no_change before update or delete on exchange for each row execute function refuse_change();
create trigger exchange_no_truncate before truncate on exchange for each statement execute function refuse_change();
create trigger attempt_no_delete before delete on attempt for each row execute function refuse_change();
create trigger attempt_no_truncate before truncate on attempt for each statement execute function refuse_change();
create trigger onboarding_no_change before update or delete on onboarding for each row execute function refuse_change();
create trigger onboarding_no_truncate before truncate on onboarding for each statement execute function refuse_change();

-- An attempt moves only along its states, and what it says it was never changes. Judged in the triggers' conditions:
-- a function is called only to refuse.
create function attempt_refuse_move() returns trigger language plpgsql as $$
begin
  raise exception 'an attempt does not go from % to %', old.state, new.state using errcode = 'check_violation';
end $$;
create trigger attempt_moves before update on attempt for each row
  when (old.state <> new.state and not (
    (old.state = 'pending' and new.state in ('sent', 'refused'))
    or (old.state = 'sent' and new.state in ('succeeded', 'refused', 'unknown'))
    or (old.state = 'unknown' and new.state in ('succeeded', 'refused'))))
  execute function attempt_refuse_move();
create function attempt_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'what an attempt was is never changed' using errcode = 'insufficient_privilege';
end $$;
create trigger attempt_keeps before update on attempt for each row
  when ((old.id, old.correlation_id, old.partner_id, old.customer_id, old.connection_id, old.connection_version, old.vendor,
      old.operation, old.subject, old.retry_of, old.actor_id, old.actor_name, old.payload_hash, old.opened_at)
    is distinct from
     (new.id, new.correlation_id, new.partner_id, new.customer_id, new.connection_id, new.connection_version, new.vendor,
      new.operation, new.subject, new.retry_of, new.actor_id, new.actor_name, new.payload_hash, new.opened_at))
  execute function attempt_refuse_change();

-- ------------------------------------------------------------------------------------------------------------ search

-- Substring search: operators of trigrams are not LEAKPROOF, so under row-level security they would scan. The text
-- lives here, unreadable to both roles, behind search_ids(), which takes the scope from the transaction's setting.
-- One part per kind: a word common in one and absent in the other would mislead the planner of a single table.
create table search_text (
  kind text not null,
  id uuid not null,
  partner_id uuid not null,
  content text not null,
  primary key (kind, id)
) partition by list (kind);
create table search_text_customer partition of search_text for values in ('customer');
create table search_text_attempt partition of search_text for values in ('attempt');
create index search_text_trigram on search_text using gin (content gin_trgm_ops);
alter table search_text enable row level security;
alter table search_text_customer enable row level security;
alter table search_text_attempt enable row level security;

-- ------------------------------------------------------------------------------------------------------------- scope

-- The visible set of a user: every partner at or below a grant; and the partners above, whose shared connections
-- they may use. A disabled user, or one of a disabled partner, sees nothing.
create function scope_of(user_id uuid, out visible text, out above text)
language sql stable security definer set search_path = public, pg_temp as $$
  with granted as (
    select distinct g.partner_id from role_grant g
    join app_user u on u.id = g.user_id and u.disabled_at is null
    where g.user_id = $1
      and not exists (
        select from partner_closure c join partner p on p.id = c.ancestor_id
        where c.descendant_id = u.partner_id and p.disabled_at is not null)
  )
  select
    (select coalesce(array_agg(distinct c.descendant_id), '{}')::text
       from granted g join partner_closure c on c.ancestor_id = g.partner_id),
    (select coalesce(array_agg(distinct c.ancestor_id), '{}')::text
       from granted g join partner_closure c on c.descendant_id = g.partner_id)
$$;

create function visible_partners() returns uuid[] language sql stable as $$
  select coalesce(nullif(current_setting('quayside.visible', true), ''), '{}')::uuid[]
$$;
create function above_partners() returns uuid[] language sql stable as $$
  select coalesce(nullif(current_setting('quayside.above', true), ''), '{}')::uuid[]
$$;
create function current_actor() returns uuid language sql stable as $$
  select nullif(current_setting('quayside.actor', true), '')::uuid
$$;

-- Planned anew for each pattern: whether the trigrams or the newest rows are the shorter way depends on the pattern alone.
create function search_ids(search_kind text, pattern text, most integer) returns setof uuid
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query execute
    'select id from search_text where kind = $1 and partner_id = any ($2) and content ilike $3 order by id desc limit $4'
    using search_kind, visible_partners(), pattern, most;
end $$;

create function search_put(search_kind text, search_id uuid, owner uuid, words text) returns void
language sql security definer set search_path = public, pg_temp as $$
  insert into search_text (kind, id, partner_id, content) values (search_kind, search_id, owner, lower(words))
  on conflict (kind, id) do update set content = excluded.content, partner_id = excluded.partner_id
$$;

-- ----------------------------------------------------------------------------------------------------- audit chain

-- An id as the code mints them, where there is no code: its time leads, so that lists by id stay lists by time.
create function uuid_v7() returns uuid language sql volatile as $$
  select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing
    substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
$$;

-- What an entry's hash covers: the whole entry and the hash before it, so that an edit, a removal or a swap shows.
create function audit_digest(prev bytea, e audit_entry) returns bytea language plpgsql immutable as $$
begin
  return sha256(prev || convert_to(jsonb_build_array(e.id, e.partner_id, e.seq, (extract(epoch from e.at) * 1000)::bigint,
    e.actor_id, e.actor_name, e.actor_role, e.actor_partner, e.action, e.subject_kind, e.subject_id, e.correlation_id,
    e.detail)::text, 'UTF8'));
end $$;

-- Appends entries to the chains of their partners, in order; sorted by partner, so that two callers take their locks in
-- the same order. A chain's head row is its lock. Place, time and hashes are given here.
create function audit_append_all(entries audit_entry[]) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  e audit_entry;
  head audit_head;
  chained audit_entry[] := '{}';
begin
  foreach e in array entries loop
    if e.partner_id is distinct from head.partner_id then
      update audit_head set seq = head.seq, hash = head.hash where partner_id = head.partner_id;
      select * into head from audit_head where partner_id = e.partner_id for update;
      if not found then
        insert into audit_head (partner_id, seq, hash) values (e.partner_id, 0, '\x') on conflict (partner_id) do nothing;
        select * into head from audit_head where partner_id = e.partner_id for update;
      end if;
    end if;
    e.seq := head.seq + 1;
    e.at := clock_timestamp();
    e.prev_hash := head.hash;
    e.hash := audit_digest(head.hash, e);
    head.seq := e.seq;
    head.hash := e.hash;
    chained := chained || e;
  end loop;
  update audit_head set seq = head.seq, hash = head.hash where partner_id = head.partner_id;
  insert into audit_entry select * from unnest(chained);
end $$;

-- Appends one entry.
create function audit_append(
  entry_id uuid, entry_partner uuid, entry_actor uuid, entry_actor_name text, entry_actor_role text,
  entry_actor_partner text, entry_action text, entry_subject_kind text, entry_subject_id text,
  entry_correlation uuid, entry_detail jsonb
) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform audit_append_all(array[row(entry_id, entry_partner, null, null, entry_actor, entry_actor_name, entry_actor_role,
    entry_actor_partner, entry_action, entry_subject_kind, entry_subject_id, entry_correlation, entry_detail, null,
    null)::audit_entry]);
end $$;

-- --------------------------------------------------------------------------------------------------------- hot path

-- Opens an onboarding (or adds attempts to one): customer when new, onboarding when new, one pending attempt per
-- connection with what was typed, audit entries. Runs as the actor: row-level security checks every partner_id.
-- An attempt of the same subject that was never sent in time is closed first, so that it does not block for ever.
create function onboarding_open(doc jsonb) returns void language plpgsql as $$
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
      actor_role, actor_partner, payload_hash)
    select id, correlation_id, partner_id, customer_id, connection_id, owner_partner_id, connection_name,
      connection_version, vendor, operation, subject, profile, mapping_id, retry_of,
      clock_timestamp() + make_interval(secs => (a ->> 'deadline_ms')::double precision / 1000), actor_id, actor_name,
      actor_role, actor_partner, payload_hash
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

-- Closes a pending attempt whose time to be sent has passed: it never left, so it is refused and may be tried again.
create function attempt_lapse(lapse_connection uuid, lapse_operation text, lapse_subject text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  lapsed attempt%rowtype;
begin
  for lapsed in
    update attempt set state = 'refused', closed_at = clock_timestamp()
    where connection_id = lapse_connection and operation = lapse_operation and subject = lapse_subject
      and state = 'pending' and deadline < clock_timestamp()
    returning *
  loop
    delete from attempt_secret where attempt_id = lapsed.id;
    perform audit_append(uuid_v7(), lapsed.partner_id, null, 'Quayside', 'system', '', 'attempt.closed', 'attempt',
      lapsed.id::text, lapsed.correlation_id, jsonb_build_object('state', 'refused', 'reason', 'never-sent'));
  end loop;
end $$;

-- What of rights, connection and mapping speaks against sending these attempts now; 'sent' when nothing does.
create function attempts_that_may_leave(sendings uuid[], allowed_roles text[]) returns table (id uuid, answer text)
language sql stable as $$
  select a.id, case
    when not exists (
      select from role_grant g
      join partner_closure c on c.ancestor_id = g.partner_id and c.descendant_id = a.partner_id
      join app_user u on u.id = g.user_id and u.disabled_at is null
      where g.user_id = a.actor_id and g.role = any (allowed_roles)) then 'rights'
    when not exists (
      select from connection k where k.id = a.connection_id and k.version = a.connection_version
        and k.disabled_at is null and k.broken_at is null
        and (k.shared or k.partner_id = a.partner_id)) then 'connection'
    when a.mapping_id is not null and a.partner_id <> a.owner_partner_id and not exists (
      select from mapping m where m.connection_id = a.connection_id and m.partner_id = a.partner_id
        and m.external_id = a.mapping_id) then 'mapping'
    else 'sent' end
  from attempt a where a.id = any (sendings)
$$;

-- Planning this anew for each call would cost more than running it, and a plan made while the table was small must not
-- be kept: hence the settings of the two functions of the hot path.
--
-- The sent marks of one moment, and everything that must still hold when they are made: the attempt is pending and in
-- time, the person still has a role that allows it, the connection is the one that was planned and works, the mapping has
-- not moved. Answers 'sent', or why the request must not leave.
create function attempts_sent(sendings uuid[], allowed_roles text[], answer_ms integer[])
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
    where a.id = wait.id and leave.id = a.id and leave.answer = 'sent'
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

create function exchanges_record(owner attempt, exchanges jsonb) returns void language sql as $$
  insert into exchange (id, attempt_id, partner_id, owner_partner_id, purpose, method, started_at, duration_ms, phase, status,
    failure, request_bytes, response_bytes, content_hash)
  select e.id, (owner).id, (owner).partner_id, (owner).owner_partner_id, e.purpose, e.method, e.started_at, e.duration_ms,
    e.phase, e.status, e.failure, e.request_bytes, e.response_bytes, e.content_hash
  from jsonb_populate_recordset(null::exchange, exchanges) e
  on conflict do nothing;
  insert into exchange_content (exchange_id, partner_id, owner_partner_id, url, request_headers, request_body,
    response_headers, response_body)
  select c.exchange_id, (owner).partner_id, (owner).owner_partner_id, c.url, c.request_headers, c.request_body,
    c.response_headers, c.response_body
  from jsonb_populate_recordset(null::exchange_content, exchanges) c
  on conflict do nothing;
$$;

-- The closings of one moment, one commit: exchanges, states, vendor accounts, audit entries, first passwords gone. The
-- usual ones go together; any other goes to attempt_close_late. Answers the state each attempt is in afterwards.
create function attempts_close(docs jsonb[]) returns table (closed uuid, closed_state text) language plpgsql
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
      select d.* from unnest(docs) as given (doc), jsonb_to_record(given.doc) as d (id uuid, audit_id uuid, account_id uuid,
        state text, outcome jsonb, vendor_id text, vendor_correlation_id text, search text, secrets boolean, exchanges jsonb)
    ), done as (
      update attempt a set state = doc.state, closed_at = clock_timestamp(), outcome = doc.outcome,
        vendor_id = doc.vendor_id, vendor_correlation_id = doc.vendor_correlation_id
      from doc
      where a.id = doc.id and (a.state = 'sent' or (a.state = 'pending' and doc.state = 'refused'))
      returning a.id, a.partner_id, a.owner_partner_id, a.customer_id, a.connection_id, a.vendor, a.operation,
        a.correlation_id, a.actor_id, a.actor_name, a.actor_role, a.actor_partner, a.state, a.outcome, a.vendor_id,
        doc.audit_id, doc.account_id, doc.search, doc.secrets, doc.exchanges
    ), head as (
      insert into exchange (id, attempt_id, partner_id, owner_partner_id, purpose, method, started_at, duration_ms, phase,
        status, failure, request_bytes, response_bytes, content_hash)
      select e.id, done.id, done.partner_id, done.owner_partner_id, e.purpose, e.method, e.started_at, e.duration_ms,
        e.phase, e.status, e.failure, e.request_bytes, e.response_bytes, e.content_hash
      from done, jsonb_populate_recordset(null::exchange, done.exchanges) e
    ), content as (
      insert into exchange_content (exchange_id, partner_id, owner_partner_id, url, request_headers, request_body,
        response_headers, response_body)
      select e.exchange_id, done.partner_id, done.owner_partner_id, e.url, e.request_headers, e.request_body,
        e.response_headers, e.response_body
      from done, jsonb_populate_recordset(null::exchange_content, done.exchanges) e
    ), account as (
      insert into vendor_account (id, customer_id, partner_id, connection_id, vendor, vendor_id, origin, correlation_id)
      select account_id, customer_id, partner_id, connection_id, vendor, vendor_id,
        case when operation = 'adopt-customer' then 'adopted' else 'created' end, correlation_id
      from done where state = 'succeeded'
      on conflict do nothing
      returning id
    )
    select done.*, done.state = 'succeeded' and done.account_id not in (select id from account) as not_linked
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
      jsonb_build_object('state', c.state, 'reason', c.outcome -> 'kind', 'vendorId', c.vendor_id), null, null)::audit_entry;
    closed := c.id;
    closed_state := c.state;
    return next;
  end loop;
  if cardinality(entries) > 0 then perform audit_append_all(entries); end if;
  if cardinality(usual) = cardinality(docs) then return; end if;
  foreach d in array docs loop
    if (d ->> 'id')::uuid <> all (usual) then
      closed := (d ->> 'id')::uuid;
      closed_state := attempt_close_late(d);
      return next;
    end if;
  end loop;
end $$;

-- An answer that comes for an attempt that is not merely sent. One that was settled keeps it; where it contradicts the
-- settlement the attempt needs somebody again. An adoption goes from pending to succeeded here, as it sends nothing.
create function attempt_close_late(doc jsonb) returns text language plpgsql as $$
declare
  was attempt%rowtype;
  new_state text := doc ->> 'state';
  clash boolean := false;
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
  return new_state;
end $$;

-- Links the customer of an attempt to its id at the connection. False when the id belongs to another customer already.
create function vendor_account_link(owner attempt, account_id uuid, external_id text, account_origin text) returns boolean
language plpgsql as $$
declare
  linked uuid;
begin
  insert into vendor_account (id, customer_id, partner_id, connection_id, vendor, vendor_id, origin, correlation_id)
  values (account_id, owner.customer_id, owner.partner_id, owner.connection_id, owner.vendor, external_id, account_origin,
    owner.correlation_id)
  on conflict do nothing;
  select customer_id into linked from vendor_account
  where connection_id = owner.connection_id and vendor_id = external_id;
  return linked is not distinct from owner.customer_id;
end $$;

-- Settles an unknown attempt (a sent one past its deadline is unknown), by look-up or by hand with a note.
-- Returns the state afterwards, or null when the attempt is not unknown (any more).
create function attempt_settle(doc jsonb) returns text language plpgsql as $$
declare
  was attempt%rowtype;
  new_state text := doc ->> 'state';
begin
  select * into was from attempt where id = (doc ->> 'id')::uuid for update;
  if was.id is null then return null; end if;
  perform exchanges_record(was, doc -> 'exchanges');
  if not (was.state = 'unknown' or (was.state = 'sent' and was.deadline < clock_timestamp()) or was.contradicted) then
    return null;
  end if;
  if new_state is null then return was.state; end if;
  if new_state = 'succeeded' and not vendor_account_link(was, (doc ->> 'account_id')::uuid, doc ->> 'vendor_id',
      coalesce(doc ->> 'origin', 'created')) then
    return 'taken';
  end if;
  if was.state = 'sent' then
    update attempt set state = 'unknown', closed_at = clock_timestamp() where id = was.id;
  end if;
  if was.state in ('unknown', 'sent') then
    update attempt set state = new_state, settlement = doc ->> 'settlement', settled_at = clock_timestamp(),
      settled_by = (doc ->> 'actor_id')::uuid, settled_by_name = doc ->> 'actor_name', contradicted = false,
      vendor_id = coalesce(doc ->> 'vendor_id', vendor_id)
    where id = was.id;
  else
    update attempt set contradicted = false, settlement = doc ->> 'settlement', settled_at = clock_timestamp(),
      settled_by = (doc ->> 'actor_id')::uuid, settled_by_name = doc ->> 'actor_name'
    where id = was.id;
  end if;
  if doc ->> 'note' is not null then
    update attempt_content set settle_note = doc ->> 'note' where attempt_id = was.id;
  end if;
  perform audit_append((doc ->> 'audit_id')::uuid, was.partner_id, (doc ->> 'actor_id')::uuid, doc ->> 'actor_name',
    doc ->> 'actor_role', doc ->> 'actor_partner', 'attempt.settled', 'attempt', was.id::text, was.correlation_id,
    jsonb_build_object('state', new_state, 'settlement', doc ->> 'settlement', 'vendorId', doc ->> 'vendor_id',
      'note', encode(sha256(convert_to(coalesce(doc ->> 'note', ''), 'UTF8')), 'hex')));
  return new_state;
end $$;

-- Milliseconds to wait before the next request of a connection may leave; reserves that turn.
create function connection_turn(turn_connection uuid, per_second numeric) returns integer language sql as $$
  insert into connection_pace as pace (connection_id, next_at)
  values (turn_connection, clock_timestamp() + make_interval(secs => (1 / per_second)::double precision))
  on conflict (connection_id) do update
    set next_at = greatest(pace.next_at, clock_timestamp()) + make_interval(secs => (1 / per_second)::double precision)
  returning greatest(0, ceil(extract(epoch from next_at - clock_timestamp() -
    make_interval(secs => (1 / per_second)::double precision)) * 1000))::integer
$$;

-- ---------------------------------------------------------------------------------------- row-level security, grants

do $$
declare
  t text;
begin
  foreach t in array array['partner', 'partner_closure', 'app_user', 'user_password', 'role_grant', 'session', 'throttle',
    'connection', 'connection_setting', 'connection_secret', 'mapping', 'customer', 'vendor_account', 'draft', 'onboarding',
    'attempt', 'attempt_content', 'attempt_secret', 'exchange', 'exchange_content', 'audit_head', 'audit_entry'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy system_door on %I to quayside_system using (true) with check (true)', t);
    -- The owner login migrates and seeds, and its SECURITY DEFINER functions read the tree; it never serves requests.
    execute format('create policy owner_door on %I to current_user using (true) with check (true)', t);
  end loop;
  foreach t in array array['connection_setting', 'mapping', 'customer', 'vendor_account', 'onboarding', 'attempt',
    'attempt_content', 'attempt_secret', 'exchange', 'audit_entry'] loop
    execute format('create policy branch on %I to quayside_actor
      using (partner_id = any ((select visible_partners())::uuid[]))
      with check (partner_id = any ((select visible_partners())::uuid[]))', t);
  end loop;
end $$;

create policy branch on partner to quayside_actor
  using (id = any ((select visible_partners())::uuid[]))
  with check (id = any ((select visible_partners())::uuid[]) or parent_id = any ((select visible_partners())::uuid[]));
create policy branch on partner_closure to quayside_actor
  using (descendant_id = any ((select visible_partners())::uuid[]) and ancestor_id = any ((select visible_partners())::uuid[]));
create policy branch on app_user to quayside_actor
  using (partner_id = any ((select visible_partners())::uuid[]) or id = (select current_actor()))
  with check (partner_id = any ((select visible_partners())::uuid[]) or id = (select current_actor()));
create policy branch on role_grant to quayside_actor
  using (partner_id = any ((select visible_partners())::uuid[]) or user_id = (select current_actor()))
  with check (partner_id = any ((select visible_partners())::uuid[]));
create policy own on session to quayside_actor
  using (user_id = (select current_actor())) with check (user_id = (select current_actor()));
create policy own on draft to quayside_actor
  using (user_id = (select current_actor()))
  with check (user_id = (select current_actor()) and partner_id = any ((select visible_partners())::uuid[]));
create policy branch_or_shared on connection for select to quayside_actor
  using (partner_id = any ((select visible_partners())::uuid[])
    or (shared and partner_id = any ((select above_partners())::uuid[])));
create policy branch_insert on connection for insert to quayside_actor
  with check (partner_id = any ((select visible_partners())::uuid[]));
create policy branch_update on connection for update to quayside_actor
  using (partner_id = any ((select visible_partners())::uuid[]))
  with check (partner_id = any ((select visible_partners())::uuid[]));
-- A shared connection must not become a window: what travelled over it is seen in the owner's branch only.
create policy owners_branch on exchange_content to quayside_actor
  using (partner_id = any ((select visible_partners())::uuid[]) and owner_partner_id = any ((select visible_partners())::uuid[]));

grant select on partner, partner_closure, app_user, role_grant, connection, connection_setting, mapping, customer,
  vendor_account, onboarding, attempt, attempt_content, exchange, exchange_content, audit_entry, session, draft
  to quayside_actor;
grant insert, update on partner, app_user, connection, connection_setting, customer to quayside_actor;
grant insert, update, delete on mapping, role_grant, draft to quayside_actor;
grant insert on onboarding, attempt, attempt_content, attempt_secret to quayside_actor;
grant update (retried_by) on attempt to quayside_actor;
grant update (revoked_at) on session to quayside_actor;

grant select on all tables in schema public to quayside_system;
revoke select on search_text, search_text_customer, search_text_attempt from quayside_system;
grant insert, update on app_user, user_password, session, connection, connection_setting, connection_secret, customer,
  vendor_account, attempt_content to quayside_system;
grant insert, update, delete on throttle, connection_pace, mapping, draft, role_grant, connection_secret to quayside_system;
grant delete on attempt_secret to quayside_system;
grant insert, update on partner to quayside_system;
grant insert on onboarding, attempt, exchange, exchange_content to quayside_system;
grant update (state, deadline, sent_at, closed_at, outcome, vendor_id, vendor_correlation_id, settlement, settled_at,
  settled_by, settled_by_name, contradicted, retried_by) on attempt to quayside_system;

-- Functions that act as the owner are for the two roles only.
revoke execute on function search_put(text, uuid, uuid, text), search_ids(text, text, integer), attempt_lapse(uuid, text, text),
  audit_append(uuid, uuid, uuid, text, text, text, text, text, text, uuid, jsonb), audit_append_all(audit_entry[]), scope_of(uuid) from public;
grant execute on function search_put(text, uuid, uuid, text), search_ids(text, text, integer), attempt_lapse(uuid, text, text),
  audit_append(uuid, uuid, uuid, text, text, text, text, text, text, uuid, jsonb), audit_append_all(audit_entry[]), scope_of(uuid)
  to quayside_actor, quayside_system;
