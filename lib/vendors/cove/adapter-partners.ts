import 'server-only';

import type { CustomerFacts, Json, PlannedRequest, RequestContext, VendorCall, VendorOutcome } from '../vendor';
import type { PartnerParent, VendorPartners } from '../vendor-partners';
import type { CoveClient } from './client';
import { findCustomers, toFindQuery } from './find-customers';
import { type CoveInput, coveInputSchema, emptyCoveInput, toExternalCode, toName } from './input';
import { getPartner, inPartnerWords, listPartners, toFoundPartner } from './partners';
import { addedLevels, rankOf } from './vocabulary';

/** What of the adapter makes a customer: at Cove a partner is made the same way, by AddPartner. */
interface Making {
  readonly plan: (facts: CustomerFacts, input: Json, context: RequestContext) => PlannedRequest;
  readonly send: (
    call: VendorCall,
    draft: { readonly facts: CustomerFacts; readonly input: CoveInput; readonly context: RequestContext },
  ) => Promise<VendorOutcome>;
  readonly mask: (body: Json) => Json;
}

/** Cove's partners as Quayside knows them: the tree below the mapping, and the form of a customer with a place in it. */
export function createCovePartners(client: CoveClient, making: Making): VendorPartners {
  return {
    startInput: (parent) => placeBelow({ ...emptyCoveInput, level: levelBelow(parent) }, parent),
    parseInput: (value, parent) => placeBelow(coveInputSchema.parse(value), parent),
    nameOf: (facts, input) => toName(facts, coveInputSchema.parse(input)).value,
    keyOf: (input, context) => toExternalCode(coveInputSchema.parse(input), context),
    toAddPartner: ({ facts, input, context }) => making.plan(facts, input, context),
    async addPartner(call, { facts, input, context }) {
      const outcome = await making.send(call, { facts, input: coveInputSchema.parse(input), context });
      if (outcome.state === 'succeeded') return outcome;
      const { problem } = outcome;
      return { ...outcome, problem: { ...problem, message: inPartnerWords(problem.message) } };
    },
    listPartners: (call, query) => listPartners(client, call, query),
    getPartner: (call, asked) => getPartner(client, call, asked),
    async findPartners(call, { facts, input, context }) {
      const query = toFindQuery(facts, coveInputSchema.parse(input), context);
      return (await findCustomers(client, call, query)).map(toFoundPartner);
    },
    mask: making.mask,
  };
}

/** A reseller where one may stand, else the first level that may. */
function levelBelow(parent: PartnerParent | null): CoveInput['level'] {
  const above = rankOf(parent?.level ?? '') ?? 0;
  const levels = addedLevels.filter((level) => (rankOf(level) ?? 0) > above);
  // A service organization is a kind of its own: whoever adds one chooses it.
  const usual = levels.find((level) => level === 'Reseller') ?? levels.find((level) => level !== 'ServiceOrganization');
  return usual ?? 'EndCustomer';
}

/** The place is not the form's to say: whatever stands there gives way to the partner that the vendor showed. */
function placeBelow(input: CoveInput, parent: PartnerParent | null): CoveInput {
  return {
    ...input,
    parentId: parent?.vendorId ?? '',
    parentName: parent?.name ?? '',
    parentLevel: parent?.level ?? '',
  };
}
