import 'server-only';
import type { Actor } from '../auth/actor';
import { asActor } from '../db/as-actor';
import { Prisma } from '../db/generated/client';
import { hitIds } from '../lists/lanes';
import { lowestId } from '../lists/place';
import { type AttemptFilter, parseAttemptFilter } from './attempt-filter';
import { attemptSources } from './attempt-sources';
import { mostCounted } from './count-needing-somebody';
import { resolveTerm } from './list-attempts';

/**
 * How many attempts that match a list's filters have come since its first row, at most 100.
 * @param query the list's URL parameters
 * @param since id of the first row shown; null when none was
 */
export async function countNewerAttempts(
  actor: Actor,
  { query, since }: { readonly query: URLSearchParams; readonly since: string | null },
): Promise<number> {
  const filter: AttemptFilter = parseAttemptFilter(query, { timeZone: actor.timeZone, now: new Date() });
  return asActor(actor, async (tx) => {
    const sources = attemptSources(filter, await resolveTerm(tx, filter));
    const place = { after: null, before: since ?? lowestId };
    const ids = hitIds({ table: 'attempt', sources, place, limit: mostCounted });
    const [row] = await tx.$queryRaw<{ count: number }[]>(
      Prisma.sql`select count(*)::integer as count from (${ids}) hit`,
    );
    return row?.count ?? 0;
  });
}
