import 'server-only';

import type { FindCustomerQuery, FoundCustomer } from '../found-customer';
import { VendorError } from '../http/vendor-error';
import type { CustomerFacts, Json, RequestContext, VendorCall } from '../vendor';
import type { CloudCockpitClient, CustomerPage, CustomerView } from './client';
import { nameOf } from './contract';
import { toInternalIdentifier } from './create-body';
import { type CloudCockpitInput, toCompany } from './input';
import { uuidPattern } from './vocabulary';

/** By key a handful of rows can come; by name a bounded walk, as absence proves nothing anyway. */
const keyPages = 4;
const namePages = 5;

/** What to look for so as to find the customer that a create request would make. */
export function toFindQuery(
  facts: CustomerFacts,
  input: CloudCockpitInput,
  context: RequestContext,
): FindCustomerQuery {
  const company = toCompany(facts, input);
  return {
    key: toInternalIdentifier(input, context),
    name: company.companyName.value,
    country: company.country.value,
    mappingId: context.mappingId,
  };
}

/**
 * Looks for a customer by the key it carries, then by exact name and country (vendor-apis.md 2.9). A key that a person
 * typed in the place of ours may be somebody else's too, so it is worth no more than a name. The vendor matches parts and may ignore a filter, so every filter is applied again here.
 * @throws VendorError when the vendor could not be read
 */
export async function findCustomers(
  client: CloudCockpitClient,
  call: VendorCall,
  query: FindCustomerQuery,
): Promise<readonly FoundCustomer[]> {
  const { key, mappingId } = query;
  // Our keys are UUIDs; a typed one is not ours even where a caller made it the id of the call.
  const ours = key === call.correlationId && uuidPattern.test(key);
  const search = async (field: 'Company.Name' | 'InternalIdentifier', value: string, pages: number, keep: Keep) => {
    const found = new Map<string, FoundCustomer>();
    for (let pageNumber = 1; pageNumber <= pages; pageNumber += 1) {
      const pick = (page: CustomerPage) =>
        page.items.filter((row) => !isDeleted(row)).flatMap((row) => keep(row) ?? []);
      const { value: page } = await client.searchCustomers(call, {
        field,
        value,
        pageNumber,
        pageSize: field === 'InternalIdentifier' ? 25 : 100,
        resellerId: mappingId,
        record: (read) => recordOf(read, pick(read)),
      });
      for (const one of pick(page)) found.set(one.vendorId, one);
      if (page.hasNextPage !== true) break;
    }
    return [...found.values()];
  };

  const found = new Map<string, FoundCustomer>();
  if (key !== '') {
    const byKey = await search('InternalIdentifier', key, keyPages, (row) =>
      // Our key is known to nobody else; a row that names another reseller is dropped all the same.
      row.internalIdentifier === key && belongs(row, mappingId, { silenceIsYes: ours })
        ? toFound(row, ours ? 'key' : 'name')
        : null,
    );
    if (ours && byKey.length > 0) return byKey;
    for (const one of byKey) found.set(one.vendorId, one);
  }
  const wanted = plain(query.name);
  if (wanted !== '') {
    const byName = await search('Company.Name', query.name.trim(), namePages, (row) =>
      plain(nameIn(row) ?? '') === wanted && sameCountry(row, query.country) && belongs(row, mappingId)
        ? toFound(row, 'name')
        : null,
    );
    for (const one of byName) found.set(one.vendorId, one);
  }
  return [...found.values()];
}

/** Reads one customer by its id; null when it is not there, deleted, or not related to these credentials. */
export async function getCustomer(client: CloudCockpitClient, call: VendorCall, vendorId: string) {
  if (!uuidPattern.test(vendorId)) return null;
  try {
    const { value } = await client.getCustomer(call, vendorId, (row) => ({ rows: 1, matched: [{ vendorId: row.id }] }));
    if (isDeleted(value) || value.id.toLowerCase() !== vendorId.toLowerCase()) return null;
    return toFound(value, 'id');
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

/** Is what was asked for by its id not there, or not to be seen by this connection? */
export function isGone(error: unknown): boolean {
  if (!(error instanceof VendorError)) return false;
  const { status, params } = error.problem;
  return (status === 404 || status === 403) && params.step !== 'token';
}

type Keep = (row: CustomerView) => FoundCustomer | null;

const plain = (text: string) => text.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
const nameIn = (row: CustomerView) => row.companyName ?? row.company?.name ?? row.name ?? null;
const countryIn = (row: CustomerView) => nameOf(row.country) ?? nameOf(row.company?.country);

function sameCountry(row: CustomerView, country: string): boolean {
  const actual = countryIn(row);
  // A view model without a country cannot tell them apart: it is shown, and a person decides.
  return actual === null || actual === '' || actual.toLowerCase() === country.toLowerCase();
}

function isDeleted(row: CustomerView): boolean {
  const status = nameOf(row.status)?.toLowerCase();
  return row.isDeleted === true || row.deleted === true || row.deletedAt != null || status === 'deleted';
}

/**
 * Does the row belong to the reseller whose mapping restricts the look-up? With credentials that see every customer of
 * the owner, a row that does not say so counts as foreign.
 */
function belongs(row: CustomerView, mappingId: string | null, { silenceIsYes = false } = {}): boolean {
  if (mappingId === null) return true;
  const wanted = mappingId.toLowerCase();
  const named = [row.resellerId, ...(row.customerAssociations ?? []).map((one) => one.resellerId)].filter(
    (id) => id != null && id !== '',
  );
  return named.length === 0 ? silenceIsYes : named.some((id) => id?.toLowerCase() === wanted);
}

function toFound(row: CustomerView, match: FoundCustomer['match']): FoundCustomer {
  return {
    vendorId: row.id,
    name: nameIn(row) ?? row.id,
    country: countryIn(row),
    email: row.email ?? null,
    key: row.internalIdentifier ?? null,
    mappingId: row.resellerId ?? null,
    match,
  };
}

/** A look-up's record: how many rows came, and the ids of those that matched. Never the page, never a name. */
function recordOf(page: CustomerPage, matched: readonly FoundCustomer[]): Json {
  return {
    rows: page.items.length,
    totalCount: page.totalCount ?? null,
    hasNextPage: page.hasNextPage ?? null,
    matched: matched.map(({ vendorId, match }) => ({ vendorId, match })),
  };
}
