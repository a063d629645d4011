import type { ServiceReason, ServiceView } from '../services/service-plan-view';
import type { FoundCustomer } from '../vendors/found-customer';
import type { Json, LintFinding, VendorKey, VendorProblem } from '../vendors/vendor';

/** What a plan shows. Client-safe. */

export const verdicts = ['create', 'adopt', 'skip', 'blocked'] as const;
export type Verdict = (typeof verdicts)[number];

/** Why a verdict is what it is; words in the message catalogue below `onboarding.why`. */
export type PlanReason =
  | 'new-at-vendor'
  | 'carries-our-key'
  | 'chosen-by-person'
  | 'already-linked'
  | 'invalid'
  | 'connection-unusable'
  | 'connection-broken'
  | 'mapping-missing'
  | 'open-attempt'
  | 'same-name-here'
  | 'same-name-at-vendor'
  | 'ask-owner'
  | 'look-up-failed';

export interface PlanRow {
  readonly connectionId: string;
  readonly connectionName: string;
  readonly vendor: VendorKey;
  readonly sandbox: boolean;
  readonly verdict: Verdict;
  readonly reason: PlanReason;
  /** Owner of a shared connection, for "ask <owner>". */
  readonly ownerName: string;
  /** Customers at the vendor that may be the same; only what the actor may see. */
  readonly found: readonly FoundCustomer[];
  /** Our own customers of the same name and country in the actor's branch. */
  readonly ours: readonly { readonly customerId: string; readonly name: string; readonly partnerName: string }[];
  /** The id to adopt, where the verdict is adopt; the linked id where it is skip. */
  readonly vendorId: string | null;
  /** An attempt that is open for the same customer, when the actor may see it. */
  readonly openAttempt: { readonly correlationId: string; readonly attemptId: string } | null;
  /** May this person adopt one of `found`, and create all the same? */
  readonly mayAdopt: boolean;
  readonly mayCreateAnyway: boolean;
  readonly problem: VendorProblem | null;
  readonly findings: readonly LintFinding[];
  /** Exactly what will be sent, masked: null when nothing is. */
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Json;
  } | null;
  /** When the vendor was read for this row, ISO; null when it was not. */
  readonly readAt: string | null;
  /** What the customer gets there besides, in the order of the form. */
  readonly services: readonly PlanServiceRow[];
}

/** Why a service is added with its customer, or not; words in the message catalogue below `services.why`. */
export type PlanServiceReason = ServiceReason | 'after-create' | 'after-adopt' | 'customer-blocked';

/** A service below its customer in a plan. */
export interface PlanServiceRow {
  /** The vendor's name of the product; null where it could not be read. */
  readonly product: string | null;
  readonly verdict: 'create' | 'blocked';
  readonly reason: PlanServiceReason;
  /** Services of the same product that the customer has already. */
  readonly known: readonly ServiceView[];
  readonly openAttempt: PlanRow['openAttempt'];
  readonly findings: readonly LintFinding[];
  /** Exactly what will be sent, masked; the customer's id stands as `{customerId}` until it is known. */
  readonly request: PlanRow['request'];
}

export interface PlanView {
  readonly correlationId: string;
  readonly planHash: string;
  readonly customerName: string;
  readonly rows: readonly PlanRow[];
  /** Rows that will send or link something. */
  readonly acting: number;
  /** Services that will be sent, at once or when their customer is there. */
  readonly services: number;
}

export type SubmitAnswer =
  | { readonly kind: 'opened'; readonly correlationId: string }
  | { readonly kind: 'plan-moved'; readonly plan: PlanView };
