import type { PlanRow } from '../onboarding/plan-view';
import type { LintFinding, VendorKey, VendorProblem } from '../vendors/vendor';
import type { FoundPartner, PartnerParent } from '../vendors/vendor-partners';

/** What the plan of a partner at a vendor shows. Client-safe. */

/** Why a plan sends, or does not; words in the message catalogue below `vendor-partners.why`. */
export type PartnerReason =
  | 'new-partner'
  | 'carries-our-key'
  | 'add-anyway'
  | 'invalid'
  | 'connection-unusable'
  | 'connection-broken'
  | 'mapping-missing'
  | 'parent-gone'
  | 'partner-mapped'
  | 'open-attempt'
  | 'name-known'
  | 'ask-owner'
  | 'look-up-failed';

export interface PartnerPlanView {
  readonly correlationId: string;
  readonly planHash: string;
  readonly connectionName: string;
  readonly vendor: VendorKey;
  readonly sandbox: boolean;
  readonly ownerName: string;
  /** Its name at the vendor; empty while it has none. */
  readonly name: string;
  /** The partner it goes below, as the vendor showed it; null where there is none. */
  readonly parent: PartnerParent | null;
  /** Partner of ours that it will be mapped to. */
  readonly mapTo: { readonly partnerId: string; readonly name: string } | null;
  readonly verdict: 'create' | 'blocked';
  readonly reason: PartnerReason;
  /** Partners at the vendor that may be the same; only what the actor may see. */
  readonly found: readonly FoundPartner[];
  /** When the vendor was read, ISO; null: never, or too long ago to count. */
  readonly readAt: string | null;
  readonly problem: VendorProblem | null;
  readonly openAttempt: PlanRow['openAttempt'];
  /** May a person say that it is to be sent all the same? */
  readonly mayAddAnyway: boolean;
  readonly findings: readonly LintFinding[];
  /** Exactly what will be sent, masked: null when nothing is. */
  readonly request: PlanRow['request'];
}

export type PartnerSubmitAnswer =
  | { readonly kind: 'opened'; readonly correlationId: string }
  | { readonly kind: 'plan-moved'; readonly plan: PartnerPlanView };
