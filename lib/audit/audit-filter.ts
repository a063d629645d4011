import 'server-only';
import { chosenIds, chosenWords } from '../lists/chosen';
import { parseSearchTerm, type SearchTerm } from '../lists/search-term';
import { parseTimeRange, type TimeRange } from '../lists/time-range';
import { type AuditAction, auditActions } from './audit-actions';

/** What a list of audit entries is restricted to. Empty lists restrict nothing. */
export interface AuditFilter {
  readonly actions: readonly AuditAction[];
  readonly actorIds: readonly string[];
  /** Each with everything below it. */
  readonly partnerIds: readonly string[];
  readonly time: TimeRange;
  /** An id of what an entry is about, of an onboarding, an attempt or a vendor, or its beginning; or a person's name. */
  readonly term: SearchTerm | null;
  /** Asks for something that cannot exist: the list is empty. */
  readonly impossible: boolean;
}

/** Reads the filters of a list of audit entries from its URL. */
export function parseAuditFilter(
  query: URLSearchParams,
  { timeZone, now }: { readonly timeZone: string; readonly now: Date },
): AuditFilter {
  const actions = chosenWords(query, 'action', auditActions);
  const actors = chosenIds(query, 'actor');
  const partners = chosenIds(query, 'partner');
  const time = parseTimeRange(query, { timeZone, now });
  return {
    actions: actions.values,
    actorIds: actors.values,
    partnerIds: partners.values,
    time: time ?? { from: null, until: null },
    term: parseSearchTerm(query.get('q')),
    impossible: time === null || [actions, actors, partners].some((one) => one.impossible),
  };
}
