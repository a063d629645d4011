import type { VendorKey } from '../vendors/vendor';

/** One customer as a list shows it. Client-safe. */
export interface CustomerRow {
  /** The customer's id; the list's key. */
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly city: string;
  readonly partnerId: string;
  readonly partnerName: string;
  /** Vendors the customer has an account at. */
  readonly vendors: readonly VendorKey[];
  readonly createdAt: string;
}
