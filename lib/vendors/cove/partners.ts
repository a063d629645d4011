import 'server-only';

import type { VendorCall } from '../vendor';
import type {
  FoundPartner,
  PartnerParent,
  VendorPartnerDetails,
  VendorPartnerNode,
  VendorPartnerPage,
  VendorPartnerQuery,
} from '../vendor-partners';
import type { CoveClient } from './client';
import type { ChildView, PartnerView } from './contract';
import { isAbsent, isRefusedRead } from './problems';
import { isWithin, readByName, readPartner, toPartnerId } from './tree';

/** Cove's tree as its pages show it: one page of children at a time, one partner with the way to it, and what is found by name. */

/** As many children as are read at once. */
const partnerPageSize = 100;
/** The tree at Cove has nine levels: a way up that is longer goes in circles. */
const mostSteps = 12;

/** The uppermost partner within reach: what the mapping says, else the connection's own. */
async function rootOf(client: CoveClient, call: VendorCall, mappingId: string | null): Promise<number | null> {
  return mappingId === null ? client.ownPartnerId(call) : toPartnerId(mappingId);
}

/** A page of children, or of what a search finds among them; null where the parent does not lie within the mapping. */
export async function listPartners(
  client: CoveClient,
  call: VendorCall,
  query: VendorPartnerQuery,
): Promise<VendorPartnerPage | null> {
  const { mappingId, offset } = query;
  const search = query.search.trim();
  const partnerId = query.parent === null ? await rootOf(client, call, mappingId) : toPartnerId(query.parent);
  if (partnerId === null || !(await isInReach(client, call, partnerId, mappingId))) return null;
  try {
    if (search !== '') return await find(client, call, { partnerId, search, mappingId });
    return await readChildren(client, call, { partnerId, offset });
  } catch (error) {
    // The parent is gone meanwhile, or not to be seen.
    if (isAbsent(error)) return null;
    throw error;
  }
}

async function isInReach(client: CoveClient, call: VendorCall, id: number, mappingId: string | null): Promise<boolean> {
  // Without a mapping the credentials themselves are the boundary: Cove shows them nothing above their own partner.
  return mappingId === null || isWithin(client, call, { id }, { boundary: mappingId, purpose: 'lookup' });
}

interface Stretch {
  readonly partnerId: number;
  readonly offset: number;
}

/** One page of a level; where the method with pages is refused, all of it is read and cut here. */
async function readChildren(client: CoveClient, call: VendorCall, { partnerId, offset }: Stretch) {
  try {
    const page = { partnerId, offset, size: partnerPageSize };
    const { result } = await client.enumerateChildPartners(call, page, {
      purpose: 'lookup',
      record: ({ result: read }) => ({ rows: read.Children?.length ?? 0 }),
    });
    const rows = (result.Children ?? []).map(toNode);
    const total = result.ActualChildCount ?? null;
    const more = total === null ? rows.length === partnerPageSize : offset + rows.length < total;
    return { rows, total, more };
  } catch (error) {
    if (!isRefusedRead(error)) throw error;
  }
  const result = await readAllChildren(client, call, partnerId);
  const rows = result.slice(offset, offset + partnerPageSize).map((Info) => toNode({ Info }));
  return { rows, total: result.length, more: offset + rows.length < result.length };
}

interface Search {
  readonly partnerId: number;
  readonly search: string;
  readonly mappingId: string | null;
}

/**
 * What is right below a partner and whose name or reference holds the text, and the one partner at any depth that has
 * exactly this name or id. How a pattern is written is not documented, so every row is compared again here.
 */
async function find(client: CoveClient, call: VendorCall, { partnerId, search, mappingId }: Search) {
  const wanted = search.toLowerCase();
  const found = new Map<number, ChildView>();
  let more = false;
  for (const pattern of [{ namePattern: search }, { externalCodePattern: search }]) {
    const children = await searchChildren(client, call, { partnerId, pattern });
    more ||= children.length >= partnerPageSize;
    for (const child of children) {
      const words = [child.Info.Name ?? '', child.Info.ExternalCode ?? ''];
      if (words.some((word) => word.toLowerCase().includes(wanted))) found.set(child.Info.Id, child);
    }
  }
  const id = toPartnerId(search);
  const exact = [
    await readByName(client, call, search, 'lookup'),
    id === null ? null : await readPartner(client, call, id, 'lookup'),
  ];
  for (const one of exact) {
    if (one === null || found.has(one.Id)) continue;
    if (await isInReach(client, call, one.Id, mappingId)) found.set(one.Id, { Info: one });
  }
  return { rows: [...found.values()].map(toNode), total: null, more };
}

