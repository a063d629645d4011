import 'server-only';
import type { Actor } from '../auth/actor';
import type { Cell } from '../export/csv';
import { exportPages } from '../export/export-pages';
import type { Words } from '../messages/words';
import { parseCustomerFilter } from './customer-filter';
import type { CustomerRow } from './customer-row';
import { findCustomersByTerm, readCustomers } from './list-customers';

const columns = ['name', 'country', 'city', 'partner', 'vendors', 'createdAt', 'customerId'] as const;

/** The file's headings. */
export function customerHeader(words: Words): readonly string[] {
  return columns.map((key) => words(`customers.csv.${key}`));
}

/** Customers that match a list's filters as rows of cells, page by page, newest first. Leaves an audit entry. */
export async function* exportCustomers(
  actor: Actor,
  query: URLSearchParams,
  words: Words,
): AsyncGenerator<readonly (readonly Cell[])[], void, undefined> {
  const filter = parseCustomerFilter(query);
  const pages = exportPages<CustomerRow>({
    actor,
    list: 'customers',
    query,
    read: async (tx, place, limit) =>
      readCustomers(tx, { filter, found: await findCustomersByTerm(tx, filter.term), place, limit }),
  });
  for await (const rows of pages) yield rows.map((row) => toCells(row, words));
}

function toCells(row: CustomerRow, words: Words): readonly Cell[] {
  const vendors = row.vendors.map((vendor) => words(`onboarding.vendor.${vendor}`)).join(', ');
  return [row.name, row.country, row.city, row.partnerName, vendors, row.createdAt, row.id];
}
