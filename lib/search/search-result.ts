/** One thing that a search found. Client-safe. */
export const searchKinds = ['customer', 'onboarding', 'attempt', 'partner', 'connection', 'user'] as const;
export type SearchKind = (typeof searchKinds)[number];

export interface SearchResult {
  readonly kind: SearchKind;
  readonly id: string;
  readonly label: string;
  readonly detail: string;
  readonly href: string;
}

/** What a search found: `exact` when the query is an id (or an address) of each of them, not a part of a name. */
export interface SearchAnswer {
  readonly exact: boolean;
  readonly results: readonly SearchResult[];
}