/** What Cove answers to a pattern; where the method with patterns is refused, everything. */
async function searchChildren(
  client: CoveClient,
  call: VendorCall,
  asked: { readonly partnerId: number; readonly pattern: { namePattern?: string; externalCodePattern?: string } },
): Promise<readonly ChildView[]> {
  const { partnerId, pattern } = asked;
  try {
    const page = { partnerId, offset: 0, size: partnerPageSize, ...pattern };
    const { result } = await client.enumerateChildPartners(call, page, {
      purpose: 'lookup',
      record: ({ result: read }) => ({ rows: read.Children?.length ?? 0 }),
    });
    return result.Children ?? [];
  } catch (error) {
    if (!isRefusedRead(error)) throw error;
  }
  return (await readAllChildren(client, call, partnerId)).map((Info) => ({ Info }));
}

async function readAllChildren(client: CoveClient, call: VendorCall, partnerId: number) {
  const { result } = await client.enumeratePartners(call, partnerId, {
    purpose: 'lookup',
    record: ({ result: rows }) => ({ rows: rows.length }),
  });
  return result;
}

/** One partner with the way to it from the boundary; null when it is not there, or not within the boundary. */
export async function getPartner(
  client: CoveClient,
  call: VendorCall,
  asked: { readonly vendorId: string | null; readonly mappingId: string | null },
): Promise<VendorPartnerDetails | null> {
  const root = await rootOf(client, call, asked.mappingId);
  const id = asked.vendorId === null ? root : toPartnerId(asked.vendorId);
  if (root === null || id === null) return null;
  try {
    const partner = await readPartner(client, call, id, 'lookup');
    const above = partner === null || id === root ? [] : (await client.enumerateAncestors(call, id)).result;
    const path = partner === null ? null : wayTo(partner, above, root);
    if (partner === null || path === null) return null;
    const page = { partnerId: id, offset: 0, size: 1 };
    const record = () => ({ rows: 1 });
    const children = await client.enumerateChildPartners(call, page, { purpose: 'lookup', record }).catch((error) => {
      if (isRefusedRead(error)) return null;
      throw error;
    });
    const ActualChildCount = children?.result.ActualChildCount ?? null;
    return { ...toNode({ Info: partner, ActualChildCount }), gives: toGiven(partner), facts: factsOf(partner), path };
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

/** The partners above one, uppermost first, up to the boundary; null where the way up does not meet it. */
function wayTo(partner: PartnerView, above: readonly PartnerView[], root: number) {
  const byId = new Map(above.map((one) => [one.Id, one]));
  const way: VendorPartnerDetails['path'][number][] = [];
  let at = partner;
  for (let step = 0; step < mostSteps; step += 1) {
    if (at.Id === root) return way.toReversed();
    const next = at.ParentId == null ? undefined : byId.get(at.ParentId);
    if (next === undefined) return null;
    way.push({ vendorId: String(next.Id), name: nameOf(next), level: next.Level ?? '' });
    at = next;
  }
  return null;
}

/** Null where Cove says nothing: then nobody knows what may be given, and Cove decides. */
function toGiven({ ChildServiceTypes }: PartnerView): PartnerParent['gives'] {
  return ChildServiceTypes == null || ChildServiceTypes.length === 0 ? null : ChildServiceTypes;
}

const nameOf = ({ Id, Name }: PartnerView) => Name ?? String(Id);

function toNode({ Info, ActualChildCount }: ChildView): VendorPartnerNode {
  const key = Info.ExternalCode ?? '';
  return {
    vendorId: String(Info.Id),
    name: nameOf(Info),
    level: Info.Level ?? '',
    state: Info.State ?? null,
    key: key === '' ? null : key,
    // What was found by its name alone has not said how many are below: it may be opened.
    children: ActualChildCount ?? (Info.Level === 'Site' ? 0 : 1),
  };
}

function factsOf({ ServiceType, ChildServiceTypes, LocationId, CreationTime, Company }: PartnerView) {
  const facts = {
    legalName: Company?.LegalCompanyName ?? '',
    country: Company?.PostAddress?.Country ?? '',
    city: Company?.PostAddress?.City ?? '',
    service: ServiceType ?? '',
    gives: (ChildServiceTypes ?? []).join(', '),
    location: LocationId == null ? '' : String(LocationId),
    created: CreationTime == null ? '' : new Date(CreationTime * 1000).toISOString(),
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== ''));
}

/** A partner as the look-up for customers finds it: at Cove both are the same. */
export function toFoundPartner(found: {
  readonly vendorId: string;
  readonly name: string;
  readonly key: string | null;
  readonly match: FoundPartner['match'];
}): FoundPartner {
  const { vendorId, name, key, match } = found;
  return { vendorId, name, key, match };
}

/** The vendor's no to what a partner is added with, in the words of partners. */
export function inPartnerWords(message: string): string {
  return message === 'cove.already-exists' ? 'cove.partner-exists' : message;
}
