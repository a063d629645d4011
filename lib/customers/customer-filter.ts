import { chosenIds } from '../lists/chosen';
import { parseSearchTerm, type SearchTerm } from '../lists/search-term';

/** What a list of customers is restricted to. Empty lists restrict nothing. */
export interface CustomerFilter {
  /** Each with everything below it. */
  readonly partnerIds: readonly string[];
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly string[];
  readonly term: SearchTerm | null;
  /** Asks for something that cannot exist: the list is empty. */
  readonly impossible: boolean;
}

/** Reads the filters of a list of customers from its URL. */
export function parseCustomerFilter(query: URLSearchParams): CustomerFilter {
  const partners = chosenIds(query, 'partner');
  const asked = query.getAll('country').filter((text) => text.trim() !== '');
  const countries = [...new Set(asked.map((text) => text.trim().toUpperCase()))].filter((code) =>
    /^[A-Z]{2}$/.test(code),
  );
  return {
    partnerIds: partners.values,
    countries: countries.slice(0, 50),
    term: parseSearchTerm(query.get('q')),
    impossible: partners.impossible || (asked.length > 0 && countries.length === 0),
  };
}
