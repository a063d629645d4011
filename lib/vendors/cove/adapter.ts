import 'server-only';

import type { VendorHttp } from '../http/client';
import { whichFailed } from '../http/probe-failure';
import { invalidRequest } from '../http/problem';
import { allowList, redact } from '../http/redact';
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
  type VendorProblem,
} from '../vendor';
import type { LookupOption, NamedAtVendor, ProbeResult } from '../vendor-lookups';
import { createCovePartners } from './adapter-partners';
import { CoveClient, type NamedResult, vendorName } from './client';
import { type NewPartner, newPartnerSchema } from './contract';
import { toDraft, toPlannedBody } from './create-body';
import { findCustomers, getCustomer, toFindQuery } from './find-customers';
import { type CoveInput, coveInputSchema, keptOfCreate, toExternalCode } from './input';
import { outsideMapping } from './problems';
import { isWithin, lookUpPartners, readPartner, toPartnerId } from './tree';
import { toFormField } from './wire-keys';

const createList = allowList(keptOfCreate);

/** N-able Cove as Quayside knows it. One per process; tests make their own around their own `VendorHttp`. */
export function createCoveAdapter(http: VendorHttp): VendorAdapter {
  const client = new CoveClient(http);
  return {
    vendor: 'cove',
    parseInput: (value) => coveInputSchema.parse(value),
    keyOf: (input, context) => toExternalCode(coveInputSchema.parse(input), context),
    toCreateCustomer,
    toFindQuery: (facts, input, context) => toFindQuery(facts, coveInputSchema.parse(input), context),
    createCustomer: (call, facts, input, context) =>
      createCustomer(client, call, { facts, input: coveInputSchema.parse(input), context }),
    findCustomers: (call, query) => findCustomers(client, call, query),
    getCustomer: (call, vendorId, within = null) => getCustomer(client, call, { vendorId, within }),
    lookups: {
      partners: (call, query) => lookUpPartners(client, call, query),
      parents: (call, query) => lookUpPartners(client, call, query),
      locations: async (call, query) => toOptions(await client.enumerateLocations(call, 'lookup'), query.search),
      regions: async (call, query) => toOptions(await client.enumerateRegions(call), query.search),
    },
    probe: (call) => probe(client, call),
    nameOf: (call, mappingId) => nameOf(client, call, mappingId),
    mask,
    partners: createCovePartners(client, {
      plan: toCreateCustomer,
      send: (call, draft) => createCustomer(client, call, draft),
      mask,
    }),
  };
}

function toCreateCustomer(facts: CustomerFacts, input: Json, context: RequestContext): PlannedRequest {
  return {
    method: 'POST',
    path: '/jsonapi',
    headers: { 'content-type': 'application/json' },
    body: toPlannedBody(toDraft(facts, coveInputSchema.parse(input), context), context.own ?? null),
  };
}

/** A planned body has the marker where the visa goes, and it is the only visa that may be seen. */
function mask(body: Json): Json {
  const masked = redact(body, createList);
  const planned = isObject(body) && isObject(masked) && body.visa === secretMarker;
  return planned ? { ...masked, visa: secretMarker } : masked;
}

const isObject = (value: Json): value is { readonly [key: string]: Json | undefined } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface CreateInput {
  readonly facts: CustomerFacts;
  readonly input: CoveInput;
  readonly context: RequestContext;
}

async function createCustomer(client: CoveClient, call: VendorCall, create: CreateInput): Promise<VendorOutcome> {
  const { facts, input, context } = create;
  const { parent, partner, createDefaultAccount } = toDraft(facts, input, context);
  const checked = check(parent, partner);
  if (!checked.ok) {
    const fieldErrors = checked.paths.map((path) => ({
      field: toFormField(path, facts, input),
      vendorField: path,
      messages: [],
    }));
    return { state: 'refused', problem: invalidRequest(vendorName, fieldErrors) };
  }
  try {
    const ParentId = await parentOf(client, call, { parent, mappingId: context.mappingId });
    if (ParentId === null) return { state: 'refused', problem: outsideMapping(vendorName) };
    const partnerInfo = { ParentId, ...checked.partner };
    const vendorId = await client.addPartner(call, { partnerInfo, createDefaultAccount });
    return { state: 'succeeded', vendorId: String(vendorId), vendorCorrelationId: null };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    const problem: VendorProblem = {
      ...error.problem,
      fieldErrors: error.problem.fieldErrors.map((one) => ({
        ...one,
        field: one.vendorField === null ? null : toFormField(one.vendorField, facts, input),
      })),
    };
    return { state: problem.effect === 'unknown' ? 'unknown' : 'refused', problem };
  }
}

type Checked =
  | { readonly ok: true; readonly partner: NewPartner }
  | { readonly ok: false; readonly paths: readonly string[] };

/** Our own contract, before anything leaves: not even a sign-in is sent for what breaks it. */
function check(parent: string, partner: Json): Checked {
  const parsed = newPartnerSchema.safeParse(partner);
  const broken = parsed.success ? [] : parsed.error.issues.map((issue) => issue.path.map(String).join('.'));
  const paths = [...(parent === '' || toPartnerId(parent) !== null ? [] : ['ParentId']), ...new Set(broken)];
  return parsed.success && paths.length === 0 ? { ok: true, partner: parsed.data } : { ok: false, paths };
}

/** The parent's id as it is sent; null for one that does not lie within the mapping. */
async function parentOf(
  client: CoveClient,
  call: VendorCall,
  { parent, mappingId }: { readonly parent: string; readonly mappingId: string | null },
): Promise<number | null> {
  if (parent === '') return client.ownPartnerId(call);
  const id = toPartnerId(parent);
  if (id === null || mappingId === null || parent === mappingId) return id;
  return (await isWithin(client, call, { id }, { boundary: mappingId, purpose: 'lookup' })) ? id : null;
}

/** Choices of a flat list, by name. */
function toOptions({ result }: NamedResult, search: string): readonly LookupOption[] {
  const wanted = search.trim().toLowerCase();
  return result
    .map(({ Id, Name }) => ({ value: String(Id), label: Name ?? String(Id), detail: null }))
    .filter(({ label }) => label.toLowerCase().includes(wanted))
    .toSorted((one, other) => one.label.localeCompare(other.label, 'en'));
}

async function nameOf(client: CoveClient, call: VendorCall, mappingId: string | null): Promise<NamedAtVendor | null> {
  const id = mappingId === null ? await client.ownPartnerId(call) : toPartnerId(mappingId);
  const partner = id === null ? null : await readPartner(client, call, id, 'lookup');
  return partner === null ? null : { id: String(partner.Id), name: partner.Name ?? String(partner.Id) };
}

/** Signs in anew and reads the locations, which every user may. Says which of five things failed. */
async function probe(client: CoveClient, call: VendorCall): Promise<ProbeResult> {
  try {
    await client.signIn(call);
    await client.enumerateLocations(call, 'probe');
    return { ok: true, seen: 'locations' };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    return { ok: false, failed: whichFailed(error.problem), problem: error.problem };
  }
}
