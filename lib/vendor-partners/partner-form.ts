import type { FormConnection } from '../onboarding/form-start';
import type { CustomerFacts, Json, VendorProblem } from '../vendors/vendor';
import type { VendorPartnerDetails } from '../vendors/vendor-partners';

/** What the form of a partner at a vendor starts with. Client-safe. */
export interface PartnerForm {
  readonly connection: FormConnection;
  /** Partner of ours for whom it is added. */
  readonly partner: { readonly partnerId: string; readonly name: string };
  /** The id that the form names as its parent; null for the uppermost, or where the vendor knows no tree. */
  readonly parentId: string | null;
  /** The parent as the vendor shows it; null where it knows no tree, or could not be read. */
  readonly parent: Pick<VendorPartnerDetails, 'vendorId' | 'name' | 'level' | 'state' | 'gives' | 'path'> | null;
  /** Why the parent could not be read. */
  readonly problem: VendorProblem | null;
  readonly facts: CustomerFacts;
  readonly input: Json;
  readonly mapTo: string | null;
  /** Partners of ours below the owner without a mapping here; null where this person maps nobody. */
  readonly mappable: readonly { readonly partnerId: string; readonly name: string }[] | null;
  /** The refused attempt that is tried again, with its onboarding and what the vendor said. */
  readonly retry: {
    readonly attemptId: string;
    readonly correlationId: string;
    readonly problem: VendorProblem | null;
  } | null;
}
