import { v4 as uuidv4, v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appendAuditEntry } from '../audit/append-entry';
import type { AuditAction, AuditSubject } from '../audit/audit-actions';
import { parseAuditFilter } from '../audit/audit-filter';
import { findAuditTargets } from '../audit/audit-targets';
import { listEntries } from '../audit/list-entries';
import type { Actor } from '../auth/actor';
import { makeTree, type TestTree } from '../connections/tree-fixture';
import { parseCustomerFilter } from '../customers/customer-filter';
import { listCustomers } from '../customers/list-customers';
import { asActor } from '../db/as-actor';
import { closeDatabases } from '../db/client';
import { type ListFixture, openListFixture } from '../lists/list-fixture';
import { parsePlace } from '../lists/place';
import { parseSearchTerm } from '../lists/search-term';
import { listOnboardings } from '../onboarding/list-onboardings';
import { parseOnboardingFilter } from '../onboarding/onboarding-filter';
import { testDatabase } from '../testing/database';

const database = await testDatabase();
const clock = { timeZone: 'UTC', now: new Date() };
let tree: TestTree;
let fixture: ListFixture;
let operator: Actor;
let admin: Actor;
let neighbour: Actor;

/** Every id that the boxes are asked for. Ours were made long apart, so that one beginning is of one record alone. */
const ids = {
  customer: '',
  key: '',
  attempt: '',
  connection: '',
  account: 'ACC-7741-09',
  created: 'f574cf20-1e0b-4c2a-9d52-0c9be1f7a6d4',
  answered: '9F3B7C20-5A41-4C7E-8D52-0C9BE1F7A6D4',
  mapping: 'res-880042',
};
type IdName = keyof typeof ids;
const idNames: readonly IdName[] = [
  ...(['customer', 'key', 'attempt', 'connection'] as const),
  ...(['account', 'created', 'answered', 'mapping'] as const),
];

async function append(actor: Actor, action: AuditAction, subject: { kind: AuditSubject; id: string }, key?: string) {
  await asActor(actor, (tx) =>
    appendAuditEntry(tx, {
      ...{ partnerId: tree.reseller, action, subject, by: { actor, role: actor.role } },
      ...(key === undefined ? {} : { correlationId: key }),
    }),
  );
}

beforeAll(async () => {
  tree = await makeTree();
  fixture = await openListFixture(database);
  operator = await tree.actor('reseller', 'operator');
  admin = await tree.actor('csp', 'admin');
  neighbour = await tree.actor('sibling', 'admin');
  const sought = await fixture.customer({
    partnerId: tree.reseller,
    name: 'Sought',
    at: new Date('2026-01-01T10:00:00Z'),
  });
  const other = await fixture.customer({
    partnerId: tree.reseller,
    name: 'Other',
    at: new Date('2026-02-01T10:00:00Z'),
  });
  // An id of another time than the users' and partners', which are made now and begin alike.
  const connectionId = uuidv7({ msecs: Date.parse('2026-06-01T10:00:00Z') });
  await fixture.sql(
    `insert into connection (id, partner_id, key, vendor, name, shared) values ($1, $2, 'k', 'cloud-cockpit', 'Ridge', true)`,
    [connectionId, tree.csp],
  );
  await fixture.account({ customer: sought, connectionId, vendorId: ids.account });
  const onboarding = await fixture.onboarding({
    customer: sought,
    actor: operator,
    at: new Date('2026-03-01T10:00:00Z'),
  });
  await fixture.onboarding({ customer: other, actor: operator, at: new Date('2026-04-01T10:00:00Z') });
  const attemptId = await fixture.attempt({
    ...{ onboarding, connectionId, at: new Date('2026-05-01T10:00:00Z') },
    ...{ vendorId: ids.created, vendorCorrelationId: ids.answered },
  });
  const mapping = await fixture.sql(
    `insert into mapping (id, connection_id, partner_id, external_id) values (uuid_v7(), $1, $2, $3) returning id::text`,
    [connectionId, tree.reseller, ids.mapping],
  );
  await fixture.sql('set session_replication_role = replica');
  await fixture.sql(`update attempt set mapping_id = $1 where id = $2`, [ids.mapping, attemptId]);
  await fixture.sql('set session_replication_role = origin');
  Object.assign(ids, {
    ...{ customer: sought.id, key: onboarding.correlationId, attempt: attemptId },
    connection: connectionId,
  });
  await append(operator, 'attempt.opened', { kind: 'attempt', id: attemptId }, onboarding.correlationId);
  await append(operator, 'customer.changed', { kind: 'customer', id: sought.id });
  await append(admin, 'connection.tested', { kind: 'connection', id: connectionId });
  await append(admin, 'mapping.set', { kind: 'mapping', id: String(mapping.rows[0]?.id) });
  await append(admin, 'user.changed', { kind: 'user', id: operator.userId });
});
afterAll(async () => {
  await fixture.end();
  await closeDatabases();
  await database.drop();
});

