/** The address of a list with its filters, at a place. Client-safe. */
export function listHref(path: string, query: URLSearchParams, place: Readonly<Record<string, string>> = {}): string {
  const next = new URLSearchParams(query);
  for (const key of ['after', 'before', 'since', 'verify']) next.delete(key);
  for (const [key, value] of Object.entries(place)) next.set(key, value);
  const text = next.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** Is anything but the place asked for? */
export function hasFilters(query: URLSearchParams): boolean {
  return [...query.keys()].some((key) => !['after', 'before', 'verify'].includes(key));
}
