-- What a transaction may see is kept as the partners of its grants, and each row is asked on its way up whether one of them
-- stands above it. The whole branch as a list of ids cost every transaction and every statement its length: with 5,000
-- partners milliseconds before the first row was read.

create function granted_partners() returns uuid[] language sql stable as $$
  select coalesce(nullif(current_setting('quayside.granted', true), ''), '{}')::uuid[]
$$;

-- The partners of a user's grants, and all that stand above them, whose shared connections they may use. A disabled user, or
-- one of a disabled partner, sees nothing.
drop function scope_of(uuid);
create function scope_of(user_id uuid, out granted text, out above text)
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
    (select coalesce(array_agg(g.partner_id), '{}')::text from granted g),
    (select coalesce(array_agg(distinct c.ancestor_id), '{}')::text
       from granted g join partner_closure c on c.descendant_id = g.partner_id)
$$;

-- The partners in sight, for a row to ask with its own: `(select true from partner_sight sight where sight.partner_id = … limit 1)`.
-- Written so, and not as `exists`, it is looked up for the rows that were found; otherwise the planner makes it a list of the
-- whole branch first. Reads the closure as its owner: the closure's own policy asks it too.
create view partner_sight as
  select c.descendant_id as partner_id from partner_closure c where c.ancestor_id = any ((select granted_partners())::uuid[]);
grant select on partner_sight to quayside_actor, quayside_system;

-- The same for functions that read past row-level security.
create function in_sight(asked uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from partner_sight s where s.partner_id = asked)
$$;

-- All partners in sight: for what walks a branch partner by partner, once per statement.
create or replace function visible_partners() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
  select case when cardinality(granted_partners()) = 1 then array(select partner_id from partner_sight)
    else array(select distinct partner_id from partner_sight) end
$$;

revoke execute on function scope_of(uuid), in_sight(uuid), visible_partners() from public;
grant execute on function scope_of(uuid), in_sight(uuid), visible_partners() to quayside_actor, quayside_system;

-- ---------------------------------------------------------------------------------------------------------- policies

alter policy branch on partner_closure
  using ((select true from partner_sight sight where sight.partner_id = partner_closure.ancestor_id limit 1));

do $$
declare
  sees constant text := '(select true from partner_sight sight where sight.partner_id = %s limit 1)';
  of_row text;
  t text;
