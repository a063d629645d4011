import 'server-only';
import { z } from 'zod';
import type { ActorTx } from '../db/as-actor';
import { Prisma } from '../db/generated/client';
import { inSight } from '../lists/in-branch';
import { type PartnerNode, partnerKinds } from './partner-node';

const nodeSchema = z.object({
  partnerId: z.string(),
  name: z.string(),
  kind: z.enum(partnerKinds),
  children: z.number(),
  disabled: z.boolean(),
});

/** Partners of the branch as nodes of the tree, by name; ids out of sight are left out. */
export async function readNodes(tx: ActorTx, ids: readonly string[]): Promise<readonly PartnerNode[]> {
  if (ids.length === 0) return [];
  const rows = await tx.$queryRaw(Prisma.sql`
    select p.id as "partnerId", p.name, p.kind, coalesce(c.children, 0) as children, p.disabled_at is not null as disabled
    from partner p left join partner_child_counts(${[...ids]}::uuid[]) c on c.partner_id = p.id
    where p.id = any (${[...ids]}::uuid[]) and ${inSight(Prisma.sql`p.id`)}
    order by lower(p.name), p.id`);
  return z.array(nodeSchema).parse(rows);
}
