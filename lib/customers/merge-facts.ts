import type { CustomerFacts } from '../vendors/vendor';
import { changedFacts } from './changed-facts';

/**
 * What one person changed, over what another has saved in the meantime: of each fact the first one's where that person
 * touched it, else the other's. Client-safe.
 */
export function mergeFacts({
  base,
  mine,
  theirs,
}: {
  readonly base: CustomerFacts;
  readonly mine: CustomerFacts;
  readonly theirs: CustomerFacts;
}): CustomerFacts {
  const touched = changedFacts(base, mine).map((name) => [name, mine[name]] as const);
  return { ...theirs, ...Object.fromEntries(touched) };
}
