import 'server-only';

import type { VendorHttp } from '../http/client';
import { whichFailed } from '../http/probe-failure';
import { invalidRequest } from '../http/problem';
import { allowList, redact } from '../http/redact';
import { TokenCache } from '../http/token';
import { VendorError } from '../http/vendor-error';
import {
  type CustomerFacts,
  type Json,
  type PlannedRequest,
  type RequestContext,
  secretMarker,
  type VendorAdapter,
  type VendorCall,
  type VendorOutcome,
} from '../vendor';
import type { ProbeResult } from '../vendor-lookups';
import { AvepointClient, vendorName } from './client';
import { createCustomerSchemas } from './contract';
import { toCreateBody, toFormField } from './create-body';
import { toCreatedOutcome } from './created-outcome';
import { findCustomers, getCustomer, toFindQuery } from './find-customers';
import { avepointInputSchema, keptOfCreate } from './input';
import { createAvepointServices } from './services/services';
import { toProfile } from './vocabulary';

const createList = allowList(keptOfCreate);

/** AvePoint Elements as Quayside knows it. One per process; tests make their own around their own `VendorHttp`. */
export function createAvepointAdapter(http: VendorHttp, tokens: TokenCache = new TokenCache(http)): VendorAdapter {
  const client = new AvepointClient(http, tokens);
  return {
    vendor: 'avepoint',
    parseInput: (value) => avepointInputSchema.parse(value),
    // Its only free slot, `tags`, cannot be read back.
    keyOf: () => null,
    toCreateCustomer,
    toFindQuery: (facts, input) => toFindQuery(facts, avepointInputSchema.parse(input)),
    createCustomer: (call, facts, input, context) => createCustomer(client, call, { facts, input, context }),
    findCustomers: (call, query) => findCustomers(client, call, query),
    getCustomer: (call, vendorId) => getCustomer(client, call, vendorId),
    lookups: {},
    probe: (call) => probe(client, call),
    mask,
    services: createAvepointServices(client),
  };
}

function toCreateCustomer(facts: CustomerFacts, input: Json, context: RequestContext): PlannedRequest {
  const profile = toProfile(context.profile);
  return {
    method: 'POST',
    path: '/partner/external/v3/general/customers',
    headers: { 'content-type': 'application/json' },
    body: { ...toCreateBody(facts, avepointInputSchema.parse(input), { profile, password: secretMarker }) },
  };
}

/** The marker is nobody's password: it stays readable, so that the plan says where the secret goes. */
function mask(body: Json): Json {
  const masked = redact(body, createList);
  const marked = isObject(body) && body.password === secretMarker;
  return marked && isObject(masked) ? { ...masked, password: secretMarker } : masked;
}

const isObject = (value: Json): value is { readonly [key: string]: Json | undefined } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface CreateInput {
  readonly facts: CustomerFacts;
  readonly input: Json;
  readonly context: RequestContext;
}

async function createCustomer(
  client: AvepointClient,
  call: VendorCall,
  { facts, input, context }: CreateInput,
): Promise<VendorOutcome> {
  const form = avepointInputSchema.parse(input);
  const profile = toProfile(context.profile);
  const body = toCreateBody(facts, form, { profile, password: call.initialSecrets.password ?? '' });
  const checked = createCustomerSchemas[profile].safeParse(body);
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
    return toCreatedOutcome(await client.createCustomer(call, body));
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    const { problem } = error;
    const fieldErrors = problem.fieldErrors.map((one) => ({
      ...one,
      field: one.vendorField === null ? null : toFormField(one.vendorField, facts, form),
    }));
    return { state: problem.effect === 'unknown' ? 'unknown' : 'refused', problem: { ...problem, fieldErrors } };
  }
}

/** Signs in anew and reads one customer. Says which of five things failed. */
async function probe(client: AvepointClient, call: VendorCall): Promise<ProbeResult> {
  try {
    await client.signIn(call);
    const { value: page } = await client.readCustomers(call, {
      purpose: 'probe',
      pageIndex: 1,
      pageSize: 1,
      record: ({ data, metadata }) => ({ rows: data.length, totalCount: metadata?.totalCount ?? null }),
    });
    return { ok: true, seen: page.data.length === 0 ? 'no-customers' : 'customers' };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    return { ok: false, failed: whichFailed(error.problem), problem: error.problem };
  }
}
