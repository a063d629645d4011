/** Who may do what: the role table of the product, in one place. Client-safe. */

export const roles = ['admin', 'operator', 'viewer'] as const;
export type Role = (typeof roles)[number];

/** Each permission and the roles that hold it, for the partner of the grant and everything below. */
export const permissions = {
  'branch.read': ['admin', 'operator', 'viewer'],
  'branch.export': ['admin', 'operator', 'viewer'],
  'customer.edit': ['admin', 'operator'],
  'onboarding.plan': ['admin', 'operator'],
  'onboarding.submit': ['admin', 'operator'],
  'attempt.check': ['admin', 'operator'],
  'attempt.adopt': ['admin', 'operator'],
  'attempt.adopt-by-name': ['admin'],
  'attempt.settle-by-hand': ['admin'],
  'user.manage': ['admin'],
  'partner.manage': ['admin'],
  'connection.manage': ['admin'],
  'mapping.manage': ['admin'],
  // The next three are held at the partner that owns the connection.
  'connection.test': ['admin', 'operator'],
  'connection.read-settings': ['admin', 'operator'],
  'exchange.read-shared': ['admin', 'operator'],
  // Partners at a vendor: whoever plans onboardings picks parents among them, adding one is managing partners.
  'vendor-partner.read': ['admin', 'operator'],
  'vendor-partner.add': ['admin'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type Permission = keyof typeof permissions;

/** Does a role hold a permission? */
export function roleHolds(role: Role, permission: Permission): boolean {
  const holders: readonly Role[] = permissions[permission];
  return holders.includes(role);
}

/** The roles that hold a permission. */
export function rolesHolding(permission: Permission): readonly Role[] {
  return roles.filter((role) => roleHolds(role, permission));
}
