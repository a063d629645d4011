import 'server-only';

import { VendorError } from '../../http/vendor-error';
import type { Json, VendorCall } from '../../vendor';
import type {
  FoundPartner,
  VendorPartnerDetails,
  VendorPartnerNode,
  VendorPartnerPage,
  VendorPartnerQuery,
} from '../../vendor-partners';
import type { CloudCockpitClient, ResellerPage, ResellerView } from '../client';
import { nameOf } from '../contract';
import { uuidPattern } from '../vocabulary';

const pageSize = 100;
/** By key a handful of rows can come; by name a bounded walk, as absence proves nothing anyway. */
const mostPages = 4;

/** A page of the resellers, or of what a search finds. Whoever works through a mapping sees the one reseller that it names. */
export async function listResellers(
  client: CloudCockpitClient,
  call: VendorCall,
  query: VendorPartnerQuery,
): Promise<VendorPartnerPage | null> {
  const { mappingId, offset } = query;
  const search = query.search.trim();
  // There is no tree: nothing is below a reseller.
  if (query.parent !== null) return null;
  if (mappingId !== null) return ownOnly(client, call, { mappingId, search });
  if (search !== '') return searched(client, call, search);
  const pageNumber = Math.floor(offset / pageSize) + 1;
  const { value: page } = await client.searchResellers(call, {
    purpose: 'lookup',
    match: null,
    pageNumber,
    pageSize,
    record: countRows,
  });
  return { rows: page.items.map(toNode), total: page.totalCount ?? null, more: page.hasNextPage === true };
}

async function ownOnly(
  client: CloudCockpitClient,
  call: VendorCall,
  { mappingId, search }: { readonly mappingId: string; readonly search: string },
): Promise<VendorPartnerPage> {
  const own = await readReseller(client, call, mappingId);
  const rows = own === null || !holds(own, search) ? [] : [toNode(own)];
  return { rows, total: rows.length, more: false };
}

async function searched(client: CloudCockpitClient, call: VendorCall, search: string): Promise<VendorPartnerPage> {
  const found = new Map<string, ResellerView>();
  let more = false;
  for (const field of ['Company.Name', 'InternalIdentifier'] as const) {
    const { value: page } = await client.searchResellers(call, {
      purpose: 'lookup',
      match: { field, value: search },
      pageNumber: 1,
      pageSize,
      record: countRows,
    });
    more ||= page.hasNextPage === true;
    // The vendor may ignore a filter, so it is applied again here.
    for (const row of page.items) if (holds(row, search)) found.set(row.id, row);
  }
  const byId = uuidPattern.test(search) ? await readReseller(client, call, search) : null;
  if (byId !== null) found.set(byId.id, byId);
  return { rows: [...found.values()].map(toNode), total: null, more };
}

/** One reseller within reach; without an id the one that the mapping names. */
export async function getReseller(
  client: CloudCockpitClient,
  call: VendorCall,
  { vendorId, mappingId }: { readonly vendorId: string | null; readonly mappingId: string | null },
): Promise<VendorPartnerDetails | null> {
  const id = vendorId ?? mappingId;
  if (id === null || (mappingId !== null && id.toLowerCase() !== mappingId.toLowerCase())) return null;
  const row = await readReseller(client, call, id);
  return row === null ? null : { ...toNode(row), gives: null, facts: factsOf(row), path: [] };
}

/** Null when it is not there, or not to be seen with these credentials. */
async function readReseller(client: CloudCockpitClient, call: VendorCall, id: string): Promise<ResellerView | null> {
  if (!uuidPattern.test(id)) return null;
  try {
    const { value } = await client.getReseller(call, id);
    return value.id.toLowerCase() === id.toLowerCase() ? value : null;
  } catch (error) {
    const gone = error instanceof VendorError && error.problem.status === 404 && error.problem.params.step !== 'token';
    if (gone) return null;
    throw error;
  }
}

/**
 * Looks for a reseller by the identifier it carries, then by its name. The vendor matches parts, so every row is compared
 * again here. Below the CSP nobody looks: nobody adds one there.
 */
export async function findResellers(
  client: CloudCockpitClient,
  call: VendorCall,
  { key, name, mappingId }: { readonly key: string; readonly name: string; readonly mappingId: string | null },
): Promise<readonly FoundPartner[]> {
  if (mappingId !== null) return [];
  // Our keys are UUIDs; a typed one is not ours even where a caller made it the id of the call.
  const ours = key === call.correlationId && uuidPattern.test(key);
  const search = async (
    field: 'Company.Name' | 'InternalIdentifier',
    value: string,
    keep: (row: ResellerView) => boolean,
  ) => {
    const found: ResellerView[] = [];
    for (let pageNumber = 1; pageNumber <= mostPages; pageNumber += 1) {
      const { value: page } = await client.searchResellers(call, {
        purpose: 'find',
        match: { field, value },
        pageNumber,
        pageSize,
        record: (read) => recordOf(read, read.items.filter(keep)),
      });
      found.push(...page.items.filter(keep));
      if (page.hasNextPage !== true) break;
    }
    return found;
  };
  const byKey = key === '' ? [] : await search('InternalIdentifier', key, (row) => row.internalIdentifier === key);
  if (ours && byKey.length > 0) return byKey.map((row) => toFound(row, 'key'));
  const wanted = plain(name);
  const byName =
    wanted === '' ? [] : await search('Company.Name', spaced(name), (row) => plain(nameIn(row)) === wanted);
  const all = new Map([...byKey, ...byName].map((row) => [row.id, row]));
  return [...all.values()].map((row) => toFound(row, 'name'));
}

const spaced = (text: string) => text.normalize('NFC').trim().replace(/\s+/g, ' ');
const plain = (text: string) => spaced(text).toLowerCase();
const nameIn = (row: ResellerView) => row.companyName ?? row.name ?? row.id;

function holds(row: ResellerView, search: string): boolean {
  const wanted = plain(search);
  return [nameIn(row), row.internalIdentifier ?? '', row.id].some((text) => plain(text).includes(wanted));
}

function toNode(row: ResellerView): VendorPartnerNode {
  const key = row.internalIdentifier ?? '';
  return { vendorId: row.id, name: nameIn(row), level: '', state: null, key: key === '' ? null : key, children: 0 };
}

function toFound(row: ResellerView, match: FoundPartner['match']): FoundPartner {
  return { vendorId: row.id, name: nameIn(row), key: row.internalIdentifier ?? null, match };
}

function factsOf({ country, city, email }: ResellerView): Readonly<Record<string, string>> {
  const facts = { country: nameOf(country) ?? '', city: city ?? '', email: email ?? '' };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== ''));
}

function countRows(page: ResellerPage): Json {
  return { rows: page.items.length, totalCount: page.totalCount ?? null };
}

/** A look-up's record: how many rows came, and the ids of those that matched. Never the page, never a name. */
function recordOf(page: ResellerPage, matched: readonly ResellerView[]): Json {
  return { rows: page.items.length, matched: matched.map(({ id }) => ({ vendorId: id })) };
}
