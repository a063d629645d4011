import 'server-only';
import type { ActorTx } from '../db/as-actor';
import { Prisma } from '../db/generated/client';
import { attemptsByMapping, attemptsByVendorId, idsThatBegin } from '../lists/begins-with';
import { connectionInSight, ofBranch } from '../lists/in-branch';
import { likePattern, likePrefix, type SearchTerm, spellings } from '../lists/search-term';

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

type FoundKind = 'customer' | 'attempt' | 'connection' | 'actor' | 'onboarding';

/**
 * Resolves a search term. A whole id is compared with every id of an attempt and with what vendors answered; anything else
 * with names of customers, connections and people, with what vendors answered, and with the beginnings of ids.
 */
export async function findAttemptTargets(tx: ActorTx, term: SearchTerm): Promise<AttemptTargets> {
  const vendorWords = spellings(term.text);
  const pattern = likePattern(term.text);
  const found = await tx.$queryRaw<{ kind: FoundKind; id: string }[]>`
    select 'attempt' as kind, id from search_ids('attempt', ${pattern}, ${mostAttempts + 1}) id
    union all select 'attempt', id from (${attemptsByMapping(term, mostAttempts + 1)}) through (id)
    ${term.id === null ? byNameOrBeginning(term) : Prisma.empty}`;
  const ids = (kind: FoundKind) => [...new Set(found.filter((row) => row.kind === kind).map((row) => row.id))];
  const [customers, attempts] = [ids('customer'), ids('attempt')];
  const whole = term.id === null ? [] : [term.id];
  return {
    attemptIds: [...whole, ...attempts.slice(0, mostAttempts)],
    correlationIds: [...whole, ...ids('onboarding')],
    customerIds: [...whole, ...customers.slice(0, mostCustomers)],
    connectionIds: [...whole, ...ids('connection')],
    actorIds: [...whole, ...ids('actor')],
    vendorWords,
    cut: customers.length > mostCustomers || attempts.length > mostAttempts,
  };
}

function byNameOrBeginning(term: SearchTerm): Prisma.Sql {
  const pattern = likePattern(term.text);
  const begins = Prisma.sql`
    union all select 'attempt', id from (${idsThatBegin('attempt', term, mostAttempts + 1)}) begins (id)
    union all select 'onboarding', id from (${idsThatBegin('onboarding', term, mostNames)}) begins (id)
    union all select 'customer', id from (${idsThatBegin('customer', term, mostNames)}) begins (id)
    union all select 'actor', id from (${idsThatBegin('user', term, mostNames)}) begins (id)
    union all (select 'connection', k.id from connection k
      where k.id between ${term.range?.lowest ?? null}::uuid and ${term.range?.highest ?? null}::uuid
        and ${connectionInSight('k')} limit ${mostNames})`;
  return Prisma.sql`
    union all select 'customer', id from search_ids('customer', ${pattern}, ${mostCustomers + 1}) id
    union all (select 'connection', k.id from connection k where k.name ilike ${pattern} and ${connectionInSight('k')}
      limit ${mostNames})
    union all (select 'actor', u.id from app_user u where u.name ilike ${likePrefix(term.text)} and ${ofBranch('u')}
      limit ${mostNames})
    union all select 'attempt', id from (${attemptsByVendorId(term, mostAttempts + 1)}) begins (id)
    ${term.range === null ? Prisma.empty : begins}`;
}
