-- What a session was signed in with ends the session: a changed password, a changed grant, a disabled or moved user, a
-- disabled partner. The database does it, in the transaction of the change, so that no code can forget it and no old
-- session comes back to life when a user is enabled again.

create function session_end_all() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  ended uuid[];
begin
  if tg_table_name = 'app_user' then
    ended := array[new.id];
  elsif tg_table_name = 'partner' then
    ended := array(select u.id from app_user u join partner_closure c on c.descendant_id = u.partner_id
      where c.ancestor_id = new.id);
  elsif tg_op = 'INSERT' then
    ended := array[new.user_id];
  elsif tg_op = 'DELETE' then
    ended := array[old.user_id];
  else
    ended := array[old.user_id, new.user_id];
  end if;
  update session set revoked_at = clock_timestamp() where user_id = any (ended) and revoked_at is null;
  return null;
end $$;

create trigger app_user_ends_sessions after update of disabled_at, partner_id on app_user for each row
  when ((new.disabled_at is not null and old.disabled_at is null) or new.partner_id is distinct from old.partner_id)
  execute function session_end_all();
create trigger user_password_ends_sessions after update of hash on user_password for each row
  execute function session_end_all();
create trigger role_grant_ends_sessions after insert or update or delete on role_grant for each row
  execute function session_end_all();
create trigger partner_ends_sessions after update of disabled_at on partner for each row
  when (new.disabled_at is not null and old.disabled_at is null)
  execute function session_end_all();

-- Sets a password in the actor's own transaction, so that it commits with its audit entry. The actor's login cannot read
-- or write hashes; here it may replace the one of a user it can see. Which role that takes is the application's question.
create function password_put(target uuid, new_hash text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from app_user
      where id = target and (partner_id = any (visible_partners()) or id = current_actor())) then
    raise exception 'no such user in the branch' using errcode = 'insufficient_privilege';
  end if;
  update user_password set hash = new_hash, changed_at = clock_timestamp() where user_id = target;
  if not found then
    insert into user_password (user_id, hash) values (target, new_hash);
  end if;
end $$;

-- Every grant of a user one can see, those outside the branch included: nobody acts on a person whose rights reach
-- further than their own. For that decision only; what is shown comes from role_grant under row-level security.
create function grants_of(target uuid) returns table (role text, partner_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select g.role, g.partner_id from role_grant g join app_user u on u.id = g.user_id
  where g.user_id = target and (u.partner_id = any (visible_partners()) or u.id = current_actor())
$$;

revoke execute on function session_end_all(), password_put(uuid, text), grants_of(uuid) from public;
grant execute on function password_put(uuid, text), grants_of(uuid) to quayside_actor;
