import type { VendorKey } from '../vendors/vendor';
import type { VendorPartnerDetails, VendorPartnerNode } from '../vendors/vendor-partners';

/** Partners at a vendor as their page shows them. Client-safe. */

export interface VendorPartnerRow extends VendorPartnerNode {
  /** Partner of ours that is mapped to it, or null. */
  readonly mappedTo: string | null;
}

export interface VendorPartnerList {
  /** Null stands for one that belongs to another branch. */
  readonly rows: readonly (VendorPartnerRow | null)[];
  readonly total: number | null;
  readonly more: boolean;
  /** When the vendor was read, ISO. */
  readonly readAt: string;
}

export interface VendorPartnerRecord extends VendorPartnerDetails {
  readonly mappedTo: string | null;
  readonly readAt: string;
}

/** What the page of partners at a vendor starts with. Nothing of it is read at the vendor. */
export interface VendorPartnersPage {
  readonly connectionId: string;
  readonly connectionName: string;
  readonly vendor: VendorKey;
  readonly sandbox: boolean;
  readonly ownerName: string;
  /** Partner of ours that looks, and what it is there. */
  readonly partnerId: string;
  readonly partnerName: string;
  readonly mappingId: string | null;
  readonly mappingName: string | null;
  readonly tree: boolean;
  readonly unusable: 'disabled' | 'broken' | 'mapping-missing' | null;
  readonly mayAdd: boolean;
}
