import 'server-only';
import { z } from 'zod';
import type { Actor } from '../auth/actor';
import { asActor } from '../db/as-actor';
import { Prisma } from '../db/generated/client';
import { inSight } from '../lists/in-branch';
import { likePattern, parseSearchTerm } from '../lists/search-term';
import { type FoundPartner, partnerKinds } from './partner-node';

/** Partners that an answer has at most. */
export const mostFound = 30;

const foundSchema = z.object({
  partnerId: z.string(),
  name: z.string(),
  key: z.string(),
  kind: z.enum(partnerKinds),
  above: z.array(z.string()),
});

/** Partners of the branch by a part of their name or key, or by their id; by name, and whether there are more. */
export async function searchPartners(
  actor: Actor,
  typed: string,
): Promise<{ readonly found: readonly FoundPartner[]; readonly more: boolean }> {
  const term = parseSearchTerm(typed);
  if (term === null) return { found: [], more: false };
  const rows = await asActor(
    actor,
    (tx) => tx.$queryRaw`
      select p.id as "partnerId", p.name, p.key, p.kind, array(
        select a.name from partner_closure c join partner a on a.id = c.ancestor_id
        where c.descendant_id = p.id and c.depth > 0 and ${inSight(Prisma.sql`a.id`)}
        order by c.depth desc) as above
      from partner p
      where p.id in (select partner_search(${likePattern(term.text)}, ${mostFound + 1}) union select ${term.id}::uuid)
        and ${inSight(Prisma.sql`p.id`)}
      order by lower(p.name), p.id`,
  );
  const found = z.array(foundSchema).parse(rows);
  return { found: found.slice(0, mostFound), more: found.length > mostFound };
}
