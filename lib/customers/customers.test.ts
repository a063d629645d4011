import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../auth/actor';
import { makeTree, type TestTree } from '../connections/tree-fixture';
import { asActor } from '../db/as-actor';
import { closeDatabases } from '../db/client';
import { type ListFixture, openListFixture } from '../lists/list-fixture';
import { parsePlace } from '../lists/place';
import { testDatabase } from '../testing/database';
import { changedFacts } from './changed-facts';
import { emptyCustomerFacts } from './customer-facts';
import { parseCustomerFilter } from './customer-filter';
import { loadCustomerPage } from './customer-page';
import { listCustomers } from './list-customers';
import { mergeFacts } from './merge-facts';
import { saveCustomer } from './save-customer';

const database = await testDatabase();
let tree: TestTree;
let fixture: ListFixture;
let operator: Actor;
let viewer: Actor;

beforeAll(async () => {
  tree = await makeTree();
  fixture = await openListFixture(database);
  operator = await tree.actor('reseller', 'operator');
  viewer = await tree.actor('host', 'viewer');
});
afterAll(async () => {
  await fixture.end();
  await closeDatabases();
  await database.drop();
});

async function namesOf(actor: Actor, query: string, size = 50) {
  const parameters = new URLSearchParams(query);
  const filter = parseCustomerFilter(parameters);
  const page = await asActor(actor, (tx) => listCustomers(tx, { filter, place: parsePlace(parameters), size }));
  return page.rows.map((row) => row.name);
}

describe('the list of customers', () => {
  let zeus: { id: string; partnerId: string; name: string };
  let connectionId: string;
  let correlationId: string;
  beforeAll(async () => {
    zeus = await fixture.customer({ partnerId: tree.reseller, name: 'Zeus & Sons', country: 'GR' });
    await fixture.customer({ partnerId: tree.reseller, name: 'Athena_Works', country: 'PT' });
    await fixture.customer({ partnerId: tree.sibling, name: 'Zeus Foreign', country: 'GR' });
    await fixture.customer({ partnerId: tree.csp, name: 'Zeus Above', country: 'GR' });
    connectionId = await fixture.connection({ partnerId: tree.reseller });
    await fixture.account({ customer: zeus, connectionId, vendorId: 'ZEUS-ID' });
    ({ correlationId } = await fixture.onboarding({ customer: zeus, actor: operator }));
  });

  test.each([
    ['', ['Athena_Works', 'Zeus & Sons']],
    ['q=zeus', ['Zeus & Sons']],
    ['q=ZEU', ['Zeus & Sons']],
    ['q=_works', ['Athena_Works']],
    ['q=%25', []],
    ['q=zeus-id', ['Zeus & Sons']],
    ['q=CUSTOMER', ['Zeus & Sons']],
    ['q=CORRELATION', ['Zeus & Sons']],
    ['country=PT', ['Athena_Works']],
    ['country=pt&country=gr', ['Athena_Works', 'Zeus & Sons']],
    ['country=Greece', []],
    ['country=GR&q=athena', []],
    ['partner=SIBLING', []],
    // A partner above is outside the branch, and so is what lies below it along that way.
    ['partner=CSP', []],
    ['partner=nonsense', []],
  ])('of a reseller with “%s”', async (pattern, names) => {
    const query = pattern
      .replace('CUSTOMER', zeus.id.toUpperCase())
      .replace('CORRELATION', correlationId)
      .replace('SIBLING', tree.sibling)
      .replace('CSP', tree.csp);
    expect(await namesOf(operator, query)).toEqual(names);
  });
  test('of the branch above holds them all, and a partner takes in what is below it', async () => {
    expect(await namesOf(viewer, 'q=zeus')).toEqual(['Zeus Above', 'Zeus Foreign', 'Zeus & Sons']);
    expect(await namesOf(viewer, `partner=${tree.csp}&country=GR`)).toHaveLength(3);
    expect(await namesOf(viewer, `partner=${tree.otherCsp}`)).toEqual([]);
  });
  test('reads in pages without losing or doubling one', async () => {
    const filter = parseCustomerFilter(new URLSearchParams());
    const read = (query: string) =>
      asActor(viewer, (tx) => listCustomers(tx, { filter, place: parsePlace(new URLSearchParams(query)), size: 3 }));
    const first = await read('');
    const second = await read(`after=${first.older}`);
    expect([...first.rows, ...second.rows].map((row) => row.name)).toEqual(await namesOf(viewer, ''));
    expect((await read(`before=${second.newer}`)).rows).toEqual(first.rows);
  });
  test('says at which vendors a customer is aboard', async () => {
    const filter = parseCustomerFilter(new URLSearchParams('q=zeus'));
    const page = await asActor(operator, (tx) =>
      listCustomers(tx, { filter, place: parsePlace(new URLSearchParams()) }),
    );
    expect(page.rows[0]).toMatchObject({ vendors: ['cloud-cockpit'], country: 'GR', partnerName: 'Dune Computers' });
  });
});

