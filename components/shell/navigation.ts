import type { Role } from '@/lib/auth/permissions';

/** Main navigation: only what works, and what the role may open. The key is its word in `shell.navigation`. */
const entries = [
  { key: 'overview', href: '/', roles: ['admin', 'operator', 'viewer'] },
  { key: 'customers', href: '/customers', roles: ['admin', 'operator', 'viewer'] },
  { key: 'onboardings', href: '/onboardings', roles: ['admin', 'operator', 'viewer'] },
  { key: 'attempts', href: '/attempts', roles: ['admin', 'operator', 'viewer'] },
  { key: 'partners', href: '/partners', roles: ['admin', 'operator', 'viewer'] },
  { key: 'connections', href: '/connections', roles: ['admin', 'operator', 'viewer'] },
  { key: 'users', href: '/users', roles: ['admin'] },
  { key: 'audit', href: '/audit', roles: ['admin', 'operator', 'viewer'] },
] as const satisfies readonly { key: string; href: string; roles: readonly Role[] }[];

export type NavigationKey = (typeof entries)[number]['key'];

export interface NavigationEntry {
  readonly key: NavigationKey;
  readonly href: string;
}

/** The entries a role sees, in order. */
export function navigationOf(role: Role): readonly NavigationEntry[] {
  return entries
    .filter(({ roles }) => roles.some((allowed) => allowed === role))
    .map(({ key, href }) => ({ key, href }));
}