async function customersFor(actor: Actor, q: string) {
  const filter = parseCustomerFilter(new URLSearchParams({ q }));
  const page = await asActor(actor, (tx) => listCustomers(tx, { filter, place: parsePlace(new URLSearchParams()) }));
  return page.rows.map((row) => row.name);
}
async function onboardingsFor(actor: Actor, q: string) {
  const filter = parseOnboardingFilter(new URLSearchParams({ q }), clock);
  const page = await asActor(actor, (tx) => listOnboardings(tx, { filter, place: parsePlace(new URLSearchParams()) }));
  return page.rows.map((row) => row.customerName);
}
async function entriesFor(actor: Actor, q: string, more: Readonly<Record<string, string>> = {}) {
  const parameters = new URLSearchParams({ q, ...more });
  const filter = parseAuditFilter(parameters, clock);
  const page = await asActor(actor, (tx) => listEntries(tx, { filter, place: parsePlace(parameters) }));
  return page.rows.map((row) => row.action).toSorted();
}

/** As somebody copies it: whole, in other letters, its first eight and its first six. */
function ways(id: string): readonly string[] {
  return [id, id.toUpperCase(), id.slice(0, 8), id.slice(0, 6).toLowerCase()];
}

/** An id, and what each list shows for it. Everything else in the lists must stay out. */
const table: readonly {
  readonly id: IdName;
  readonly customers: readonly string[];
  readonly onboardings: readonly string[];
  readonly entries: readonly AuditAction[];
}[] = [
  { id: 'customer', customers: ['Sought'], onboardings: ['Sought'], entries: ['attempt.opened', 'customer.changed'] },
  { id: 'key', customers: ['Sought'], onboardings: ['Sought'], entries: ['attempt.opened'] },
  { id: 'attempt', customers: [], onboardings: ['Sought'], entries: ['attempt.opened'] },
  { id: 'connection', customers: [], onboardings: [], entries: ['connection.tested'] },
  { id: 'account', customers: ['Sought'], onboardings: [], entries: [] },
  { id: 'created', customers: [], onboardings: ['Sought'], entries: ['attempt.opened'] },
  { id: 'answered', customers: [], onboardings: ['Sought'], entries: ['attempt.opened'] },
  { id: 'mapping', customers: [], onboardings: ['Sought'], entries: ['mapping.set'] },
];

describe('the boxes of the lists take an id or its first six characters', () => {
  test('of every kind of id there is', () => {
    expect(table.map(({ id }) => id)).toEqual(idNames);
  });
  test.each(table)('$id', async ({ id, customers, onboardings, entries }) => {
    for (const q of ways(ids[id])) {
      expect(await customersFor(operator, q), `customers: ${q}`).toEqual(customers);
      expect(await onboardingsFor(operator, q), `onboardings: ${q}`).toEqual(onboardings);
      expect(await entriesFor(operator, q), `audit: ${q}`).toEqual(entries);
    }
  });
  test.each(table)('$id finds nothing outside the branch', async ({ id }) => {
    for (const q of ways(ids[id])) {
      expect(await customersFor(neighbour, q), `customers: ${q}`).toEqual([]);
      expect(await onboardingsFor(neighbour, q), `onboardings: ${q}`).toEqual([]);
      expect(await entriesFor(neighbour, q), `audit: ${q}`).toEqual([]);
    }
  });
  test.each(table)('five of $id find nothing', async ({ id }) => {
    const q = ids[id].slice(0, 5);
    expect(await customersFor(operator, q)).toEqual([]);
    expect(await entriesFor(operator, q)).toEqual([]);
  });

  test('in the audit a person’s, as who acted and as who was acted on, within the other filters', async () => {
    for (const q of ways(operator.userId).filter((one) => one.length > 8)) {
      expect(await entriesFor(admin, q)).toEqual(['attempt.opened', 'customer.changed', 'user.changed']);
      expect(await entriesFor(admin, q, { action: 'user.changed' })).toEqual(['user.changed']);
      expect(await entriesFor(admin, q, { actor: operator.userId })).toEqual(['attempt.opened', 'customer.changed']);
    }
  });
  test('an id that is there nowhere finds nothing', async () => {
    for (const q of ways(uuidv4())) expect(await entriesFor(admin, q)).toEqual([]);
  });
});

test('what the audit looks for never names an object outside the branch', async () => {
  const asked = (actor: Actor, q: string) => asActor(actor, (tx) => findAuditTargets(tx, parseSearchTerm(q)));
  // The shared connection is in a neighbour's sight; of another branch, nothing is.
  const stranger = await tree.actor('otherCsp', 'admin');
  for (const id of idNames) {
    const targets = await asked(stranger, ids[id].slice(0, 6));
    expect(targets, id).toEqual({ correlationIds: [], actorIds: [], subjectIds: [], cut: false });
  }
  expect((await asked(operator, ids.customer.slice(0, 6)))?.subjectIds).toEqual([ids.customer]);
});

test('more than the boxes look through is said, and the newest are listed', async () => {
  await fixture.sql(
    `insert into customer (id, partner_id, name, country)
      select ('abcdef00-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, $1, 'Many ' || n, 'PT'
      from generate_series(1, 310) n`,
    [tree.reseller],
  );
  const place = parsePlace(new URLSearchParams());
  const customers = await asActor(operator, (tx) =>
    listCustomers(tx, { filter: parseCustomerFilter(new URLSearchParams({ q: 'abcdef' })), place, size: 2 }),
  );
  expect(customers).toMatchObject({ cut: true, rows: [{ name: 'Many 310' }, { name: 'Many 309' }] });
  const entries = await asActor(operator, (tx) =>
    listEntries(tx, { filter: parseAuditFilter(new URLSearchParams({ q: 'abcdef' }), clock), place }),
  );
  expect(entries).toMatchObject({ cut: true, rows: [] });
});
