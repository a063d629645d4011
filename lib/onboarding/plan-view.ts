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
}

export interface PlanView {
  readonly correlationId: string;
  readonly planHash: string;
  readonly customerName: string;
  readonly rows: readonly PlanRow[];
  /** Rows that will send or link something. */
  readonly acting: number;
}

export type SubmitAnswer =
  | { readonly kind: 'opened'; readonly correlationId: string }
  | { readonly kind: 'plan-moved'; readonly plan: PlanView };
