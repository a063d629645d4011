import 'server-only';
import { partnerIntentSchema } from '../vendor-partners/partner-intent';
import type { FoundCustomer } from '../vendors/found-customer';
import { adapterFor } from '../vendors/registry';
import type { VendorCall, VendorOutcome } from '../vendors/vendor';
import type { PartnerDraft, VendorPartners } from '../vendors/vendor-partners';
import type { StoredAttempt } from './run-attempt';

/**
 * What an attempt makes at the vendor, by the two things that the engine does with it: send it, and find it again. A customer,
 * or a partner of the vendor's.
 */
export interface ThingOfAttempt {
  /** As `VendorAdapter.createCustomer`. */
  send(call: VendorCall): Promise<VendorOutcome>;
  /** As `VendorAdapter.findCustomers`. */
  find(call: VendorCall): Promise<readonly FoundCustomer[]>;
  /** Is there something with this id, within a mapping, that the attempt may have made? For a person's word. */
  get(call: VendorCall, vendorId: string, within: string | null): Promise<FoundCustomer | null>;
}

/** The thing that an attempt makes. */
export function thingOf(attempt: StoredAttempt): ThingOfAttempt {
  return attempt.operation === 'add-partner' ? partnerOf(attempt) : customerOf(attempt);
}

function customerOf({ vendor, facts, input, context }: StoredAttempt): ThingOfAttempt {
  const adapter = adapterFor(vendor);
  return {
    send: (call) => adapter.createCustomer(call, facts, input, context),
    find: (call) => adapter.findCustomers(call, adapter.toFindQuery(facts, input, context)),
    get: (call, vendorId, within) => adapter.getCustomer(call, vendorId, within),
  };
}

function partnerOf(attempt: StoredAttempt): ThingOfAttempt {
  const partners = partnersOf(attempt);
  const { facts, context } = attempt;
  const { mappingId } = context;
  const draft: PartnerDraft = { facts, input: partnerIntentSchema.parse(attempt.input).section, context };
  const unsaid = { country: null, email: null, mappingId };
  return {
    send: (call) => partners.addPartner(call, draft),
    find: async (call) => (await partners.findPartners(call, draft)).map((one) => ({ ...unsaid, ...one })),
    async get(call, vendorId, within) {
      const there = await partners.getPartner(call, { vendorId, mappingId: within });
      if (there === null) return null;
      const { name, key } = there;
      return { ...unsaid, vendorId: there.vendorId, name, key, match: 'id' };
    },
  };
}

function partnersOf({ vendor }: StoredAttempt): VendorPartners {
  const { partners } = adapterFor(vendor);
  if (partners === undefined) throw new Error(`There are no partners at ${vendor}`);
  return partners;
}
