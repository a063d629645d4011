import 'server-only';

import type { FindCustomerQuery, FoundCustomer } from '../found-customer';
import { VendorError } from '../http/vendor-error';
import type { CustomerFacts, Json, RequestContext, VendorCall } from '../vendor';
import type { CloudlxClient } from './client';
import type { Customer } from './contract';
import { type CloudlxInput, toTexts } from './input';
import { idPattern } from './vocabulary';

/** What to look for so as to find the customer that a create request would make. CloudLX has no slot for our key. */
export function toFindQuery(
  facts: CustomerFacts,
  input: CloudlxInput,
  context: Pick<RequestContext, 'mappingId'>,
): FindCustomerQuery {
  const texts = toTexts(facts, input);
  return {
    key: '',
    name: texts.name.value,
    country: texts.country_iso.value,
    mappingId: context.mappingId,
    email: texts.email.value,
    also: { currency: texts.currency_iso.value },
  };
}

/**
 * Looks for a customer by name, currency and country, then by its users' e-mail addresses, which the portal takes as user
 * names and which are therefore the stronger sign (vendor-apis.md 4.7). Neither is documented as unique, so a person says
 * about every hit. Both lists are read whole; only ids and counts are kept of them.
 * @throws VendorError when either list could not be read: half a look-up would pass for a whole one
 */
export async function findCustomers(
  client: CloudlxClient,
  call: VendorCall,
  query: FindCustomerQuery,
): Promise<readonly FoundCustomer[]> {
  // CloudLX knows no mapping: whoever is bound to one can be shown nothing as its own.
  if (query.mappingId !== null) return [];
  const { customers, named } = await listNamed(client, call, query);
  const found = new Map(named.map((row) => [idOf(row), toFound(row, { match: 'name', email: null })]));
  for (const [vendorId, email] of await ownersOf(client, call, query.email ?? '')) {
    const row = customers.find((one) => idOf(one) === vendorId);
    found.set(vendorId, row === undefined ? unlisted(vendorId, email) : toFound(row, { match: 'email', email }));
  }
  return [...found.values()];
}

/**
 * All customers, and those of this name, currency and country.
 * @throws VendorError when the list could not be read
 */
export async function listNamed(client: CloudlxClient, call: VendorCall, query: FindCustomerQuery) {
  const pick = (rows: readonly Customer[]) => rows.filter((row) => isNamed(row, query));
  const { value } = await client.listCustomers(call, {
    record: ({ customers }) => recordOf(customers.length, pick(customers).map(idOf), 'name'),
  });
  return { customers: value.customers, named: pick(value.customers) };
}

/** Reads one customer by its id; null when it is not there or not visible to these credentials. */
export async function getCustomer(client: CloudlxClient, call: VendorCall, vendorId: string) {
  if (!idPattern.test(vendorId)) return null;
  try {
    const { value } = await client.getCustomer(call, vendorId);
    return idOf(value) === vendorId ? toFound(value, { match: 'id', email: null }) : null;
  } catch (error) {
    const gone = error instanceof VendorError && (error.problem.status === 404 || error.problem.status === 403);
    if (gone && error.problem.params.step !== 'token') return null;
    throw error;
  }
}

const idOf = (row: Customer) => String(row.id);
const plain = (text: string) => text.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();

/** Ids of the customers whose user has this e-mail address, with the address as the vendor writes it. */
async function ownersOf(client: CloudlxClient, call: VendorCall, email: string): Promise<ReadonlyMap<string, string>> {
  const wanted = email.trim().toLowerCase();
  if (wanted === '') return new Map();
  const owners = (users: Awaited<ReturnType<CloudlxClient['listUsers']>>['value']['users']) =>
    new Map(
      users.flatMap(({ customer_id, email: theirs }) =>
        customer_id != null && theirs?.trim().toLowerCase() === wanted ? [[String(customer_id), theirs] as const] : [],
      ),
    );
  const { value } = await client.listUsers(call, ({ users }) =>
    recordOf(users.length, [...owners(users).keys()], 'email'),
  );
  return owners(value.users);
}

function isNamed(row: Customer, query: FindCustomerQuery): boolean {
  const wanted = plain(query.name);
  return (
    wanted !== '' &&
    plain(row.name ?? '') === wanted &&
    sameCode(row.currency?.iso_3, query.also?.currency) &&
    sameCode(row.country?.iso_2, query.country)
  );
}

/** A row that does not say cannot be told apart: it is shown, and a person decides. */
function sameCode(actual: string | null | undefined, wanted: string | undefined): boolean {
  if (actual == null || actual === '' || wanted === undefined || wanted === '') return true;
  return actual.toLowerCase() === wanted.toLowerCase();
}

function toFound(row: Customer, { match, email }: Pick<FoundCustomer, 'match' | 'email'>): FoundCustomer {
  const id = idOf(row);
  return {
    vendorId: id,
    name: row.name ?? id,
    country: row.country?.iso_2 ?? null,
    email,
    key: null,
    mappingId: null,
    match,
  };
}

/** A user's customer that the list does not show (yet): there is somebody, and that is all we know. */
function unlisted(vendorId: string, email: string): FoundCustomer {
  return { vendorId, name: vendorId, country: null, email, key: null, mappingId: null, match: 'email' };
}

/** A look-up's record: how many rows came, and the ids of those that matched. Never the list, never a name. */
function recordOf(rows: number, vendorIds: readonly string[], match: FoundCustomer['match']): Json {
  return { rows, matched: vendorIds.map((vendorId) => ({ vendorId, match })) };
}
