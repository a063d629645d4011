import 'server-only';
import { z } from 'zod';
import { roles } from '../auth/permissions';
import { type UserFilter, userStates } from './list-users';

const filterSchema = z.object({
  q: z.string().trim().max(200).catch(''),
  state: z.enum(userStates).nullable().catch(null),
  role: z.enum(roles).nullable().catch(null),
  partner: z.uuid().nullable().catch(null),
  after: z.uuid().nullable().catch(null),
  before: z.uuid().nullable().catch(null),
});

/** The filter of the users list out of a URL's parameters. What cannot be used is left out. */
export function parseUserFilter(search: Readonly<Record<string, string>>): UserFilter {
  const { q, partner, ...rest } = filterSchema.parse(search);
  return { text: q, partnerId: partner, ...rest };
}

/** The URL's parameters of a filter, with another place in the list. */
export function toUserQuery(filter: UserFilter, place: { readonly after?: string; readonly before?: string }): string {
  const query = new URLSearchParams();
  if (filter.text !== '') query.set('q', filter.text);
  if (filter.state !== null) query.set('state', filter.state);
  if (filter.role !== null) query.set('role', filter.role);
  if (filter.partnerId !== null) query.set('partner', filter.partnerId);
  if (place.after !== undefined) query.set('after', place.after);
  if (place.before !== undefined) query.set('before', place.before);
  return query.size === 0 ? '/users' : `/users?${query}`;
}
