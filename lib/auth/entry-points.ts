import type { Permission } from './permissions';

/**
 * Every door into Quayside and what it needs: the table from which the authorization matrix is made. A page, action or
 * handler that is not here does not compile into its wrapper, and a file in `app` without its row fails the tests.
 *
 * `needs`: the permission, held at the partner of `subject`; `signed-in` for what concerns oneself; `public` for anybody.
 * `subject`: whose partner decides. `branch`: whatever the actor sees; `partner`: a partner named in the input;
 * the others are records named in the URL or the input.
 */
export interface EntryPoint {
  readonly needs: Permission | 'signed-in' | 'public';
  readonly subject:
    | 'branch'
    | 'self'
    | 'partner'
    | 'customer'
    | 'onboarding'
    | 'attempt'
    | 'connection'
    | 'connection-owner'
    | 'user';
}

export const pages = {
  '/sign-in': { needs: 'public', subject: 'self' },
  '/invite/[token]': { needs: 'public', subject: 'self' },
  '/': { needs: 'branch.read', subject: 'branch' },
  '/customers': { needs: 'branch.read', subject: 'branch' },
  '/customers/new': { needs: 'onboarding.plan', subject: 'branch' },
  '/customers/[customerId]': { needs: 'branch.read', subject: 'customer' },
  '/customers/[customerId]/services/new': { needs: 'onboarding.plan', subject: 'customer' },
  '/onboardings': { needs: 'branch.read', subject: 'branch' },
  '/onboardings/[correlationId]': { needs: 'branch.read', subject: 'onboarding' },
  '/attempts': { needs: 'branch.read', subject: 'branch' },
  '/attempts/[attemptId]': { needs: 'branch.read', subject: 'attempt' },
  '/partners': { needs: 'branch.read', subject: 'branch' },
  '/connections': { needs: 'branch.read', subject: 'branch' },
  '/connections/new': { needs: 'connection.manage', subject: 'branch' },
  '/connections/[connectionId]': { needs: 'branch.read', subject: 'connection' },
  '/users': { needs: 'user.manage', subject: 'branch' },
  '/users/[userId]': { needs: 'user.manage', subject: 'user' },
  '/audit': { needs: 'branch.read', subject: 'branch' },
  '/account': { needs: 'signed-in', subject: 'self' },
  '/search': { needs: 'branch.read', subject: 'branch' },
} as const satisfies Readonly<Record<string, EntryPoint>>;

export const actions = {
  'account.change-password': { needs: 'signed-in', subject: 'self' },
  'account.set-time-zone': { needs: 'signed-in', subject: 'self' },
  'account.revoke-session': { needs: 'signed-in', subject: 'self' },
  'account.sign-out': { needs: 'signed-in', subject: 'self' },
  'partners.add': { needs: 'partner.manage', subject: 'partner' },
  'partners.rename': { needs: 'partner.manage', subject: 'partner' },
  'partners.disable': { needs: 'partner.manage', subject: 'partner' },
  'partners.enable': { needs: 'partner.manage', subject: 'partner' },
  'partners.move': { needs: 'partner.manage', subject: 'partner' },
  'users.create': { needs: 'user.manage', subject: 'partner' },
  'users.invite': { needs: 'user.manage', subject: 'partner' },
  'users.invite-again': { needs: 'user.manage', subject: 'user' },
  'users.add-grant': { needs: 'user.manage', subject: 'partner' },
  'users.remove-grant': { needs: 'user.manage', subject: 'partner' },
  'users.disable': { needs: 'user.manage', subject: 'user' },
  'users.enable': { needs: 'user.manage', subject: 'user' },
  'users.reset-password': { needs: 'user.manage', subject: 'user' },
  'connections.create': { needs: 'connection.manage', subject: 'partner' },
  'connections.edit': { needs: 'connection.manage', subject: 'connection-owner' },
  'connections.disable': { needs: 'connection.manage', subject: 'connection-owner' },
  'connections.enable': { needs: 'connection.manage', subject: 'connection-owner' },
  'connections.test': { needs: 'connection.test', subject: 'connection-owner' },
  'mappings.set': { needs: 'mapping.manage', subject: 'connection-owner' },
  'mappings.read-names': { needs: 'connection.test', subject: 'connection-owner' },
  'mappings.remove': { needs: 'mapping.manage', subject: 'connection-owner' },
  'customers.edit': { needs: 'customer.edit', subject: 'customer' },
  'onboardings.save-draft': { needs: 'onboarding.plan', subject: 'partner' },
  'onboardings.discard-draft': { needs: 'signed-in', subject: 'self' },
  'onboardings.forget-choices': { needs: 'onboarding.plan', subject: 'partner' },
  'onboardings.plan': { needs: 'onboarding.plan', subject: 'partner' },
  'onboardings.submit': { needs: 'onboarding.submit', subject: 'partner' },
  'services.plan': { needs: 'onboarding.plan', subject: 'customer' },
  'services.submit': { needs: 'onboarding.submit', subject: 'customer' },
  'services.refresh': { needs: 'onboarding.plan', subject: 'customer' },
  'attempts.check': { needs: 'attempt.check', subject: 'attempt' },
  'attempts.settle-by-hand': { needs: 'attempt.settle-by-hand', subject: 'attempt' },
  'attempts.find-candidates': { needs: 'attempt.adopt', subject: 'attempt' },
  'attempts.adopt': { needs: 'attempt.adopt', subject: 'attempt' },
} as const satisfies Readonly<Record<string, EntryPoint>>;

export const handlers = {
  '/api/health': { needs: 'public', subject: 'self' },
  '/api/auth/[...nextauth]': { needs: 'public', subject: 'self' },
  '/api/search': { needs: 'branch.read', subject: 'branch' },
  '/api/invitations': { needs: 'public', subject: 'self' },
  '/api/partners/children': { needs: 'branch.read', subject: 'branch' },
  '/api/partners/search': { needs: 'branch.read', subject: 'branch' },
  '/api/partners/[partnerId]/move': { needs: 'partner.manage', subject: 'partner' },
  '/api/onboardings/[correlationId]': { needs: 'branch.read', subject: 'onboarding' },
  '/api/onboardings/[correlationId]/download': { needs: 'branch.export', subject: 'onboarding' },
  '/api/connections/[connectionId]/lookups/[name]': { needs: 'onboarding.plan', subject: 'connection' },
  '/api/attempts/needing': { needs: 'branch.read', subject: 'branch' },
  '/api/attempts/newer': { needs: 'branch.read', subject: 'branch' },
  '/api/attempts/export': { needs: 'branch.export', subject: 'branch' },
  '/api/customers/export': { needs: 'branch.export', subject: 'branch' },
  '/api/audit/export': { needs: 'branch.export', subject: 'branch' },
} as const satisfies Readonly<Record<string, EntryPoint>>;

export type PagePath = keyof typeof pages;
export type ActionName = keyof typeof actions;
export type HandlerPath = keyof typeof handlers;
