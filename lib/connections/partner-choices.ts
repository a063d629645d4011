import 'server-only';
import type { Actor } from '../auth/actor';
import { rolesHolding } from '../auth/permissions';
import { asActor } from '../db/as-actor';
import { Prisma } from '../db/generated/client';
import { inSight } from '../lists/in-branch';

export interface PartnerChoice {
  readonly partnerId: string;
  readonly name: string;
  readonly kind: string;
}

/** Most partners that a picker offers. */
const most = 1000;

/** The partners that may own a new connection: those where the actor may manage connections, by name. */
export async function listOwnerChoices(actor: Actor): Promise<readonly PartnerChoice[]> {
  const holding = Prisma.join([...rolesHolding('connection.manage')]);
  return asActor(
    actor,
    (tx) => tx.$queryRaw<PartnerChoice[]>`
      select p.id as "partnerId", p.name, p.kind from partner p
      where p.id = any ((select visible_partners())::uuid[]) and p.disabled_at is null and exists (
        select from role_grant g join partner_closure c on c.ancestor_id = g.partner_id
        where g.user_id = ${actor.userId}::uuid and c.descendant_id = p.id and g.role in (${holding}))
      order by p.name, p.id limit ${most}`,
  );
}

/** The partners strictly below the owner of a connection that have no mapping there yet, by name. */
export async function listUnmappedPartners(actor: Actor, connectionId: string): Promise<readonly PartnerChoice[]> {
  return asActor(
    actor,
    (tx) => tx.$queryRaw<PartnerChoice[]>`
      select p.id as "partnerId", p.name, p.kind from connection k
      join partner_closure c on c.ancestor_id = k.partner_id and c.depth > 0
      join partner p on p.id = c.descendant_id
      where k.id = ${connectionId}::uuid and ${inSight(Prisma.sql`k.partner_id`)} and p.disabled_at is null
        and not exists (select from mapping m where m.connection_id = k.id and m.partner_id = p.id)
      order by p.name, p.id limit ${most}`,
  );
}
