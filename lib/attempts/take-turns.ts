import 'server-only';
import type { ActorTx } from '../db/as-actor';

/**
 * Lets transactions that name the same thing take turns until they end: what the first has committed, the second sees when
 * it looks. Without it an attempt could be opened and closed between another's look at the records and its own opening.
 * @param keys what must not be opened by two at once; locked in an order of their own
 */
export async function takeTurns(tx: ActorTx, keys: readonly string[]): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(key, 0))
    from unnest(${[...new Set(keys)].toSorted()}::text[]) as key`;
}
