import { chosenIds, chosenWords } from '../lists/chosen';
import { parseSearchTerm, type SearchTerm } from '../lists/search-term';
import { parseTimeRange, type TimeRange } from '../lists/time-range';
import { type VendorKey, vendorKeys } from '../vendors/vendor';
import { type AttemptState, attemptStates, type Operation, operations } from './attempt';

/** What a list of attempts is restricted to. Empty lists restrict nothing. */
export interface AttemptFilter {
  readonly vendors: readonly VendorKey[];
  readonly connectionIds: readonly string[];
  readonly operations: readonly Operation[];
  readonly states: readonly AttemptState[];
  /** Only what waits for a person. */
  readonly needsSomebody: boolean;
  readonly actorIds: readonly string[];
  /** Each with everything below it. */
  readonly partnerIds: readonly string[];
  readonly customerIds: readonly string[];
  readonly time: TimeRange;
  readonly term: SearchTerm | null;
  /** Asks for something that cannot exist: the list is empty. */
  readonly impossible: boolean;
}

/**
 * Reads the filters of a list of attempts from its URL.
 * @param timeZone the user's, in which days begin and end
 */
export function parseAttemptFilter(
  query: URLSearchParams,
  { timeZone, now }: { readonly timeZone: string; readonly now: Date },
): AttemptFilter {
  const vendors = chosenWords(query, 'vendor', vendorKeys);
  const connections = chosenIds(query, 'connection');
  const chosenOperations = chosenWords(query, 'operation', operations);
  const states = chosenWords(query, 'state', attemptStates);
  const needs = chosenWords(query, 'needs', ['somebody']);
  const actors = chosenIds(query, 'actor');
  const partners = chosenIds(query, 'partner');
  const customers = chosenIds(query, 'customer');
  const time = parseTimeRange(query, { timeZone, now });
  const all = [vendors, connections, chosenOperations, states, needs, actors, partners, customers];
  return {
    vendors: vendors.values,
    connectionIds: connections.values,
    operations: chosenOperations.values,
    states: states.values,
    needsSomebody: needs.values.length > 0,
    actorIds: actors.values,
    partnerIds: partners.values,
    customerIds: customers.values,
    time: time ?? { from: null, until: null },
    term: parseSearchTerm(query.get('q')),
    impossible: time === null || all.some((one) => one.impossible),
  };
}
