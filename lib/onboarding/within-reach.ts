import 'server-only';
import type { FoundCustomer } from '../vendors/found-customer';

/** Through which eyes an id that a person names is read. */
interface Reader {
  /** The person belongs to the side of the connection's owner: nothing that it reads is hidden. */
  readonly seesAll: boolean;
  /** What the partner is at the connection, or null. */
  readonly mappingId: string | null;
}

/**
 * Reads what a person names by its id at the vendor, as far as it may be shown through a connection: below the owner what
 * lies inside the mapping; without a mapping nobody can say whose it is, so only what carries our key.
 * @param read asks the vendor, within a mapping or everywhere
 * @param key the correlation id that our own would carry
 * @returns null when it is not there or not to be seen
 * @throws whatever `read` throws
 */
export async function readWithinReach(
  read: (within: string | null) => Promise<FoundCustomer | null>,
  { seesAll, mappingId }: Reader,
  key: string,
): Promise<FoundCustomer | null> {
  const there = await read(seesAll ? null : mappingId);
  return seesAll || mappingId !== null || there?.key === key ? there : null;
}
