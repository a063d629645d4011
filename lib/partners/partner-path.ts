import 'server-only';
import type { ActorTx } from '../db/as-actor';
import { Prisma } from '../db/generated/client';
import { inSight } from '../lists/in-branch';

export interface PathPartner {
  readonly partnerId: string;
  readonly name: string;
}

/** A partner and the partners above it as far as the actor sees them, uppermost first. */
export async function readPartnerPath(tx: ActorTx, partnerId: string): Promise<readonly PathPartner[]> {
  return tx.$queryRaw<PathPartner[]>`
    select p.id as "partnerId", p.name from partner_closure c join partner p on p.id = c.ancestor_id
    where c.descendant_id = ${partnerId}::uuid and ${inSight(Prisma.sql`c.descendant_id`)}
      and ${inSight(Prisma.sql`p.id`)} order by c.depth desc`;
}
