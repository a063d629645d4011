export interface FilterOption {
  readonly value: string;
  readonly label: string;
}

interface Named {
  /** Name of the URL parameter. */
  readonly key: string;
  readonly label: string;
}

/**
 * One filter of a list. In the URL: `options` repeats its key per chosen value (`state=unknown&state=refused`), `text`
 * and `date range` hold one value each; a range uses `<key>From` and `<key>Until`, days as YYYY-MM-DD, both included.
 */
export type FilterDefinition =
  | (Named & { readonly kind: 'options'; readonly options: readonly FilterOption[]; readonly single?: boolean })
  | (Named & { readonly kind: 'text'; readonly placeholder?: string })
  | (Named & { readonly kind: 'range' });

/** The URL parameters that a filter owns. */
export function parametersOf(filter: FilterDefinition): readonly string[] {
  return filter.kind === 'range' ? [`${filter.key}From`, `${filter.key}Until`] : [filter.key];
}
