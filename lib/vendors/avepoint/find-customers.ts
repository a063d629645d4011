import 'server-only';

import type { FindCustomerQuery, FoundCustomer } from '../found-customer';
import type { CustomerFacts, Json, VendorCall } from '../vendor';
import { type AvepointClient, pageSizeMax } from './client';
import type { CustomerPage, CustomerView } from './contract';
import { countryCodeOf } from './country-names';
import { type AvepointInput, toAccount } from './input';

/** The list has no filter and may move while it is read: it is walked again, but not for ever. */
const walksMax = 3;
const pagesMax = 100;

/** What to look for so as to find the customer that a create request would make: its account, else its name. */
export function toFindQuery(facts: CustomerFacts, input: AvepointInput): FindCustomerQuery {
  const account = toAccount(facts, input);
  return {
    key: '',
    name: account.organizationName.value,
    country: account.countryCode.value,
    mappingId: null,
    email: account.registrationAccount.value,
  };
}

/**
 * Looks for a customer by the e-mail address of its account, and by exact name and country (vendor-apis.md 1.11). The
 * vendor has no slot for our key, so a person decides about every hit. Absence proves nothing: the application may be
 * allowed to see some customers only.
 * @throws VendorError when the vendor could not be read
 */
export async function findCustomers(
  client: AvepointClient,
  call: VendorCall,
  query: FindCustomerQuery,
): Promise<readonly FoundCustomer[]> {
  const found = new Map<string, FoundCustomer>();
  for (let walks = 1; walks <= walksMax; walks += 1) {
    const steady = await walk(client, call, { query, found });
    if (steady) break;
  }
  return [...found.values()];
}

/**
 * Reads the whole list once and adds what matches.
 * @returns did the list hold still? A total that moved, or rows that came twice or not at all, say that it did not
 */
async function walk(
  client: AvepointClient,
  call: VendorCall,
  { query, found }: { readonly query: FindCustomerQuery; readonly found: Map<string, FoundCustomer> },
): Promise<boolean> {
  const seen = new Set<string>();
  const totals = new Set<number>();
  let [pageIndex, rows] = [1, 0];
  for (; pageIndex <= pagesMax; pageIndex += 1) {
    const pick = (page: CustomerPage) => page.data.flatMap((row) => matching(row, query) ?? []);
    const { value: page } = await client.readCustomers(call, {
      purpose: 'find',
      pageIndex,
      pageSize: pageSizeMax,
      record: (read) => recordOf(read, pick(read)),
    });
    for (const row of page.data) seen.add(row.id.toLowerCase());
    for (const one of pick(page)) found.set(one.vendorId.toLowerCase(), one);
    // Counted by rows, not by pages: the vendor may give fewer than were asked for.
    rows += page.data.length;
    const total = page.metadata?.totalCount ?? null;
    if (total !== null) totals.add(total);
    if (page.data.length === 0 || (total !== null && rows >= total)) break;
  }
  const [total] = totals;
  // A list longer than a walk may be is not read twice for that.
  return total === undefined || (totals.size === 1 && (seen.size === total || pageIndex > pagesMax));
}

/** Reads one customer by its id; null when these credentials do not see it. */
export async function getCustomer(
  client: AvepointClient,
  call: VendorCall,
  vendorId: string,
): Promise<FoundCustomer | null> {
  const wanted = vendorId.trim().toLowerCase();
  if (!/^\w[\w-]{0,99}$/.test(wanted)) return null;
  const pick = (page: CustomerPage) => page.data.filter((row) => row.id.toLowerCase() === wanted);
  const { value: page } = await client.readCustomers(call, {
    purpose: 'find',
    pageIndex: 1,
    pageSize: pageSizeMax,
    customerIds: [vendorId.trim()],
    record: (read) => recordOf(read, pick(read).map(toFound('id'))),
  });
  return pick(page).map(toFound('id'))[0] ?? null;
}

const plain = (text: string | null | undefined) =>
  (text ?? '').normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();

function matching(row: CustomerView, query: FindCustomerQuery): FoundCustomer | null {
  const email = plain(query.email);
  if (email !== '' && plain(row.ownerEmail) === email) return toFound('email')(row);
  const name = plain(query.name);
  return name !== '' && plain(row.organization) === name && sameCountry(row, query.country)
    ? toFound('name')(row)
    : null;
}

/** The vendor answers a country's name. One that we cannot read tells nothing apart: it is shown, and a person decides. */
function sameCountry(row: CustomerView, country: string): boolean {
  const actual = countryCodeOf(row.countryOrRegion ?? '');
  return actual === null || actual === country.toUpperCase();
}

const toFound =
  (match: FoundCustomer['match']) =>
  (row: CustomerView): FoundCustomer => ({
    vendorId: row.id,
    name: row.organization ?? row.id,
    country: countryCodeOf(row.countryOrRegion ?? '') ?? row.countryOrRegion ?? null,
    email: row.ownerEmail ?? null,
    key: null,
    mappingId: null,
    match,
  });

/** A look-up's record: how many rows came, and the ids of those that matched. Never the page, never an account. */
function recordOf(page: CustomerPage, matched: readonly FoundCustomer[]): Json {
  return {
    rows: page.data.length,
    totalCount: page.metadata?.totalCount ?? null,
    matched: matched.map(({ vendorId, match }) => ({ vendorId, match })),
  };
}
