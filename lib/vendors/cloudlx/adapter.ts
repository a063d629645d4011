import 'server-only';

import type { FindCustomerQuery } from '../found-customer';
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
import { CloudlxClient, vendorName } from './client';
import { createCustomerSchema, type Realm } from './contract';
import { toCreateBody, toFormField } from './create-body';
import { toRemark } from './created-remark';
import { findCustomers, getCustomer, listNamed, toFindQuery } from './find-customers';
import { cloudlxInputSchema, keptOfCreate } from './input';
import { userRefused } from './read-refusal';
import { mediaType } from './vocabulary';

const createList = allowList(keptOfCreate);

/** CloudLX as Quayside knows it. One per process; tests make their own around their own `VendorHttp`. */
export function createCloudlxAdapter(http: VendorHttp, tokens: TokenCache = new TokenCache(http)): VendorAdapter {
  const client = new CloudlxClient(http, tokens);
  return {
    vendor: 'cloudlx',
    parseInput: (value) => cloudlxInputSchema.parse(value),
    keyOf: () => null,
    toCreateCustomer,
    toFindQuery: (facts, input, context) => toFindQuery(facts, cloudlxInputSchema.parse(input), context),
    createCustomer: (call, facts, input, context) => createCustomer(client, call, { facts, input, context }),
    findCustomers: (call, query) => findCustomers(client, call, query),
    getCustomer: (call, vendorId) => getCustomer(client, call, vendorId),
    lookups: {
      realms: (call, { search }) => lookUp(search, async () => (await client.listRealms(call)).value.realms),
      'sub-realms': (call, { search }) =>
        lookUp(search, async () => (await client.listSubRealms(call)).value.sub_realms),
    },
    probe: (call) => probe(client, call),
    mask: (body) => redact(body, createList),
  };
}

function toCreateCustomer(facts: CustomerFacts, input: Json, context: RequestContext): PlannedRequest {
  return {
    method: 'POST',
    path: '/api/customers',
    headers: {
      accept: mediaType,
      'content-type': 'application/json',
      'x-correlation-id': context.correlationId,
    },
    body: toCreateBody(facts, cloudlxInputSchema.parse(input)),
  };
}

interface CreateInput {
  readonly facts: CustomerFacts;
  readonly input: Json;
  readonly context: RequestContext;
}

async function createCustomer(
  client: CloudlxClient,
  call: VendorCall,
  { facts, input, context }: CreateInput,
): Promise<VendorOutcome> {
  const form = cloudlxInputSchema.parse(input);
  const checked = createCustomerSchema.safeParse(toCreateBody(facts, form));
  if (!checked.success) {
    const paths = new Set(checked.error.issues.map((issue) => issue.path.map(String).join('.')));
    const fieldErrors = [...paths].map((path) => ({
      field: toFormField(path, facts, form),
      vendorField: path,
      messages: [],
    }));
    return { state: 'refused', problem: invalidRequest(vendorName, fieldErrors) };
  }
  try {
    const { value, headers } = await client.createCustomer(call, checked.data);
    const remark = toRemark(checked.data, value);
    return {
      state: 'succeeded',
      vendorId: String(value.id),
      vendorCorrelationId: requestIdOf(headers, call.correlationId),
      ...(remark === null ? {} : { remark }),
    };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    const fieldErrors = error.problem.fieldErrors.map((one) => ({
      ...one,
      field: one.vendorField === null ? null : toFormField(one.vendorField, facts, form),
    }));
    const problem = { ...error.problem, fieldErrors };
    if (problem.message !== userRefused) return refusedOrUnknown(problem);
    const isAbsent = await showsNone(client, call, toFindQuery(facts, form, context));
    return refusedOrUnknown(isAbsent ? problem : mayHaveBeenMade(problem));
  }
}

/** Can the vendor be read now, and has it no customer of this name? */
async function showsNone(client: CloudlxClient, call: VendorCall, query: FindCustomerQuery): Promise<boolean> {
  try {
    return (await listNamed(client, call, query)).named.length === 0;
  } catch (error) {
    if (error instanceof VendorError) return false;
    throw error;
  }
}

const refusedOrUnknown = (problem: VendorProblem): VendorOutcome => ({
  state: problem.effect === 'unknown' ? 'unknown' : 'refused',
  problem,
});

/**
 * The customer and its first user are made one after the other, and a refusal of the user alone may come after the
 * customer (vendor-apis.md 4.7). Refused means that nothing took effect, so it is said only when the vendor, read right
 * afterwards, has no customer of this name; otherwise nobody can tell it from one that was there before.
 */
function mayHaveBeenMade(problem: VendorProblem): VendorProblem {
  return {
    ...problem,
    effect: 'unknown',
    message: 'cloudlx.user-refused-unknown',
    params: { ...problem.params, effect: 'unknown' },
  };
}

/**
 * Realms and sub-realms of the vendor's account, for pickers. The endpoints are inferred: an answer that shows that they
 * are not there, or not like this, is an empty list, and the form takes typed numbers.
 */
async function lookUp(search: string, read: () => Promise<readonly Realm[]>): Promise<readonly LookupOption[]> {
  const wanted = search.trim().toLowerCase();
  let realms: readonly Realm[];
  try {
    realms = await read();
  } catch (error) {
    if (error instanceof VendorError && isNotOffered(error.problem)) return [];
    throw error;
  }
  return realms
    .map(({ id, name, description }) => ({
      value: String(id),
      label: name == null || name === '' ? String(id) : name,
      detail: description == null || description === '' ? null : description,
    }))
    .filter(({ value, label, detail }) => `${value} ${label} ${detail ?? ''}`.toLowerCase().includes(wanted));
}

/** Does the problem say that the list is not offered like this? Trouble with the sign-in or the network says nothing of it. */
function isNotOffered({ kind, params }: VendorProblem): boolean {
  const answered = kind === 'rejected' || kind === 'already-exists' || kind === 'forbidden' || kind === 'invalid-reply';
  return answered && params.step !== 'token';
}

/** Signs in anew and reads the customers. Says which of five things failed. */
async function probe(client: CloudlxClient, call: VendorCall): Promise<ProbeResult> {
  try {
    await client.signIn(call);
    const { value: list } = await client.listCustomers(call, {
      purpose: 'probe',
      record: ({ customers }) => ({ rows: customers.length }),
    });
    return { ok: true, seen: list.customers.length === 0 ? 'no-customers' : 'customers' };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    return { ok: false, failed: whichFailed(error.problem), problem: error.problem };
  }
}
