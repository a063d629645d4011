-- The partner tree as people see and change it: levels by name, figures of a branch, and moving a branch.
--
-- The functions that read are SECURITY DEFINER and ask for the scope of the transaction themselves: under row-level
-- security every sibling would be held against the whole visible set, which for 5,000 partners is 25 million comparisons
-- where one look-up does.

create index partner_level on partner (parent_id, lower(name), id);

-- Ids of the children of a partner by name, those after a child (or before one, backwards), the nearest first.
-- Without a child: from the first one on (or the last one back).
create function partner_children(asked uuid, beside uuid, forwards boolean, most integer) returns setof uuid
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  at_name text;
begin
  if asked is null or asked <> all (visible_partners()) then return; end if;
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

-- How many siblings stand before a child, by name.
create function partner_place(child uuid) returns integer
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::integer from partner p join partner s on s.parent_id = p.parent_id
    and (lower(s.name), s.id) < (lower(p.name), p.id)
  where p.id = child and p.parent_id = any (visible_partners())
$$;

-- How many children partners have, right below.
create function partner_child_counts(asked uuid[]) returns table (partner_id uuid, children integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.parent_id, count(*)::integer from unnest(asked) a (id) join unnest(visible_partners()) v (id) using (id)
  join partner p on p.parent_id = a.id group by p.parent_id
$$;

-- Ids of the partners in sight whose name or key has a part, by name.
create function partner_search(pattern text, most integer) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select p.id from unnest(visible_partners()) v (id) join partner p using (id)
  where p.name ilike pattern or p.key ilike pattern order by lower(p.name), p.id limit most
$$;

-- The first partners in sight in the order of the tree, each below its parent, siblings by name.
create function partner_list(most integer) returns table (id uuid, depth integer, place bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  with recursive visible as materialized (
    select unnest(visible_partners()) as id
  ), tree as (
    select p.id, 0 as depth, array[lower(p.name), p.id::text] as path from visible v join partner p using (id)
    where not exists (select from visible a where a.id = p.parent_id)
    union all
    select p.id, tree.depth + 1, tree.path || lower(p.name) || p.id::text
    from tree join partner p on p.parent_id = tree.id join visible v on v.id = p.id
  )
  select id, depth, row_number() over (order by path) from tree order by path limit most
$$;

-- Changes whenever a partner in sight is added, changed, moved in or moved out.
create function partner_tree_stamp() returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*) || '-' || coalesce(sum(p.version), 0) from unnest(visible_partners()) v (id) join partner p using (id)
$$;

-- What belongs to a partner and everything below it, and the newest entry of their audit.
create function partner_figures(asked uuid, out below integer, out customers integer, out users integer,
  out connections integer, out newest_entry uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  with branch as materialized (
    select c.descendant_id as id from partner_closure c
    where c.ancestor_id = asked and asked = any (visible_partners())
  )
  select (select count(*)::integer - 1 from branch),
    (select count(*)::integer from branch b join customer c on c.partner_id = b.id),
    (select count(*)::integer from branch b join app_user u on u.partner_id = b.id),
    (select count(*)::integer from branch b join connection k on k.partner_id = b.id),
    (select e.id from branch b cross join lateral (
      select id from audit_entry where partner_id = b.id order by id desc limit 1) e order by e.id desc limit 1)
$$;

-- ------------------------------------------------------------------------------------------------------------ moving

-- One change of the tree's shape at a time; whoever adds a partner holds it shared. A partner added below a branch that is
-- being moved would otherwise take over the ancestors that the branch is just losing.
create function partner_tree_hold() returns void language sql as $$ select pg_advisory_xact_lock(7118305218) $$;

create or replace function partner_closure_insert() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock_shared(7118305218);
  insert into partner_closure (ancestor_id, descendant_id, depth) values (new.id, new.id, 0);
  if new.parent_id is not null then
    insert into partner_closure (ancestor_id, descendant_id, depth)
    select ancestor_id, new.id, depth + 1 from partner_closure where descendant_id = new.parent_id;
  end if;
  return null;
end $$;

-- The closure follows the parent in partner_move() alone.
create function partner_refuse_new_parent() returns trigger language plpgsql as $$
begin
  raise exception 'a partner gets another parent by partner_move() alone' using errcode = 'insufficient_privilege';
end $$;
create trigger partner_keeps_parent before update of parent_id on partner for each row
  when (new.parent_id is distinct from old.parent_id and coalesce(current_setting('quayside.moving', true), '') <> 'yes')
  execute function partner_refuse_new_parent();

-- Why a partner cannot be put below another one, or null. Nothing in sight is 'absent'.
create function partner_move_hindrance(moved uuid, target uuid) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select case
    when m.id is null or t.id is null then 'absent'
    when m.parent_id is null or m.parent_id <> all (visible_partners()) then 'top'
    when m.parent_id = t.id then 'same'
    when exists (select from partner_closure c where c.ancestor_id = m.id and c.descendant_id = t.id) then 'cycle'
    when m.kind = 'csp' and t.kind <> 'host' then 'kind'
    when exists (select from partner_closure c join partner a on a.id = c.ancestor_id
      where c.descendant_id = t.id and a.disabled_at is not null) then 'disabled'
  end
  from (select 1) one
  left join partner m on m.id = moved and m.id = any (visible_partners())
  left join partner t on t.id = target and t.id = any (visible_partners())
$$;

-- Puts a partner, with everything below it, below another one. Both, and the parent it leaves, have to be in sight of the
-- transaction. Answers 'moved', 'stale' when it was changed since `seen`, or the hindrance. Which role it takes is the
-- application's question, to be asked while the tree is held.
create function partner_move(moved uuid, target uuid, seen integer) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  hindrance text;
begin
  perform partner_tree_hold();
  hindrance := partner_move_hindrance(moved, target);
  if hindrance = 'absent' then return hindrance; end if;
  perform from partner where id = moved and version = seen for no key update;
  if not found then return 'stale'; end if;
  if hindrance is not null then return hindrance; end if;
  delete from partner_closure
  where descendant_id in (select descendant_id from partner_closure where ancestor_id = moved)
    and ancestor_id in (select ancestor_id from partner_closure where descendant_id = moved and depth > 0);
  insert into partner_closure (ancestor_id, descendant_id, depth)
  select a.ancestor_id, d.descendant_id, a.depth + d.depth + 1 from partner_closure a cross join partner_closure d
  where a.descendant_id = target and d.ancestor_id = moved;
  perform set_config('quayside.moving', 'yes', true);
  update partner set parent_id = target, version = version + 1 where id = moved;
  perform set_config('quayside.moving', '', true);
  return 'moved';
end $$;

-- Whose sight of a partner would change if it stood below another one, by the grants at the partners above it: enabled
-- users, with the strongest of the roles by which. The name is null for somebody whom the transaction does not see.
create function partner_move_sight(moved uuid, target uuid)
returns table (user_id uuid, user_name text, role text, gains boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  with sighted as (
    select from (select unnest(array[moved, target]) as id) asked where asked.id = any (visible_partners())
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
  select u.id, case when u.partner_id = any (visible_partners()) then u.name end, p.role, p.gains
  from people p join app_user u on u.id = p.user_id and u.disabled_at is null
  -- With a grant at the partner itself nothing changes for them.
  where not exists (select from role_grant g where g.user_id = p.user_id and g.partner_id = moved)
  order by p.gains, 2 nulls last, u.id
$$;

revoke execute on function partner_children(uuid, uuid, boolean, integer), partner_place(uuid), partner_child_counts(uuid[]),
  partner_search(text, integer), partner_list(integer), partner_tree_stamp(), partner_figures(uuid), partner_move_hindrance(uuid, uuid),
  partner_move(uuid, uuid, integer), partner_move_sight(uuid, uuid) from public;
grant execute on function partner_children(uuid, uuid, boolean, integer), partner_place(uuid), partner_child_counts(uuid[]),
  partner_search(text, integer), partner_list(integer), partner_tree_stamp(), partner_figures(uuid), partner_move_hindrance(uuid, uuid),
  partner_move(uuid, uuid, integer), partner_move_sight(uuid, uuid) to quayside_actor;

-- ---------------------------------------------------------------------------------------------- what must still hold

-- As before, and a shared connection serves partners below its owner alone: one that was moved away between the opening of
-- an attempt and its sending is not served any more.
create or replace function attempts_that_may_leave(sendings uuid[], allowed_roles text[]) returns table (id uuid, answer text)
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
        and (k.partner_id = a.partner_id or (k.shared and exists (
          select from partner_closure o where o.ancestor_id = k.partner_id and o.descendant_id = a.partner_id)))) then 'connection'
    when a.mapping_id is not null and a.partner_id <> a.owner_partner_id and not exists (
      select from mapping m where m.connection_id = a.connection_id and m.partner_id = a.partner_id
        and m.external_id = a.mapping_id) then 'mapping'
    else 'sent' end
  from attempt a where a.id = any (sendings)
$$;
