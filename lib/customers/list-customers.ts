import 'server-only';
import type { ActorTx } from '../db/as-actor';
import { Prisma } from '../db/generated/client';
import { customersByVendorId, idsThatBegin } from '../lists/begins-with';
import { inBranch } from '../lists/in-branch';
import { hitIds, idLanes, partnerLanes, partnerWordLanes, type Source, withinPartners } from '../lists/lanes';
import { type ListPage, type Place, readPage } from '../lists/place';
import { likePattern, type SearchTerm, spellings } from '../lists/search-term';
import type { CustomerFilter } from './customer-filter';
import type { CustomerRow } from './customer-row';

/** A page of customers, newest first, and whether the search term matched more than was looked through. */
export interface CustomerPage extends ListPage<CustomerRow> {
  readonly cut: boolean;
}

interface Found {
  readonly ids: readonly string[];
  readonly cut: boolean;
}

/** A name that more customers carry than this is no help to anybody. */
const mostFound = 300;

/**
 * Customers of the actor's branch that match a filter, newest first.
 * @param tx the actor's transaction
 */
export async function listCustomers(
  tx: ActorTx,
  { filter, place, size }: { readonly filter: CustomerFilter; readonly place: Place; readonly size?: number },
): Promise<CustomerPage> {
  const found = await findCustomersByTerm(tx, filter.term);
  const page = await readPage({ place, ...(size === undefined ? {} : { size }) }, (from, limit) =>
    readCustomers(tx, { filter, found, place: from, limit }),
  );
  return { ...page, cut: found?.cut ?? false };
}

/** The customers that a search term names: by any id around them, or its beginning, or by their words. Null without a term. */
export async function findCustomersByTerm(tx: ActorTx, term: SearchTerm | null): Promise<Found | null> {
  if (term === null) return null;
  const byIds = await tx.$queryRaw<{ id: string }[]>`
    select v.customer_id as id from vendor_account v
      where v.vendor_id = any (${[...spellings(term.text)]}::text[]) and ${inBranch('v')}
    union select c.id from customer c where c.id = ${term.id}::uuid and ${inBranch('c')}
    union select o.customer_id from onboarding o
      where o.correlation_id = ${term.id}::uuid and o.customer_id is not null and ${inBranch('o')}
    ${beginning(term)} order by id desc limit ${mostFound + 1}`;
  const words = term.id === null ? likePattern(term.text) : null;
  const named =
    words === null
      ? []
      : await tx.$queryRaw<{ id: string }[]>`
    select id from search_ids('customer', ${words}, ${mostFound + 1}) id`;
  const ids = [...new Set([...byIds.slice(0, mostFound), ...named.slice(0, mostFound)].map((row) => row.id))];
  return { ids, cut: byIds.length > mostFound || named.length > mostFound };
}

/** The same ids by their first characters; a key of ours leads to the customer of its onboarding. */
function beginning(term: SearchTerm): Prisma.Sql {
  const byKey = Prisma.sql`select o.customer_id from onboarding o
    where o.correlation_id in (${idsThatBegin('onboarding', term, mostFound + 1)}) and o.customer_id is not null`;
  return Prisma.sql`union ${idsThatBegin('customer', term, mostFound + 1)}
    union ${customersByVendorId(term, mostFound + 1)}
    ${term.range === null ? Prisma.empty : Prisma.sql`union ${byKey}`}`;
}

/** Up to `limit` customers next to a place, newest first. */
export async function readCustomers(
  tx: ActorTx,
  given: {
    readonly filter: CustomerFilter;
    readonly found: Found | null;
    readonly place: Place;
    readonly limit: number;
  },
): Promise<readonly CustomerRow[]> {
  const { filter, found, place, limit } = given;
  const ids = hitIds({ table: 'customer', sources: customerSources(filter, found), place, limit });
  const rows = await tx.$queryRaw<(Omit<CustomerRow, 'createdAt'> & { readonly createdAt: Date })[]>(Prisma.sql`
    select r.id, r.name, r.country, r.city, r.partner_id as "partnerId", coalesce(p.name, '') as "partnerName",
      array(select distinct v.vendor from vendor_account v where v.customer_id = r.id order by v.vendor) as vendors,
      r.created_at as "createdAt"
    from (${ids}) hit join customer r on r.id = hit.id
    left join partner p on p.id = r.partner_id
    order by r.id desc`);
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
}

function customerSources(filter: CustomerFilter, found: Found | null): readonly Source[] {
  const { partnerIds, countries } = filter;
  if (filter.impossible) return [];
  const inCountry = countries.length === 0 ? [] : [Prisma.sql`r.country = any (${[...countries]}::text[])`];
  const where = [...inCountry, ...withinPartners(partnerIds)];
  if (found !== null) return [{ lanes: idLanes(found.ids), on: Prisma.sql`r.id = lane.id`, where }];
  if (countries.length > 0) {
    const on = Prisma.sql`r.partner_id = lane.partner_id and r.country = lane.word`;
    return [{ lanes: partnerWordLanes(partnerIds, countries), on, where: [], walk: where }];
  }
  return [{ lanes: partnerLanes(partnerIds), on: Prisma.sql`r.partner_id = lane.partner_id`, where: [], walk: where }];
}