begin
  foreach t in array array['connection_setting', 'mapping', 'customer', 'vendor_account', 'service', 'service_reading',
    'form_default', 'onboarding', 'attempt', 'attempt_content', 'attempt_secret', 'attempt_look_up', 'exchange',
    'audit_entry'] loop
    of_row := format(sees, t || '.partner_id');
    if exists (select from pg_policies where tablename = t and policyname = 'branch' and with_check is null) then
      execute format('alter policy branch on %I using (%s)', t, of_row);
    else
      execute format('alter policy branch on %I using (%s) with check (%s)', t, of_row, of_row);
    end if;
  end loop;

  foreach t in array array['exchange_content', 'look_up_candidate'] loop
    execute format('alter policy owners_branch on %I using (%s and %s)', t,
      format(sees, t || '.partner_id'), format(sees, t || '.owner_partner_id'));
  end loop;

  execute format('alter policy branch on partner using (%s) with check (%s or %s)',
    format(sees, 'partner.id'), format(sees, 'partner.id'), format(sees, 'partner.parent_id'));
  of_row := format(sees, 'app_user.partner_id');
  execute format('alter policy branch on app_user using (%s or id = (select current_actor()))
    with check (%s or id = (select current_actor()))', of_row, of_row);
  of_row := format(sees, 'role_grant.partner_id');
  execute format('alter policy branch on role_grant using (%s or user_id = (select current_actor()))
    with check (%s)', of_row, of_row);
  foreach t in array array['draft', 'partner_evidence'] loop
    execute format('alter policy own on %I using (user_id = (select current_actor()))
      with check (user_id = (select current_actor()) and %s)', t, format(sees, t || '.partner_id'));
  end loop;
  execute format('alter policy branch on invitation using (%s)
    with check (%s and exists (select from app_user u where u.id = user_id and u.partner_id = invitation.partner_id))',
    format(sees, 'invitation.partner_id'), format(sees, 'invitation.partner_id'));

  of_row := format(sees, 'connection.partner_id');
  execute format('alter policy branch_or_shared on connection
    using (%s or (shared and partner_id = any ((select above_partners())::uuid[])))', of_row);
  execute format('alter policy branch_insert on connection with check (%s)', of_row);
  execute format('alter policy branch_update on connection using (%s) with check (%s)', of_row, of_row);
  execute format('alter policy branch on connection_secret using (%s)
    with check (%s and exists (
      select from connection k where k.id = connection_id and k.partner_id = connection_secret.partner_id))',
    format(sees, 'connection_secret.partner_id'), format(sees, 'connection_secret.partner_id'));
  of_row := format('exists (select from connection k where k.id = connection_id and %s)', format(sees, 'k.partner_id'));
  execute format('alter policy owner_sets on mapping with check (%s)', of_row);
  execute format('alter policy owner_changes on mapping using (%s)', of_row);
  execute format('alter policy owner_removes on mapping using (%s)', of_row);
end $$;

-- No policy is left that asks for the whole branch.
do $$
begin
  if exists (select from pg_policies where qual like '%visible_partners%' or with_check like '%visible_partners%') then
    raise exception 'a policy still asks for the whole branch: %', (select string_agg(tablename || '.' || policyname, ', ')
      from pg_policies where qual like '%visible_partners%' or with_check like '%visible_partners%');
  end if;
end $$;

-- ----------------------------------------------------------------------------------------- functions that read the tree

create or replace function partner_children(asked uuid, beside uuid, forwards boolean, most integer) returns setof uuid
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  at_name text;
begin
  if asked is null or not in_sight(asked) then return; end if;
  if beside is not null then
    select lower(name) into at_name from partner where id = beside and parent_id = asked;
    if at_name is null then return; end if;
  end if;
  if forwards then
    return query select p.id from partner p
      where p.parent_id = asked and (beside is null or (lower(p.name), p.id) > (at_name, beside))
      order by lower(p.name), p.id limit most;
  else
    return query select p.id from partner p
      where p.parent_id = asked and (beside is null or (lower(p.name), p.id) < (at_name, beside))
      order by lower(p.name) desc, p.id desc limit most;
  end if;
end $$;

create or replace function partner_place(child uuid) returns integer
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::integer from partner p join partner s on s.parent_id = p.parent_id
    and (lower(s.name), s.id) < (lower(p.name), p.id)
  where p.id = child and in_sight(p.parent_id)
$$;

create or replace function partner_child_counts(asked uuid[]) returns table (partner_id uuid, children integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.parent_id, count(*)::integer from unnest(asked) a (id) join partner p on p.parent_id = a.id
  where in_sight(a.id) group by p.parent_id
$$;

create or replace function partner_figures(asked uuid, out below integer, out customers integer, out users integer,
  out connections integer, out newest_entry uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  with branch as materialized (
    select c.descendant_id as id from partner_closure c where c.ancestor_id = asked and (select in_sight(asked))
  )
  select (select count(*)::integer - 1 from branch),
    (select count(*)::integer from branch b join customer c on c.partner_id = b.id),
    (select count(*)::integer from branch b join app_user u on u.partner_id = b.id),
    (select count(*)::integer from branch b join connection k on k.partner_id = b.id),
    (select e.id from branch b cross join lateral (
      select id from audit_entry where partner_id = b.id order by id desc limit 1) e order by e.id desc limit 1)
$$;

create or replace function partner_move_hindrance(moved uuid, target uuid) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select case
    when m.id is null or t.id is null then 'absent'
    when m.parent_id is null or not in_sight(m.parent_id) then 'top'
    when m.parent_id = t.id then 'same'
    when exists (select from partner_closure c where c.ancestor_id = m.id and c.descendant_id = t.id) then 'cycle'
    when m.kind = 'csp' and t.kind <> 'host' then 'kind'
    when exists (select from partner_closure c join partner a on a.id = c.ancestor_id
      where c.descendant_id = t.id and a.disabled_at is not null) then 'disabled'
  end
  from (select 1) one
  left join partner m on m.id = moved and in_sight(moved)
  left join partner t on t.id = target and in_sight(target)
$$;

create or replace function partner_move_sight(moved uuid, target uuid)
returns table (user_id uuid, user_name text, role text, gains boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  with sighted as (
    select from (select unnest(array[moved, target]) as id) asked where in_sight(asked.id)
    having count(*) = 2
  ), before as (
    select c.ancestor_id as id from partner_closure c, sighted where c.descendant_id = moved and c.depth > 0
  ), after as (
    select c.ancestor_id as id from partner_closure c, sighted where c.descendant_id = target
  ), roles as (
    select g.user_id, g.role, g.partner_id in (select id from before) as was, g.partner_id in (select id from after) as will
    from role_grant g where g.partner_id in (select id from before union select id from after)
  ), people as (
    select r.user_id, min(r.role) as role, bool_or(r.will) as gains from roles r
    group by r.user_id having bool_or(r.was) <> bool_or(r.will)
  )
  select u.id, case when in_sight(u.partner_id) then u.name end, p.role, p.gains
  from people p join app_user u on u.id = p.user_id and u.disabled_at is null
  -- With a grant at the partner itself nothing changes for them.
  where not exists (select from role_grant g where g.user_id = p.user_id and g.partner_id = moved)
  order by p.gains, 2 nulls last, u.id
$$;

create or replace function partner_has_other_admin(asked uuid, without uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select from role_grant g
    join app_user u on u.id = g.user_id and u.disabled_at is null
    join user_password p on p.user_id = u.id
    where g.partner_id = asked and g.role = 'admin' and g.user_id <> without and in_sight(asked))
$$;

create or replace function password_put(target uuid, new_hash text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from app_user
      where id = target and (in_sight(partner_id) or id = current_actor())) then
    raise exception 'no such user in the branch' using errcode = 'insufficient_privilege';
  end if;
  update user_password set hash = new_hash, changed_at = clock_timestamp() where user_id = target;
  if not found then
    insert into user_password (user_id, hash) values (target, new_hash);
  end if;
end $$;

create or replace function grants_of(target uuid) returns table (role text, partner_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select g.role, g.partner_id from role_grant g join app_user u on u.id = g.user_id
  where g.user_id = target and (in_sight(u.partner_id) or u.id = current_actor())
$$;

-- -------------------------------------------------------------------------------------------------------------- lists

-- How far a walk through a list in its order goes before it is given up: the id some rows away from a place, whoever's rows
-- those are; null when the list ends before. It bounds a read and is shown to nobody.
create function list_edge(listed text, place uuid, forwards boolean, away integer) returns uuid
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  edge uuid;
begin
  if listed not in ('attempt', 'audit_entry', 'customer', 'onboarding') then
    raise exception 'no such list' using errcode = 'invalid_parameter_value';
  end if;
  execute format('select id from %I where $1 is null or id %s $1 order by id %s offset $2 limit 1', listed,
      case when forwards then '>' else '<' end, case when forwards then 'asc' else 'desc' end)
    into edge using place, away;
  return edge;
end $$;
revoke execute on function list_edge(text, uuid, boolean, integer) from public;
grant execute on function list_edge(text, uuid, boolean, integer) to quayside_actor, quayside_system;

-- The partners in sight that may have open attempts. Of a wide branch those that have some, found by steps from one partner of
-- the index to the next: open attempts are few, however many partners there are.
create function partners_with_open() returns setof uuid
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  at_partner uuid;
begin
  if (select count(*) <= 64 from (select from partner_sight limit 65) some_of_them) then
    return query select distinct partner_id from partner_sight;
    return;
  end if;
  loop
    select a.partner_id into at_partner from attempt a
      where (a.undecided or a.contradicted) and (at_partner is null or a.partner_id > at_partner)
      order by a.partner_id limit 1;
    exit when at_partner is null;
    return query select s.partner_id from partner_sight s where s.partner_id = at_partner limit 1;
  end loop;
end $$;

-- The first partners in sight in the order of the tree, each below its parent, siblings by name. Goes down only as far as is
-- asked for.
create or replace function partner_list(most integer) returns table (id uuid, depth integer, place bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  -- What is still to be shown, the next one last.
  waiting uuid[];
  depths integer[];
begin
  select coalesce(array_agg(g.id order by lower(p.name) desc, p.id desc), '{}'),
      coalesce(array_agg(0), '{}')
    into waiting, depths
    from unnest(granted_partners()) g (id) join partner p on p.id = g.id
    where not exists (
      select from partner_closure c
      where c.descendant_id = g.id and c.depth > 0 and c.ancestor_id = any (granted_partners()));
  place := 0;
  while cardinality(waiting) > 0 and place < most loop
    id := waiting[cardinality(waiting)];
    depth := depths[cardinality(depths)];
    place := place + 1;
    return next;
    waiting := trim_array(waiting, 1);
    depths := trim_array(depths, 1);
    select waiting || coalesce(array_agg(c.id order by c.name desc, c.id desc), '{}'),
        depths || coalesce(array_agg(partner_list.depth + 1), '{}')
      into waiting, depths
      from (
        select p.id, lower(p.name) as name from partner p where p.parent_id = partner_list.id
        order by lower(p.name), p.id limit most - partner_list.place) c;
  end loop;
end $$;

revoke execute on function partners_with_open(), partner_list(integer) from public;
grant execute on function partners_with_open(), partner_list(integer) to quayside_actor, quayside_system;
