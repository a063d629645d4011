import type { NavigationEntry, NavigationKey } from './navigation';

const kinds = ['customer', 'onboarding', 'attempt', 'partner', 'connection', 'user'] as const;
export type ResultKind = (typeof kinds)[number];

/** A record as GET /api/search gives it. */
export interface SearchResult {
  readonly kind: ResultKind;
  readonly id: string;
  readonly label: string;
  readonly detail: string;
  readonly href: string;
}

/** One line of the palette. */
export type PaletteItem =
  | { readonly type: 'page'; readonly key: string; readonly href: string; readonly word: NavigationKey }
  | { readonly type: 'new-customer'; readonly key: string; readonly href: string }
  | { readonly type: 'record'; readonly key: string; readonly href: string; readonly result: SearchResult };

function isResult(value: unknown): value is SearchResult {
  if (typeof value !== 'object' || value === null) return false;
  const texts = ['id', 'label', 'detail', 'href'].every((key) => typeof Reflect.get(value, key) === 'string');
  const href: unknown = Reflect.get(value, 'href');
  return (
    texts &&
    kinds.some((kind) => kind === Reflect.get(value, 'kind')) &&
    typeof href === 'string' &&
    /^\/(?!\/)/.test(href)
  );
}

/** The results in an answer of the search; what has another shape is left out. */
export function parseResults(answer: unknown): readonly SearchResult[] {
  const results: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'results') : undefined;
  return Array.isArray(results) ? results.filter(isResult) : [];
}

interface Offered {
  query: string;
  entries: readonly NavigationEntry[];
  mayOnboard: boolean;
  results: readonly SearchResult[];
  /** The words as shown, to match what is typed. */
  wordOf: (entry: NavigationKey | 'newCustomer') => string;
}

/** What the palette lists: acts and pages whose words match, then records. */
export function itemsFor({ query, entries, mayOnboard, results, wordOf }: Offered): readonly PaletteItem[] {
  const matches = (word: string) => word.toLowerCase().includes(query.toLowerCase());
  const pages = entries
    .filter(({ key }) => matches(wordOf(key)))
    .map(({ key, href }): PaletteItem => ({ type: 'page', key: `page ${key}`, href, word: key }));
  const acts: PaletteItem[] =
    mayOnboard && matches(wordOf('newCustomer'))
      ? [{ type: 'new-customer', key: 'new customer', href: '/customers/new' }]
      : [];
  const records = results.map(
    (result): PaletteItem => ({ type: 'record', key: `${result.kind} ${result.id}`, href: result.href, result }),
  );
  return [...acts, ...pages, ...records];
}
