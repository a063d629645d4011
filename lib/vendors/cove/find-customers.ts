import 'server-only';

import type { FindCustomerQuery, FoundCustomer } from '../found-customer';
import type { CustomerFacts, Json, RequestContext, VendorCall } from '../vendor';
import type { CoveClient } from './client';
import type { PartnerView } from './contract';
import { type CoveInput, toCompanyField, toExternalCode, toName, toParent } from './input';
import { isRefusedRead } from './problems';
import { isWithin, readByName, readPartner, toPartnerId } from './tree';

/** By key a handful of rows can come; a bounded walk all the same, as a pattern may be ignored. */
const keyPages = 4;
const pageSize = 100;
const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What to look for so as to find the customer that AddPartner would make: the parent it goes below rides along. */
export function toFindQuery(facts: CustomerFacts, input: CoveInput, context: RequestContext): FindCustomerQuery {
  return {
    key: toExternalCode(input, context),
    name: toName(facts, input).value,
    country: toCompanyField(facts, input, 'country').value,
    mappingId: context.mappingId,
    also: { parent: toParent(input, context) },
  };
}

/**
 * Looks for a customer by the key it carries, below the parent it goes to, then by its exact name, which is unique at
 * Cove, and by the same name in other letters beside it (vendor-apis.md 3.6). Patterns are not documented, so every row
 * is compared again here. A key that a person typed in the place of ours may be somebody else's too, so it is worth no
 * more than a name. With a mapping, nothing is answered that does not lie below it.
 * @throws VendorError when Cove could not be read
 */
export async function findCustomers(
  client: CoveClient,
  call: VendorCall,
  query: FindCustomerQuery,
): Promise<readonly FoundCustomer[]> {
  const { key, mappingId } = query;
  const ours = key === call.correlationId && uuidPattern.test(key);
  const carries = (row: PartnerView) => key !== '' && row.ExternalCode === key;
  const match = (row: PartnerView): FoundCustomer['match'] => (ours && carries(row) ? 'key' : 'name');
  const parent = await parentOf(client, call, query);
  if (parent === null) return [];

  const found = new Map<number, PartnerView>();
  if (key !== '') for (const row of await findByKey(client, call, parent, key)) found.set(row.Id, row);
  const inside = async () => {
    const rows: PartnerView[] = [];
    for (const row of found.values()) if (await lies(row)) rows.push(row);
    return rows.map((row) => toFound(row, match(row)));
  };
  const lies = async (row: PartnerView) =>
    mappingId === null ||
    (await isWithin(client, call, { id: row.ParentId ?? 0 }, { boundary: mappingId, purpose: 'find' }));
  if (ours && found.size > 0) return inside();

  const name = query.name.trim();
  if (name !== '') {
    const exact = await readByName(client, call, name, 'find');
    if (exact !== null) found.set(exact.Id, exact);
    for (const row of await findByLikeName(client, call, parent, name)) found.set(row.Id, row);
  }
  const all = await inside();
  const byKey = all.filter((one) => one.match === 'key');
  return byKey.length > 0 ? byKey : all;
}

/** The partner below which the customer would be made; null where that lies outside the mapping. */
async function parentOf(client: CoveClient, call: VendorCall, { also, mappingId }: FindCustomerQuery) {
  const named = also?.parent ?? '';
  if (named === '' || named === mappingId) {
    return mappingId === null ? client.ownPartnerId(call) : toPartnerId(mappingId);
  }
  const id = toPartnerId(named);
  if (id === null || mappingId === null) return id;
  return (await isWithin(client, call, { id }, { boundary: mappingId, purpose: 'find' })) ? id : toPartnerId(mappingId);
}

/** Rows below `parent` that carry the key exactly. Where the paged method is refused, the one without pages is asked. */
async function findByKey(client: CoveClient, call: VendorCall, parent: number, key: string): Promise<PartnerView[]> {
  const pick = (rows: readonly PartnerView[]) => rows.filter((row) => row.ExternalCode === key);
  const found: PartnerView[] = [];
  try {
    for (let page = 0; page < keyPages; page += 1) {
      const asked = { partnerId: parent, offset: page * pageSize, size: pageSize, externalCodePattern: key };
      const { result } = await client.enumerateChildPartners(call, asked, {
        purpose: 'find',
        record: ({ result: read }) => recordOf(infosOf(read.Children), pick(infosOf(read.Children))),
      });
      const rows = infosOf(result.Children);
      found.push(...pick(rows));
      if (rows.length < pageSize) break;
    }
    return found;
  } catch (error) {
    if (!isRefusedRead(error)) throw error;
  }
  const { result } = await client.enumeratePartners(call, parent, {
    purpose: 'find',
    record: ({ result: rows }) => recordOf(rows, pick(rows)),
  });
  return pick(result);
}

/** Rows below `parent` whose name differs in case or blanks alone. A help to a person: where Cove refuses, it is left out. */
async function findByLikeName(
  client: CoveClient,
  call: VendorCall,
  parent: number,
  name: string,
): Promise<PartnerView[]> {
  const pick = (rows: readonly PartnerView[]) => rows.filter((row) => plain(row.Name ?? '') === plain(name));
  try {
    const asked = { partnerId: parent, offset: 0, size: pageSize, namePattern: name };
    const { result } = await client.enumerateChildPartners(call, asked, {
      purpose: 'find',
      record: ({ result: read }) => recordOf(infosOf(read.Children), pick(infosOf(read.Children))),
    });
    return pick(infosOf(result.Children));
  } catch (error) {
    if (isRefusedRead(error)) return [];
    throw error;
  }
}

/**
 * Reads one customer by its id; null when it is not there, not to be seen by these credentials, or not somewhere below the
 * mapping: what goes below one of a reseller's own partners is the reseller's, too.
 */
export async function getCustomer(
  client: CoveClient,
  call: VendorCall,
  { vendorId, within }: { readonly vendorId: string; readonly within: string | null },
): Promise<FoundCustomer | null> {
  const id = toPartnerId(vendorId);
  const row = id === null ? null : await readPartner(client, call, id, 'find');
  if (row === null) return null;
  const start = { id: row.ParentId ?? 0 };
  const inside = within === null || (await isWithin(client, call, start, { boundary: within, purpose: 'find' }));
  return inside ? toFound(row, 'id') : null;
}

const plain = (text: string) => text.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();

const infosOf = (children: readonly { readonly Info: PartnerView }[] | null | undefined) =>
  (children ?? []).map(({ Info }) => Info);

function toFound(row: PartnerView, match: FoundCustomer['match']): FoundCustomer {
  return {
    vendorId: String(row.Id),
    name: row.Name ?? String(row.Id),
    country: row.Company?.PostAddress?.Country ?? null,
    email: null,
    key: row.ExternalCode ?? null,
    mappingId: row.ParentId == null ? null : String(row.ParentId),
    match,
  };
}

/** A look-up's record: how many rows came, and the ids of those that matched. Never the page, never a name. */
function recordOf(rows: readonly PartnerView[], matched: readonly PartnerView[]): Json {
  return { rows: rows.length, matched: matched.map(({ Id }) => ({ vendorId: String(Id) })) };
}
