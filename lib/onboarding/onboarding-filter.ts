import { type AttemptState, attemptStates } from '../attempts/attempt';
import { chosenIds, chosenWords } from '../lists/chosen';
import { parseSearchTerm, type SearchTerm } from '../lists/search-term';
import { parseTimeRange, type TimeRange } from '../lists/time-range';

/** What a list of onboardings is restricted to. Empty lists restrict nothing. */
export interface OnboardingFilter {
  /** With at least one attempt in one of these states. */
  readonly states: readonly AttemptState[];
  readonly actorIds: readonly string[];
  /** Each with everything below it. */
  readonly partnerIds: readonly string[];
  readonly customerIds: readonly string[];
  readonly time: TimeRange;
  readonly term: SearchTerm | null;
  /** Asks for something that cannot exist: the list is empty. */
  readonly impossible: boolean;
}

/** Reads the filters of a list of onboardings from its URL. */
export function parseOnboardingFilter(
  query: URLSearchParams,
  { timeZone, now }: { readonly timeZone: string; readonly now: Date },
): OnboardingFilter {
  const states = chosenWords(query, 'state', attemptStates);
  const actors = chosenIds(query, 'actor');
  const partners = chosenIds(query, 'partner');
  const customers = chosenIds(query, 'customer');
  const time = parseTimeRange(query, { timeZone, now });
  return {
    states: states.values,
    actorIds: actors.values,
    partnerIds: partners.values,
    customerIds: customers.values,
    time: time ?? { from: null, until: null },
    term: parseSearchTerm(query.get('q')),
    impossible: time === null || [states, actors, partners, customers].some((one) => one.impossible),
  };
}
