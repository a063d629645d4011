import 'server-only';
import type { ActorTx } from '../db/as-actor';

export interface PathPartner {
  readonly partnerId: string;
  readonly name: string;
}

/** A partner and the partners above it as far as the actor sees them, uppermost first. */
export async function readPartnerPath(tx: ActorTx, partnerId: string): Promise<readonly PathPartner[]> {
  return tx.$queryRaw<PathPartner[]>`
    select p.id as "partnerId", p.name from partner_closure c join partner p on p.id = c.ancestor_id
    where c.descendant_id = ${partnerId}::uuid and c.descendant_id = any (visible_partners())
      and p.id = any (visible_partners()) order by c.depth desc`;
}
