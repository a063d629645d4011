import type { AttemptState } from '../attempts/attempt';

/** One onboarding as a list shows it. Client-safe. */
export interface OnboardingRow {
  /** The list's key; the record's address is the correlation id. */
  readonly id: string;
  readonly correlationId: string;
  /** Null for a partner at a vendor, which is nobody's customer. */
  readonly customerId: string | null;
  /** The customer's name, or that of the partner at the vendor. */
  readonly customerName: string;
  readonly partnerId: string;
  readonly partnerName: string;
  readonly actorId: string;
  readonly actorName: string;
  readonly actorRole: string;
  readonly actorPartner: string;
  readonly openedAt: string;
  /** Attempts as they read now; one that was retried is counted by its retry. */
  readonly counts: Readonly<Record<AttemptState, number>>;
}
