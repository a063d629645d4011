import 'server-only';

import type { VendorCall } from '../vendor';
import type { LookupOption, LookupQuery } from '../vendor-lookups';
import type { CoveClient } from './client';
import { type ChildView, type PartnerView, parentIdSchema } from './contract';
import { isAbsent } from './problems';
import { levelWords, mayHaveChildren } from './vocabulary';

/** The tree at Cove has nine levels; a walk up that is longer goes in circles. */
const mostSteps = 12;
/** How many of a partner's children a picker shows at once; the rest is found by search. */
const pageSize = 100;

/** An id as the wire has it, or null for a text that is none. */
export function toPartnerId(text: string): number | null {
  const parsed = parentIdSchema.safeParse(/^\d{1,10}$/.test(text.trim()) ? Number(text.trim()) : null);
  return parsed.success ? parsed.data : null;
}

/** Reads a partner; null when it is not there or not to be seen. @throws VendorError when Cove could not be read */
export async function readPartner(
  client: CoveClient,
  call: VendorCall,
  partnerId: number,
  purpose: 'find' | 'lookup',
): Promise<PartnerView | null> {
  try {
    const record = () => ({ rows: 1, matched: [{ vendorId: String(partnerId) }] });
    const { result } = await client.getPartnerInfoById(call, partnerId, { purpose, record });
    return result.Id === partnerId ? result : null;
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

/**
 * Is a partner the boundary itself, or somewhere below it? Credentials of a shared connection see the whole tree of its
 * owner, so whoever works through a mapping is held inside of it here: the way up is walked until the boundary is met.
 * @param start the partner, and its parent where that is known already
 * @throws VendorError when Cove could not be read
 */
export async function isWithin(
  client: CoveClient,
  call: VendorCall,
  start: { readonly id: number; readonly parentId?: number | null | undefined },
  { boundary, purpose }: { readonly boundary: string; readonly purpose: 'find' | 'lookup' },
): Promise<boolean> {
  const wanted = toPartnerId(boundary);
  if (wanted === null) return false;
  let { id, parentId } = start;
  for (let step = 0; step < mostSteps; step += 1) {
    if (id === wanted) return true;
    if (parentId === undefined) {
      const partner = await readPartner(client, call, id, purpose);
      if (partner === null) return false;
      parentId = partner.ParentId ?? null;
    }
    if (parentId === null || parentId <= 0) return false;
    id = parentId;
    parentId = undefined;
  }
  return false;
}

/**
 * One level of the tree for a picker: the children of `parent`, of the mapping, or of the connection's own partner.
 * While nothing is searched for, end customers and sites stay out; a search shows end customers too, as a site may
 * stand below one, and finds one exact name at any depth. Nothing outside the mapping is answered.
 * @throws VendorError when Cove could not be read
 */
export async function lookUpPartners(
  client: CoveClient,
  call: VendorCall,
  query: LookupQuery,
): Promise<readonly LookupOption[]> {
  const { mappingId } = query;
  const search = query.search.trim();
  const parent = await levelOf(client, call, query);
  if (parent === null) return [];
  const wanted = search.toLowerCase();
  const matches = ({ Info }: ChildView) =>
    mayHaveChildren(Info.Level ?? '') &&
    (search === '' ? Info.Level !== 'EndCustomer' : (Info.Name ?? '').toLowerCase().includes(wanted));
  const children = async (namePattern?: string) => {
    const page = {
      partnerId: parent,
      offset: 0,
      size: pageSize,
      ...(namePattern === undefined ? {} : { namePattern }),
    };
    const { result } = await client.enumerateChildPartners(call, page, { purpose: 'lookup', record: countChildren });
    return (result.Children ?? []).filter(matches).map(toOption);
  };
  if (search === '') return children();
  // How a pattern is written is not documented: where it finds nothing, the first page is searched here.
  const byPattern = await children(search);
  const found = byPattern.length > 0 ? byPattern : await children();
  if (query.parent !== null) return found;
  const exact = await readByName(client, call, search, 'lookup');
  const seen = exact === null || found.some((option) => option.value === String(exact.Id));
  if (seen || !mayHaveChildren(exact.Level ?? '')) return found;
  const start = { id: exact.Id, parentId: exact.ParentId ?? null };
  const inside =
    mappingId === null || (await isWithin(client, call, start, { boundary: mappingId, purpose: 'lookup' }));
  return inside ? [toOption({ Info: exact }), ...found] : found;
}

/** The partner whose children are wanted; null for one outside the mapping, or a text that is no id. */
async function levelOf(
  client: CoveClient,
  call: VendorCall,
  { parent, mappingId }: LookupQuery,
): Promise<number | null> {
  if (parent === null || parent === mappingId) {
    return mappingId === null ? client.ownPartnerId(call) : toPartnerId(mappingId);
  }
  const id = toPartnerId(parent);
  if (id === null || mappingId === null) return id;
  return (await isWithin(client, call, { id }, { boundary: mappingId, purpose: 'lookup' })) ? id : null;
}

/** Reads a partner by its exact name; null when there is none to be seen. @throws VendorError when Cove could not be read */
export async function readByName(
  client: CoveClient,
  call: VendorCall,
  name: string,
  purpose: 'find' | 'lookup',
): Promise<PartnerView | null> {
  try {
    const record = ({ result }: { readonly result: PartnerView }) => ({
      rows: 1,
      matched: [{ vendorId: String(result.Id) }],
    });
    const { result } = await client.getPartnerInfo(call, name, {
      purpose,
      record: purpose === 'find' ? record : () => ({ rows: 1 }),
    });
    return result.Name === name ? result : null;
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

function countChildren({ result }: { readonly result: { readonly Children?: readonly unknown[] | null | undefined } }) {
  return { rows: result.Children?.length ?? 0 };
}

function toOption({ Info, ActualChildCount }: Pick<ChildView, 'Info'> & Partial<ChildView>): LookupOption {
  const level = Info.Level ?? '';
  return {
    value: String(Info.Id),
    label: Info.Name ?? String(Info.Id),
    detail: levelWords(level),
    // What was found by its name alone has not said how many are below: it may be opened.
    data: { level, hasChildren: (ActualChildCount ?? 1) > 0 },
  };
}
