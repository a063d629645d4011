import 'server-only';
import type { ActorTx } from '../db/as-actor';
import { Prisma } from '../db/generated/client';
import { inSight } from '../lists/in-branch';

/** Holds the partners a user is admin of for the transaction, so that two admins cannot disable each other at once. */
export async function holdAdministeredPartners(tx: ActorTx, userId: string): Promise<void> {
  await tx.$executeRaw`select id from partner
    where id in (select partner_id from role_grant where user_id = ${userId}::uuid and role = 'admin')
    order by id for no key update`;
}

/**
 * The name of a partner that would be left without an admin of its own who can sign in, if this user went, or null.
 * @param only asks for one partner; all of the user's otherwise
 */
export async function partnerLeftWithoutAdmin(tx: ActorTx, userId: string, only?: string): Promise<string | null> {
  const [left] = await tx.$queryRaw<{ name: string }[]>`
    select p.name from role_grant g join partner p on p.id = g.partner_id
    where g.user_id = ${userId}::uuid and g.role = 'admin' and (${only ?? null}::uuid is null or p.id = ${only ?? null}::uuid)
      and ${inSight(Prisma.sql`p.id`)} and not partner_has_other_admin(p.id, g.user_id)
    order by p.name limit 1`;
  return left?.name ?? null;
}
