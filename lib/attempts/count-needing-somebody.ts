import 'server-only';
import type { Actor } from '../auth/actor';
import { type ActorTx, asActor } from '../db/as-actor';
import { Prisma } from '../db/generated/client';
import { hitIds } from '../lists/lanes';
import { firstPlace } from '../lists/place';
import { needsSomebodySources } from './needs-somebody';

/** Nobody counts further: shown as `99+`. */
export const mostCounted = 100;

/** How many attempts of the branch wait for a person, at most 100. */
export async function countNeedingSomebody(actor: Actor): Promise<number> {
  return asActor(actor, countNeeding);
}

/** The same in a transaction that is open already. */
export async function countNeeding(tx: ActorTx): Promise<number> {
  const sources = needsSomebodySources([], []);
  const ids = hitIds({ table: 'attempt', sources, place: firstPlace, limit: mostCounted });
  const [row] = await tx.$queryRaw<{ count: number }[]>(
    Prisma.sql`select count(*)::integer as count from (${ids}) hit`,
  );
  return row?.count ?? 0;
}
