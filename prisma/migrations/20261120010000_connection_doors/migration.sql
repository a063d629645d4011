-- Two doors of the connections page, in the database.

-- Whoever may edit a connection stores its secrets in the same transaction and under the same row-level security, so
-- that a connection is never half made. Reading them back is not possible: this role has no SELECT on "sealed".
create policy branch on connection_secret to quayside_actor
  using (partner_id = any ((select visible_partners())::uuid[]))
  with check (
    partner_id = any ((select visible_partners())::uuid[])
    and exists (select from connection c where c.id = connection_id and c.partner_id = connection_secret.partner_id)
  );
grant select (connection_id, field, partner_id, key_version, changed_at), insert, update, delete on connection_secret
  to quayside_actor;

-- What a partner is at a connection is the owner's to say: a partner below sees its own mapping and cannot set it.
create policy owner_sets on mapping as restrictive for insert to quayside_actor
  with check (exists (
    select from connection c where c.id = connection_id and c.partner_id = any ((select visible_partners())::uuid[])));
create policy owner_changes on mapping as restrictive for update to quayside_actor
  using (exists (
    select from connection c where c.id = connection_id and c.partner_id = any ((select visible_partners())::uuid[])));
create policy owner_removes on mapping as restrictive for delete to quayside_actor
  using (exists (
    select from connection c where c.id = connection_id and c.partner_id = any ((select visible_partners())::uuid[])));
