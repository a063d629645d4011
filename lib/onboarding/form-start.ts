import type { CustomerFacts, Json, VendorKey, VendorProblem } from '../vendors/vendor';

/** What the form of a new customer starts with. Client-safe. */

export interface FormConnection {
  readonly connectionId: string;
  readonly name: string;
  readonly vendor: VendorKey;
  readonly ownerName: string;
  readonly shared: boolean;
  readonly sandbox: boolean;
  /** Why it cannot be used now (shown, disabled), or null. */
  readonly unusable: 'broken' | 'disabled' | 'mapping-missing' | null;
  /** What the partner is at this connection (`resellerId`), or null for the owner itself. */
  readonly mappingId: string | null;
  readonly mappingName: string | null;
  readonly profile: string | null;
}

export interface FormVendor {
  readonly connectionId: string;
  readonly input: Json;
  readonly retryOf: string | null;
  /** What the vendor said to the attempt that is being retried. */
  readonly problem: VendorProblem | null;
}

export interface FormStart {
  /** Null: the browser mints it. Set for a draft and for a retry. */
  readonly correlationId: string | null;
  readonly partners: readonly { readonly partnerId: string; readonly name: string; readonly kind: string }[];
  readonly partnerId: string;
  readonly customer: { readonly customerId: string; readonly name: string } | null;
  readonly facts: CustomerFacts;
  readonly vendors: readonly FormVendor[];
  readonly connections: readonly FormConnection[];
  /** The draft that was asked for has been submitted: its record is what the person wants to see. */
  readonly submitted: boolean;
  readonly draftSavedAt: string | null;
  /** Drafts of this person that can be taken up again. */
  readonly drafts: readonly { readonly correlationId: string; readonly name: string; readonly savedAt: string }[];
}

/** What is saved of a half-filled form: as typed, unparsed but storable. */
export interface DraftContent {
  readonly partnerId: string;
  readonly customerId: string | null;
  readonly facts: Json;
  readonly vendors: readonly { readonly connectionId: string; readonly input: Json; readonly retryOf: string | null }[];
}
