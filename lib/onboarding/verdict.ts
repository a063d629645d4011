import type { Unusable } from '../connections/unusable';
import type { FoundCustomer } from '../vendors/found-customer';
import type { PlanReason, Verdict } from './plan-view';
import type { Decision } from './submission';

/** What is known about one connection when a plan is made. */
export interface VerdictFacts {
  readonly correlationId: string;
  /** The id this customer is linked to at the connection already. */
  readonly linkedVendorId: string | null;
  readonly unusable: Unusable | null;
  /** The vendor's rules, or its schema, refuse what was typed. */
  readonly invalid: boolean;
  readonly openAttempt: 'none' | 'visible' | 'hidden';
  /** The look-up at the vendor: null when it failed. */
  readonly found: readonly FoundCustomer[] | null;
  /** Something like it exists where the actor may not look: outside the mapping, or linked to another branch. */
  readonly elsewhere: boolean;
  /** Other customers of ours with the same name and country, in the actor's branch. */
  readonly sameNameHere: boolean;
  readonly decision: Decision;
  readonly mayAdopt: boolean;
  readonly mayAdoptByName: boolean;
}

export interface VerdictMade {
  readonly verdict: Verdict;
  readonly reason: PlanReason;
  readonly vendorId: string | null;
}

const blocked = (reason: PlanReason): VerdictMade => ({ verdict: 'blocked', reason, vendorId: null });

/**
 * What a plan does at one connection. Pure; the first rule that applies decides. Our key needs nobody's click, an id or a
 * name that matches does, and what belongs to another branch blocks without saying why.
 */
export function decideVerdict(facts: VerdictFacts): VerdictMade {
  if (facts.linkedVendorId !== null) {
    return { verdict: 'skip', reason: 'already-linked', vendorId: facts.linkedVendorId };
  }
  if (facts.unusable !== null) return blocked(reasonOfUnusable[facts.unusable]);
  if (facts.invalid) return blocked('invalid');
  if (facts.openAttempt === 'visible') return blocked('open-attempt');
  if (facts.openAttempt === 'hidden' || facts.elsewhere) return blocked('ask-owner');
  const ours = facts.found?.find((one) => one.match === 'key' && one.key === facts.correlationId);
  if (ours !== undefined) return { verdict: 'adopt', reason: 'carries-our-key', vendorId: ours.vendorId };
  return decideByPerson(facts);
}

const reasonOfUnusable = {
  disabled: 'connection-unusable',
  broken: 'connection-broken',
  'mapping-missing': 'mapping-missing',
} as const satisfies Readonly<Record<Unusable, PlanReason>>;

function decideByPerson(facts: VerdictFacts): VerdictMade {
  const { decision, found } = facts;
  if (decision?.kind === 'adopt') {
    const chosen = found?.find((one) => one.vendorId === decision.vendorId);
    const byId = chosen?.match === 'key' || chosen?.match === 'id';
    const may = chosen !== undefined && (byId ? facts.mayAdopt : facts.mayAdoptByName);
    return may
      ? { verdict: 'adopt', reason: 'chosen-by-person', vendorId: decision.vendorId }
      : blocked('same-name-at-vendor');
  }
  if (decision?.kind !== 'create-anyway') {
    if (found !== null && found.length > 0) return blocked('same-name-at-vendor');
    if (facts.sameNameHere) return blocked('same-name-here');
    if (found === null) return blocked('look-up-failed');
  }
  return { verdict: 'create', reason: 'new-at-vendor', vendorId: null };
}
