import 'server-only';
import type { ActorTx } from '../db/as-actor';
import { connectionInSight, inBranch } from '../lists/in-branch';
import { likePattern, likePrefix, type SearchTerm } from '../lists/search-term';

/** What a search term stands for: attempts are found by any id in them and by the names around them. */
export interface AttemptTargets {
  readonly attemptIds: readonly string[];
  readonly correlationIds: readonly string[];
  readonly customerIds: readonly string[];
  readonly connectionIds: readonly string[];
  readonly actorIds: readonly string[];
  /** Ids of the vendor, compared as they are. */
  readonly vendorWords: readonly string[];
  /** More customers or texts match than are looked through: the list holds the newest of them. */
  readonly cut: boolean;
}

const mostCustomers = 200;
const mostAttempts = 500;
const mostNames = 50;

/**
 * Resolves a search term. A whole id is compared with every id of an attempt; anything else with names of customers,
 * connections and people and with what vendors answered.
 */
export async function findAttemptTargets(tx: ActorTx, term: SearchTerm): Promise<AttemptTargets> {
  const vendorWords = [...new Set([term.text, term.text.toLowerCase(), term.text.toUpperCase()])];
  if (term.id !== null) {
    const ids = [term.id];
    const everywhere = { attemptIds: ids, correlationIds: ids, customerIds: ids, connectionIds: ids, actorIds: ids };
    return { ...everywhere, vendorWords, cut: false };
  }
  const pattern = likePattern(term.text);
  const found = await tx.$queryRaw<{ kind: 'customer' | 'attempt' | 'connection' | 'actor'; id: string }[]>`
    select 'customer' as kind, id from search_ids('customer', ${pattern}, ${mostCustomers + 1}) id
    union all select 'attempt', id from search_ids('attempt', ${pattern}, ${mostAttempts + 1}) id
    union all (select 'connection', k.id from connection k where k.name ilike ${pattern} and ${connectionInSight('k')}
      limit ${mostNames})
    union all (select 'actor', u.id from app_user u where u.name ilike ${likePrefix(term.text)} and ${inBranch('u')}
      limit ${mostNames})`;
  const ids = (kind: (typeof found)[number]['kind']) => found.filter((row) => row.kind === kind).map((row) => row.id);
  const [customers, attempts] = [ids('customer'), ids('attempt')];
  return {
    attemptIds: attempts.slice(0, mostAttempts),
    correlationIds: [],
    customerIds: customers.slice(0, mostCustomers),
    connectionIds: ids('connection'),
    actorIds: ids('actor'),
    vendorWords,
    cut: customers.length > mostCustomers || attempts.length > mostAttempts,
  };
}
