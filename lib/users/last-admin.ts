import 'server-only';
import type { ActorTx } from '../db/as-actor';

/** Holds the partners a user is admin of for the transaction, so that two admins cannot disable each other at once. */
export async function holdAdministeredPartners(tx: ActorTx, userId: string): Promise<void> {
  await tx.$executeRaw`select id from partner
    where id in (select partner_id from role_grant where user_id = ${userId}::uuid and role = 'admin')
    order by id for no key update`;
}

/** The name of a partner that would be left without an enabled admin of its own if this user went, or null. */
export async function partnerLeftWithoutAdmin(tx: ActorTx, userId: string): Promise<string | null> {
  const [left] = await tx.$queryRaw<{ name: string }[]>`
    select p.name from role_grant g join partner p on p.id = g.partner_id
    where g.user_id = ${userId}::uuid and g.role = 'admin'
      and not exists (
        select from role_grant other join app_user u on u.id = other.user_id
        where other.partner_id = g.partner_id and other.role = 'admin' and other.user_id <> g.user_id
          and u.disabled_at is null)
    order by p.name limit 1`;
  return left?.name ?? null;
}
