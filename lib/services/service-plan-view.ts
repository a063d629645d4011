import type { LintFinding, PlannedRequest, VendorKey, VendorProblem } from '../vendors/vendor';

/** What the plan of a service shows. Client-safe. */

/** Why a plan sends, or does not; words in the message catalogue below `services.why`. */
export type ServiceReason =
  | 'new-service'
  | 'add-anyway'
  | 'invalid'
  | 'connection-unusable'
  | 'connection-broken'
  | 'mapping-missing'
  | 'open-attempt'
  | 'service-known'
  | 'look-up-failed';

export interface ServicePlanView {
  readonly correlationId: string;
  readonly planHash: string;
  readonly customerName: string;
  readonly connectionName: string;
  readonly vendor: VendorKey;
  readonly profile: string | null;
  readonly sandbox: boolean;
  readonly ownerName: string;
  /** The vendor's name of the product; null while none is chosen. */
  readonly product: string | null;
  readonly verdict: 'create' | 'blocked';
  readonly reason: ServiceReason;
  /** Services of the same product that the customer has already. */
  readonly known: readonly ServiceView[];
  /** When the services of the customer were last read, ISO; null: never, or too long ago to count. */
  readonly readAt: string | null;
  /** Why they could not be read just now. */
  readonly problem: VendorProblem | null;
  /** An attempt that is open for the same service. */
  readonly openAttempt: { readonly correlationId: string; readonly attemptId: string } | null;
  /** May a person say that it is to be sent all the same? */
  readonly mayAddAnyway: boolean;
  readonly findings: readonly LintFinding[];
  /** Exactly what will be sent, masked: null when nothing is. */
  readonly request: PlannedRequest | null;
}

/** A service that is known of a customer. */
export interface ServiceView {
  readonly id: string;
  /** Our word for the product; null for one that we do not know. */
  readonly product: string | null;
  readonly name: string;
  /** What the vendor says of it: `model`, `seats`, `storage`, `retention`, `expires`, `package` … */
  readonly facts: Readonly<Record<string, string>>;
  /** The onboarding that added it, while no reading has shown it; null: read at the vendor. */
  readonly addedBy: string | null;
  /** Since when it is known, ISO. */
  readonly knownAt: string;
}

/** The services of a customer at one connection, as far as they are known. */
export interface KnownServices {
  readonly connectionId: string;
  /** When they were last read, ISO; null: never. */
  readonly readAt: string | null;
  readonly services: readonly ServiceView[];
}

export type ServiceSubmitAnswer =
  | { readonly kind: 'opened'; readonly correlationId: string }
  | { readonly kind: 'plan-moved'; readonly plan: ServicePlanView };

/** What came of reading the services of a customer anew. */
export type ServiceRefresh =
  | { readonly kind: 'read'; readonly count: number }
  | { readonly kind: 'failed'; readonly problem: VendorProblem };
