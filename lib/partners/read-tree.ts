import 'server-only';
import type { Actor } from '../auth/actor';
import type { ActorTx } from '../db/as-actor';
import { Prisma } from '../db/generated/client';
import { inSight } from '../lists/in-branch';
import { readNodes } from './node-rows';
import type { Level, TreeStart } from './partner-node';
import { readPartnerPath } from './partner-path';
import { readLevelPage } from './read-level';

/** The uppermost partners in sight: those of the actor's grants that lie below no other of them. */
export async function readRootIds(tx: ActorTx, actor: Actor): Promise<readonly string[]> {
  const granted = [...new Set(actor.grants.map(({ partnerId }) => partnerId))];
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select p.id from partner p
    where p.id = any (${granted}::uuid[]) and ${inSight(Prisma.sql`p.id`)} and not exists (
      select from partner_closure c where c.descendant_id = p.id and c.depth > 0 and c.ancestor_id = any (${granted}::uuid[]))
    order by lower(p.name), p.id`;
  return rows.map(({ id }) => id);
}

/** Reads what the tree shows first: the roots, and each level on the way to a partner in sight, around that way. */
export async function readTreeStart(
  tx: ActorTx,
  { rootIds, chosenId }: { readonly rootIds: readonly string[]; readonly chosenId: string },
): Promise<TreeStart> {
  const roots = await readNodes(tx, rootIds);
  const path = (await readPartnerPath(tx, chosenId)).map(({ partnerId }) => partnerId);
  const levels: Level[] = [{ parentId: null, start: 0, total: roots.length, nodes: roots }];
  for (const [at, parentId] of path.entries()) {
    const next = path[at + 1];
    const page = await readLevelPage(tx, parentId, next === undefined ? { end: 'first' } : { around: next });
    if (page.total > 0) levels.push({ parentId, ...page });
  }
  const [stamp] = await tx.$queryRaw<{ stamp: string }[]>`select partner_tree_stamp() as stamp`;
  // Two levels say more than one closed root.
  return { levels, opened: path.length === 1 ? path : path.slice(0, -1), stamp: stamp?.stamp ?? '' };
}
