import type { VendorKey } from '../vendors/vendor';
import type { AttemptState, NextStep, Operation } from './attempt';
import type { Reason } from './reasons';

/** One attempt as a list shows it. Client-safe. */
export interface AttemptRow {
  /** The attempt's id; the list's key. */
  readonly id: string;
  readonly correlationId: string;
  /** As read now: pending past its deadline is refused, sent past its deadline is unknown. */
  readonly state: AttemptState;
  /** `never-sent`, `customer-refused`, a problem's kind, or null. */
  readonly reason: Reason | null;
  readonly nextStep: NextStep;
  /** It succeeded, but not all was done as asked: its record says what. */
  readonly remarked: boolean;
  readonly contradicted: boolean;
  readonly openedAt: string;
  /** The whole, from opening to outcome; null while open. */
  readonly tookMs: number | null;
  /** The requests of its create; null where none left. */
  readonly vendorMs: number | null;
  readonly vendor: VendorKey;
  readonly connectionId: string;
  readonly connectionName: string;
  readonly operation: Operation;
  /** The vendor's name of an added service's product; null for other operations, and when erased. */
  readonly service: string | null;
  /** Null for a partner at the vendor, which is nobody's customer. */
  readonly customerId: string | null;
  /** The customer's name, or that of the partner at the vendor. */
  readonly customerName: string;
  readonly partnerId: string;
  readonly partnerName: string;
  readonly actorId: string;
  readonly actorName: string;
  readonly actorRole: string;
  readonly actorPartner: string;
  readonly vendorId: string | null;
  readonly vendorCorrelationId: string | null;
}
