import { z } from 'zod';
import { connectionStates } from './connection-view';

const filterSchema = z.object({
  q: z.string().trim().max(200).optional().catch(undefined),
  vendor: z.string().max(50).optional().catch(undefined),
  state: z.enum(connectionStates).optional().catch(undefined),
  partner: z.uuid().optional().catch(undefined),
  after: z.uuid().optional().catch(undefined),
  before: z.uuid().optional().catch(undefined),
});

/** The filter of the list as its URL carries it; what cannot be read is left out. */
export type ConnectionFilter = z.infer<typeof filterSchema>;

/** Reads the list's query. */
export function parseConnectionFilter(search: Readonly<Record<string, string>>): ConnectionFilter {
  return filterSchema.parse(search);
}

/** Does a filter keep something out? */
export function isFiltered({ q, vendor, state, partner }: ConnectionFilter): boolean {
  return [q, vendor, state, partner].some((value) => value !== undefined && value !== '');
}

/** The list's address for another page of the same filter. */
export function toConnectionsUrl(
  { q, vendor, state, partner }: ConnectionFilter,
  cursor: { readonly after: string } | { readonly before: string },
): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries({ q, vendor, state, partner, ...cursor })) {
    if (value !== undefined && value !== '') query.set(key, value);
  }
  return `/connections?${query}`;
}
