import type { Unusable } from '../connections/unusable';
import type { CustomerFacts, Json, VendorKey, VendorProblem } from '../vendors/vendor';
import type { NamedAtVendor } from '../vendors/vendor-lookups';

/** What the form of a new customer starts with. Client-safe. */

export interface FormConnection {
  readonly connectionId: string;
  readonly name: string;
  readonly vendor: VendorKey;
  readonly ownerName: string;
  readonly shared: boolean;
  readonly sandbox: boolean;
  /** Why it cannot be used now (shown, disabled), or null. */
  readonly unusable: Unusable | null;
  /** Its vendor did not answer lately, so nothing leaves for some seconds; it may be chosen all the same. */
  readonly resting: boolean;
  /** What the partner is at this connection (`resellerId`), or null for the owner itself. */
  readonly mappingId: string | null;
  readonly mappingName: string | null;
  /** What the connection itself is at the vendor, where that is known and the actor may see it. */
  readonly own: NamedAtVendor | null;
  readonly profile: string | null;
}

/** A service that is added with the customer, as typed. */
export interface FormService {
  readonly input: Json;
  /** The refused attempt that it tries again. */
  readonly retryOf: string | null;
}

export interface FormVendor {
  readonly connectionId: string;
  readonly input: Json;
  readonly retryOf: string | null;
  readonly services: readonly FormService[];
  /** What the vendor said to the attempt that is being retried. */
  readonly problem: VendorProblem | null;
  /** Of the fields it speaks of, those that hold something else by now: its words are no longer about them. */
  readonly corrected: readonly string[];
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
  /** By connection id, the vendor's section with the choices of this partner's last onboarding there; others open empty. */
  readonly remembered: Readonly<Record<string, Json>>;
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
  readonly vendors: readonly {
    readonly connectionId: string;
    readonly input: Json;
    readonly retryOf: string | null;
    readonly services?: readonly FormService[] | undefined;
  }[];
}