describe('a customer', () => {
  const facts = { ...emptyCustomerFacts, name: 'Hermes Post', country: 'PT', email: 'post@hermes.example' };

  test('shows its accounts, onboardings and place in the tree', async () => {
    const customer = await fixture.customer({ partnerId: tree.reseller, name: 'Record' });
    const connectionId = await fixture.connection({ partnerId: tree.reseller, name: 'Quay 9' });
    await fixture.account({ customer, connectionId, vendorId: 'REC-1' });
    const onboarding = await fixture.onboarding({ customer, actor: operator });
    const attemptId = await fixture.attempt({ onboarding, connectionId, state: 'refused' });
    await fixture.attempt({ onboarding, connectionId, state: 'succeeded', retryOf: attemptId });
    await fixture.sql(`update attempt set retried_by = gen_random_uuid() where id = $1`, [attemptId]);
    const page = await loadCustomerPage(operator, customer.id);
    expect(page.customer.accounts).toMatchObject([{ connectionName: 'Quay 9', vendorId: 'REC-1', origin: 'created' }]);
    expect(page.onboardings).toMatchObject([{ counts: { succeeded: 1, refused: 0 } }]);
    expect(page.path.map((partner) => partner.name)).toEqual(['Dune Computers']);
    expect(page.customer.may).toEqual({ edit: true, onboard: true });
    expect((await loadCustomerPage(viewer, customer.id)).customer.may).toEqual({ edit: false, onboard: false });
    const admin = await tree.actor('csp', 'admin');
    expect((await loadCustomerPage(admin, customer.id)).path.map((partner) => partner.name)).toEqual([
      'Ridge IT',
      'Dune Computers',
    ]);
  });
  test.each(['not-an-id', '01980000-0000-7000-8000-000000000000'])('named %s is not there', async (id) => {
    await expect(loadCustomerPage(operator, id)).rejects.toThrow(expect.objectContaining({ name: 'NotFound' }));
  });
  test('outside the branch is not there, and cannot be edited', async () => {
    const { id } = await fixture.customer({ partnerId: tree.sibling, name: 'Next door' });
    const notThere = expect.objectContaining({ name: 'NotFound' });
    await expect(loadCustomerPage(operator, id)).rejects.toThrow(notThere);
    await expect(saveCustomer(operator, { customerId: id, version: 1, facts })).rejects.toThrow(notThere);
  });
  test('is edited by whoever may, once per version; a stale save changes nothing and shows what is there', async () => {
    const { id } = await fixture.customer({ partnerId: tree.reseller, name: 'Hermes' });
    await expect(saveCustomer(viewer, { customerId: id, version: 1, facts })).rejects.toThrow(
      expect.objectContaining({ name: 'Forbidden' }),
    );
    expect(await saveCustomer(operator, { customerId: id, version: 1, facts })).toEqual({ kind: 'saved', version: 2 });
    const late = await saveCustomer(operator, { customerId: id, version: 1, facts: { ...facts, name: 'Late' } });
    expect(late).toEqual({ kind: 'stale', version: 2, facts });
    expect(await namesOf(operator, 'q=hermes post')).toEqual(['Hermes Post']);
    expect(await namesOf(operator, 'q=late')).toEqual([]);
    const { rows } = await fixture.sql(
      `select action, actor_role, detail from audit_entry where subject_id = $1 order by seq`,
      [id],
    );
    // Names of facts, never what they say.
    expect(rows).toEqual([
      { action: 'customer.changed', actor_role: 'operator', detail: { fields: ['name', 'email'], version: 2 } },
    ]);
  });
  test('of ten saves over the same version, one wins', async () => {
    const { id } = await fixture.customer({ partnerId: tree.reseller, name: 'Race' });
    const names = Array.from({ length: 10 }, (_, place) => `Racer ${place}`);
    const saves = await Promise.all(
      names.map((name) => saveCustomer(operator, { customerId: id, version: 1, facts: { ...facts, name } })),
    );
    expect(saves.filter((save) => save.kind === 'saved')).toHaveLength(1);
    const { rows } = await fixture.sql(`select count(*)::integer as count from audit_entry where subject_id = $1`, [
      id,
    ]);
    expect(rows[0]).toEqual({ count: 1 });
  });
  test('saved as it is makes no version and no entry', async () => {
    const { id } = await fixture.customer({ partnerId: tree.reseller, name: 'Same' });
    const same = { ...emptyCustomerFacts, name: 'Same', country: 'PT' };
    expect(await saveCustomer(operator, { customerId: id, version: 1, facts: same })).toEqual({
      kind: 'saved',
      version: 1,
    });
  });
});

describe('two edits at once', () => {
  const base = { ...emptyCustomerFacts, name: 'Base', city: 'Old', country: 'PT' };
  const mine = { ...base, name: 'Mine' };
  const theirs = { ...base, name: 'Theirs', city: 'New' };

  test('keep what the other alone changed', () => {
    expect(mergeFacts({ base, mine, theirs })).toEqual({ ...base, name: 'Mine', city: 'New' });
  });
  test('name what differs, in the order of the form', () => {
    expect(changedFacts(base, theirs)).toEqual(['name', 'city']);
  });
});
