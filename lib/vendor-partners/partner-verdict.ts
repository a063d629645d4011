import type { Unusable } from '../connections/unusable';
import type { PartnerPlanView, PartnerReason } from './partner-plan-view';

/** What is known when the plan of a partner is made. */
export interface PartnerFacts {
  readonly unusable: Unusable | null;
  /** The vendor was read, and does not show the partner that the new one goes below. */
  readonly parentGone: boolean;
  /** The vendor's rules, or its schema, refuse what was typed. */
  readonly invalid: boolean;
  /** The chosen partner of ours is mapped at this connection by now. */
  readonly partnerMapped: boolean;
  /** An attempt to add one of this name below the same partner is open. */
  readonly openAttempt: boolean;
  /** Was the vendor read lately for exactly this? */
  readonly wasRead: boolean;
  /** One carries our key already. */
  readonly ours: boolean;
  /** One of this name is there. */
  readonly named: boolean;
  /** Something like it is where the actor may not look. */
  readonly elsewhere: boolean;
  /** A person says that it is to be sent all the same. */
  readonly anyway: boolean;
}

type Decided = Pick<PartnerPlanView, 'verdict' | 'reason' | 'mayAddAnyway'>;

const blocked = (reason: PartnerReason, mayAddAnyway = false): Decided => ({
  verdict: 'blocked',
  reason,
  mayAddAnyway,
});

const reasonOfUnusable = {
  disabled: 'connection-unusable',
  broken: 'connection-broken',
  'mapping-missing': 'mapping-missing',
} as const satisfies Readonly<Record<Unusable, PartnerReason>>;

/**
 * What the plan of a partner does. Pure; the first rule that applies decides. An open attempt nobody can overrule, or the
 * partner could be added twice; a name that is known a person can, for another company may bear it.
 */
export function decidePartner(facts: PartnerFacts): Decided {
  if (facts.unusable !== null) return blocked(reasonOfUnusable[facts.unusable]);
  if (facts.parentGone) return blocked('parent-gone');
  if (facts.invalid) return blocked('invalid');
  if (facts.partnerMapped) return blocked('partner-mapped');
  if (facts.openAttempt) return blocked('open-attempt');
  // What carries our key is this very partner: the attempt finds it first, and sends nothing.
  if (facts.ours) return { verdict: 'create', reason: 'carries-our-key', mayAddAnyway: false };
  // Below the owner nobody overrules what they cannot see.
  if (facts.elsewhere) return blocked('ask-owner');
  const doubt = facts.named ? 'name-known' : facts.wasRead ? null : 'look-up-failed';
  if (doubt === null) return { verdict: 'create', reason: 'new-partner', mayAddAnyway: false };
  return facts.anyway ? { verdict: 'create', reason: 'add-anyway', mayAddAnyway: true } : blocked(doubt, true);
}
