import type { CustomerFacts, VendorKey } from '../vendors/vendor';

/** A customer as its page shows it. Client-safe. */

export interface VendorAccountView {
  readonly id: string;
  readonly vendor: VendorKey;
  readonly connectionId: string;
  /** Null when the connection is not to be seen from this branch (any more). */
  readonly connectionName: string | null;
  readonly vendorId: string;
  readonly origin: 'created' | 'adopted';
  readonly correlationId: string;
  readonly createdAt: string;
}

export interface CustomerRecord {
  readonly customerId: string;
  readonly partnerId: string;
  readonly partnerName: string;
  readonly version: number;
  readonly createdAt: string;
  /** When anything last happened around the customer; null when nothing did. */
  readonly lastActivityAt: string | null;
  readonly facts: CustomerFacts;
  readonly accounts: readonly VendorAccountView[];
  readonly may: { readonly edit: boolean; readonly onboard: boolean };
}

export interface CustomerEdit {
  readonly customerId: string;
  /** The version that the new facts were typed over. */
  readonly version: number;
  readonly facts: CustomerFacts;
}

/** Saved, or refused because somebody saved in between: then with what is there now, so that both can be shown. */
export type CustomerSaved =
  | { readonly kind: 'saved'; readonly version: number }
  | { readonly kind: 'stale'; readonly version: number; readonly facts: CustomerFacts };
