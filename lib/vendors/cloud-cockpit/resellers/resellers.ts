import 'server-only';

import { invalidRequest } from '../../http/problem';
import { allowList, redact } from '../../http/redact';
import { requestIdOf } from '../../http/request-id';
import { VendorError } from '../../http/vendor-error';
import type { VendorCall, VendorOutcome } from '../../vendor';
import type { PartnerDraft, VendorPartners } from '../../vendor-partners';
import { type CloudCockpitClient, vendorName } from '../client';
import { createResellerSchema } from '../contract';
import { keptOfCreate } from '../input';
import { toResellerBody, toResellerField, toResellerIdentifier } from './body';
import { findResellers, getReseller, listResellers } from './find';
import { emptyResellerInput, resellerInputSchema } from './input';

const createList = allowList(keptOfCreate);

/** Cloud Cockpit's resellers as Quayside knows them: one list, of which a partner below the CSP sees its own alone. */
export function createResellers(client: CloudCockpitClient): VendorPartners {
  return {
    startInput: () => emptyResellerInput,
    parseInput: (value) => resellerInputSchema.parse(value),
    nameOf: (facts) => facts.name.trim(),
    keyOf: (input, context) => toResellerIdentifier(resellerInputSchema.parse(input), context),
    toAddPartner(draft) {
      const tenantDomain = draft.context.settings?.tenantDomain;
      return {
        method: 'POST',
        path: '/v1/Resellers',
        headers: {
          'content-type': 'application/json',
          ...(tenantDomain === undefined ? {} : { 'x-tenant': tenantDomain }),
          'x-correlation-id': draft.context.correlationId,
        },
        body: bodyOf(draft),
      };
    },
    addPartner: (call, draft) => addReseller(client, call, draft),
    listPartners: (call, query) => listResellers(client, call, query),
    getPartner: (call, asked) => getReseller(client, call, asked),
    findPartners: (call, { facts, input, context }) =>
      findResellers(client, call, {
        key: toResellerIdentifier(resellerInputSchema.parse(input), context),
        name: facts.name,
        mappingId: context.mappingId,
      }),
    mask: (body) => redact(body, createList),
  };
}

function bodyOf({ facts, input, context }: PartnerDraft) {
  return toResellerBody(facts, resellerInputSchema.parse(input), context);
}

async function addReseller(client: CloudCockpitClient, call: VendorCall, draft: PartnerDraft): Promise<VendorOutcome> {
  const body = bodyOf(draft);
  const checked = createResellerSchema.safeParse(body);
  if (!checked.success) {
    const paths = [...new Set(checked.error.issues.map((issue) => issue.path.map(String).join('.')))];
    const fieldErrors = paths.map((path) => ({ field: toResellerField(path), vendorField: path, messages: [] }));
    return { state: 'refused', problem: invalidRequest(vendorName, fieldErrors) };
  }
  try {
    const reply = await client.createReseller(call, body);
    const vendorCorrelationId = requestIdOf(reply.headers, call.correlationId);
    return { state: 'succeeded', vendorId: reply.value, vendorCorrelationId };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    const { problem } = error;
    const said = {
      ...problem,
      message: problem.message === 'cloud-cockpit.already-exists' ? 'cloud-cockpit.reseller-exists' : problem.message,
      fieldErrors: problem.fieldErrors.map((one) => ({
        ...one,
        field: one.vendorField === null ? null : toResellerField(one.vendorField),
      })),
    };
    return { state: problem.effect === 'unknown' ? 'unknown' : 'refused', problem: said };
  }
}
