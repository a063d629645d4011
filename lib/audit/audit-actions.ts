/** The words of the audit: what was done, and to what. Client-safe. */

/** Everything that is audited. A new action that changes something needs its word here. */
export const auditActions = [
  'sign-in.succeeded',
  'sign-in.refused',
  'sign-in.throttled',
  'sign-out',
  'session.revoked',
  'access.denied',
  'password.changed',
  'password.reset',
  'user.created',
  'user.changed',
  'user.disabled',
  'user.enabled',
  'grant.added',
  'grant.removed',
  'partner.created',
  'connection.created',
  'connection.changed',
  'connection.disabled',
  'connection.enabled',
  'connection.tested',
  'connection.broken',
  'mapping.set',
  'mapping.removed',
  'customer.changed',
  'attempt.opened',
  'attempt.closed',
  'attempt.settled',
  'attempt.contradicted',
  'export',
] as const;
export type AuditAction = (typeof auditActions)[number];

export const auditSubjects = [
  'user',
  'session',
  'partner',
  'connection',
  'mapping',
  'customer',
  'onboarding',
  'attempt',
  'entry-point',
  'list',
] as const;
export type AuditSubject = (typeof auditSubjects)[number];
