import 'server-only';

import type { FindCustomerQuery, FoundCustomer } from '../found-customer';
import type { VendorHttp } from '../http/client';
import { whichFailed } from '../http/probe-failure';
import { invalidRequest } from '../http/problem';
import { allowList, redact } from '../http/redact';
import { requestIdOf } from '../http/request-id';
import { TokenCache } from '../http/token';
import { VendorError } from '../http/vendor-error';
import type {
  CustomerFacts,
  Json,
  PlannedRequest,
  RequestContext,
  VendorAdapter,
  VendorCall,
  VendorOutcome,
  VendorProblem,
} from '../vendor';
import type { LookupOption, ProbeResult } from '../vendor-lookups';
import { CloudCockpitClient, vendorName } from './client';
import { createCustomerSchema, nameOf } from './contract';
import { toCreateBody, toInternalIdentifier } from './create-body';
import { findCustomers, getCustomer, isGone, toFindQuery } from './find-customers';
import { cloudCockpitInputSchema, keptOfCreate } from './input';
import { createResellers } from './resellers/resellers';
import { offerTypes, uuidPattern } from './vocabulary';
import { toFormField } from './wire-keys';

const createList = allowList(keptOfCreate);
const mostPages = 20;

/** Cloud Cockpit as Quayside knows it. One per process; tests make their own around their own `VendorHttp`. */
export function createCloudCockpitAdapter(http: VendorHttp, tokens: TokenCache = new TokenCache(http)): VendorAdapter {
  const client = new CloudCockpitClient(http, tokens);
  return {
    vendor: 'cloud-cockpit',
    parseInput: (value) => cloudCockpitInputSchema.parse(value),
    keyOf: (input, context) => toInternalIdentifier(cloudCockpitInputSchema.parse(input), context),
    toCreateCustomer,
    toFindQuery: (facts, input, context) => toFindQuery(facts, cloudCockpitInputSchema.parse(input), context),
    createCustomer: (call, facts, input, context) => createCustomer(client, call, { facts, input, context }),
    findCustomers: (call, query: FindCustomerQuery): Promise<readonly FoundCustomer[]> =>
      findCustomers(client, call, query),
    getCustomer: async (call, vendorId, within = null) => {
      const there = await getCustomer(client, call, vendorId);
      return within === null || there?.mappingId === within ? there : null;
    },
    lookups: {
      'provider-instances': (call, query) => lookUpInstances(client, call, query.search),
      resellers: (call, query) => lookUpResellers(client, call, query.search),
    },
    probe: (call) => probe(client, call),
    nameOf: (call, mappingId) => nameOfReseller(client, call, mappingId),
    mask: (body) => redact(body, createList),
    partners: createResellers(client),
  };
}

function toCreateCustomer(facts: CustomerFacts, input: Json, context: RequestContext): PlannedRequest {
  const tenantDomain = context.settings?.tenantDomain;
  return {
    method: 'POST',
    path: '/v1/Customers',
    headers: {
      'content-type': 'application/json',
      ...(tenantDomain === undefined ? {} : { 'x-tenant': tenantDomain }),
      'x-correlation-id': context.correlationId,
    },
    body: toCreateBody(facts, cloudCockpitInputSchema.parse(input), context),
  };
}

interface CreateInput {
  readonly facts: CustomerFacts;
  readonly input: Json;
  readonly context: RequestContext;
}

async function createCustomer(
  client: CloudCockpitClient,
  call: VendorCall,
  { facts, input, context }: CreateInput,
): Promise<VendorOutcome> {
  const form = cloudCockpitInputSchema.parse(input);
  const body = toCreateBody(facts, form, context);
  const checked = createCustomerSchema.safeParse(body);
  if (!checked.success) {
    const paths = checked.error.issues.map((issue) => issue.path.map(String).join('.'));
    const fieldErrors = [...new Set(paths)].map((path) => ({
      field: toFormField(path, facts, form),
      vendorField: path,
      messages: [],
    }));
    return { state: 'refused', problem: invalidRequest(vendorName, fieldErrors) };
  }
  try {
    const reply = await client.createCustomer(call, body);
    const vendorCorrelationId = requestIdOf(reply.headers, call.correlationId);
    return { state: 'succeeded', vendorId: reply.value, vendorCorrelationId };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    const problem: VendorProblem = {
      ...error.problem,
      fieldErrors: error.problem.fieldErrors.map((one) => ({
        ...one,
        field: one.vendorField === null ? null : toFormField(one.vendorField, facts, form),
      })),
    };
    return { state: problem.effect === 'unknown' ? 'unknown' : 'refused', problem };
  }
}

async function lookUpInstances(client: CloudCockpitClient, call: VendorCall, search: string) {
  const wanted = search.trim().toLowerCase();
  const options: LookupOption[] = [];
  for (let pageNumber = 1; pageNumber <= mostPages; pageNumber += 1) {
    const { value: page } = await client.listProviderInstances(call, pageNumber);
    for (const instance of page.items) {
      const providerName = nameOf(instance.provider) ?? 'Microsoft';
      options.push({
        value: instance.id,
        label: instance.alias ?? providerName,
        detail: providerName,
        data: {
          providerName,
          offerTypes: offerTypes.filter((ours) =>
            (instance.offerTypes ?? []).some((theirs) => nameOf(theirs)?.toLowerCase() === ours.toLowerCase()),
          ),
        },
      });
    }
    if (page.hasNextPage !== true) break;
  }
  return options.filter(({ label, detail }) => `${label} ${detail}`.toLowerCase().includes(wanted));
}

async function lookUpResellers(client: CloudCockpitClient, call: VendorCall, search: string) {
  const { value: page } = await client.listResellers(call, search.trim());
  return page.items.map((reseller): LookupOption => {
    const place = [reseller.city, nameOf(reseller.country)].filter((part) => part != null && part !== '');
    const label = reseller.companyName ?? reseller.name ?? reseller.id;
    return { value: reseller.id, label, detail: place.length === 0 ? null : place.join(', ') };
  });
}

/** The connection itself is no reseller: without one the relation is the CSP's own. */
async function nameOfReseller(client: CloudCockpitClient, call: VendorCall, resellerId: string | null) {
  if (resellerId === null || !uuidPattern.test(resellerId)) return null;
  try {
    const { value } = await client.getReseller(call, resellerId);
    if (value.id.toLowerCase() !== resellerId.toLowerCase()) return null;
    return { id: value.id, name: value.companyName ?? value.name ?? value.id };
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

/** Signs in anew and reads one customer. Says which of five things failed. */
async function probe(client: CloudCockpitClient, call: VendorCall): Promise<ProbeResult> {
  try {
    await client.signIn(call);
    const { value: page } = await client.readOneCustomer(call);
    return { ok: true, seen: page.items.length === 0 ? 'no-customers' : 'customers' };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    return { ok: false, failed: whichFailed(error.problem), problem: error.problem };
  }
}
