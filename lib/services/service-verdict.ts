import type { Unusable } from '../connections/unusable';
import type { ServicePlanView, ServiceReason } from './service-plan-view';

/** What is known when the plan of a service is made. */
export interface ServiceFacts {
  readonly unusable: Unusable | null;
  /** The vendor's rules, or its schema, refuse what was typed. */
  readonly invalid: boolean;
  /** An attempt to add the same product to the same customer is open. */
  readonly openAttempt: boolean;
  /** The customer is known to have this product. */
  readonly hasSame: boolean;
  /** Were the customer's services read lately? */
  readonly wasRead: boolean;
  /** A person says that it is to be sent all the same. */
  readonly anyway: boolean;
}

type Decided = Pick<ServicePlanView, 'verdict' | 'reason' | 'mayAddAnyway'>;

const blocked = (reason: ServiceReason, mayAddAnyway = false): Decided => ({
  verdict: 'blocked',
  reason,
  mayAddAnyway,
});

const reasonOfUnusable = {
  disabled: 'connection-unusable',
  broken: 'connection-broken',
  'mapping-missing': 'mapping-missing',
} as const satisfies Readonly<Record<Unusable, ServiceReason>>;

/**
 * What the plan of a service does. Pure; the first rule that applies decides. An open attempt nobody can overrule, or the
 * service could be added twice; a service that is known a person can, for the vendor itself refuses a real twin.
 */
export function decideService(facts: ServiceFacts): Decided {
  if (facts.unusable !== null) return blocked(reasonOfUnusable[facts.unusable]);
  if (facts.invalid) return blocked('invalid');
  if (facts.openAttempt) return blocked('open-attempt');
  const doubt = facts.hasSame ? 'service-known' : facts.wasRead ? null : 'look-up-failed';
  if (doubt === null) return { verdict: 'create', reason: 'new-service', mayAddAnyway: false };
  return facts.anyway ? { verdict: 'create', reason: 'add-anyway', mayAddAnyway: true } : blocked(doubt, true);
}
