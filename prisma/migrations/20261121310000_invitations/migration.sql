-- An invitation: a link with which a new user sets the first password. It opens once, until it expires, and only as long as
-- nobody set a password otherwise. The token itself is nowhere: only its SHA-256.
create table invitation (
  id uuid primary key,
  user_id uuid not null references app_user (id),
  partner_id uuid not null references partner (id),
  token_hash bytea not null unique,
  expires_at timestamptz(3) not null,
  ended_at timestamptz(3),
  created_at timestamptz(3) not null default now()
);
create index invitation_user on invitation (user_id, id desc);
create index invitation_partner on invitation (partner_id, id desc);

alter table invitation enable row level security;
alter table invitation force row level security;
create policy system_door on invitation to quayside_system using (true) with check (true);
create policy owner_door on invitation to current_user using (true) with check (true);
create policy branch on invitation to quayside_actor
  using (partner_id = any ((select visible_partners())::uuid[]))
  with check (partner_id = any ((select visible_partners())::uuid[])
    and exists (select from app_user u where u.id = user_id and u.partner_id = invitation.partner_id));
-- Whoever invites cannot read a hash back.
grant select (id, user_id, partner_id, expires_at, ended_at, created_at), insert, update (ended_at) on invitation
  to quayside_actor;
grant select, update (ended_at) on invitation to quayside_system;

-- A password that was set, by whomever, closes every link that would set another one.
create function invitation_end_all() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update invitation set ended_at = clock_timestamp() where user_id = new.user_id and ended_at is null;
  return null;
end $$;
create trigger user_password_ends_invitations after insert or update of hash on user_password for each row
  execute function invitation_end_all();
revoke execute on function invitation_end_all() from public;

-- Is there an enabled admin of a partner beside this user, who can sign in? Somebody invited who has not come yet cannot.
create function partner_has_other_admin(asked uuid, without uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select from role_grant g
    join app_user u on u.id = g.user_id and u.disabled_at is null
    join user_password p on p.user_id = u.id
    where g.partner_id = asked and g.role = 'admin' and g.user_id <> without and asked = any (visible_partners()))
$$;
revoke execute on function partner_has_other_admin(uuid, uuid) from public;
grant execute on function partner_has_other_admin(uuid, uuid) to quayside_actor;
