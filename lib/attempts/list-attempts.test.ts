import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../auth/actor';
import { makeTree, type TestTree } from '../connections/tree-fixture';
import { asActor } from '../db/as-actor';
import { closeDatabases } from '../db/client';
import { type ListFixture, type OnboardingGiven, openListFixture, problemOf } from '../lists/list-fixture';
import { parsePlace } from '../lists/place';
import { testDatabase } from '../testing/database';
import { type AttemptState, attemptStates, readState } from './attempt';
import { parseAttemptFilter } from './attempt-filter';
import { findAttemptPage } from './find-attempt-page';
import { listAttempts } from './list-attempts';
import { countNewerAttempts } from './newer-attempts';

const database = await testDatabase();
const minute = 60_000;
const ago = (ms: number) => new Date(Date.now() - ms);

let tree: TestTree;
let fixture: ListFixture;
let operator: Actor;
let admin: Actor;

beforeAll(async () => {
  tree = await makeTree();
  fixture = await openListFixture(database);
  operator = await tree.actor('reseller', 'operator');
  admin = await tree.actor('host', 'admin');
});
afterAll(async () => {
  await fixture.end();
  await closeDatabases();
  await database.drop();
});

async function list(actor: Actor, query: string, size = 50) {
  const parameters = new URLSearchParams(query);
  const filter = parseAttemptFilter(parameters, { timeZone: 'UTC', now: new Date() });
  return asActor(actor, (tx) => listAttempts(tx, { filter, place: parsePlace(parameters), size }));
}
const idsOf = async (actor: Actor, query: string) => (await list(actor, query)).rows.map((row) => row.id);

/** An onboarding of a new customer of a partner, by an operator of the reseller. */
async function onboarding(partnerId: string, name: string, at = new Date()): Promise<OnboardingGiven> {
  return fixture.onboarding({ customer: await fixture.customer({ partnerId, name, at }), actor: operator, at });
}

describe('state as it reads now', () => {
  const cases = attemptStates.flatMap((state) =>
    [ago(1000), new Date(Date.now() + minute)].map((deadline) => ({ state, deadline })),
  );
  const ids = new Map<string, AttemptState>();
  let query: string;
  beforeAll(async () => {
    const one = await onboarding(tree.reseller, 'Every State');
    query = `customer=${one.customer.id}`;
    const connectionOfCustomer = await fixture.connection({ partnerId: tree.reseller });
    const customers = await onboarding(tree.reseller, 'Awaited');
    const awaited = await fixture.attempt({ onboarding: customers, connectionId: connectionOfCustomer });
    for (const { state, deadline } of cases) {
      const connectionId = await fixture.connection({ partnerId: tree.reseller });
      const waits = state === 'waiting' ? { waitsFor: awaited } : {};
      const id = await fixture.attempt({ onboarding: one, connectionId, state, deadline, ...waits });
      ids.set(id, readState({ state, deadline }, new Date()));
    }
  });

  test('the list shows what readState says, for each state before and after its deadline', async () => {
    const { rows } = await list(operator, query);
    expect(new Map(rows.map((row) => [row.id, row.state]))).toEqual(ids);
  });
  test.each(attemptStates)('the filter %s finds exactly what reads so', async (state) => {
    const expected = [...ids].filter(([, reads]) => reads === state).map(([id]) => id);
    expect(expected.length).toBeGreaterThan(0);
    expect((await idsOf(operator, `${query}&state=${state}`)).sort()).toEqual(expected.sort());
    // The way without a customer goes over other indexes.
    const everywhere = await list(operator, `state=${state}`, 1000);
    const found = everywhere.rows.filter((row) => ids.has(row.id)).map((row) => row.id);
    expect(found.sort()).toEqual(expected.sort());
  });
  test('two states find both', async () => {
    const found = await list(operator, `${query}&state=unknown&state=refused`);
    expect(new Set(found.rows.map((row) => row.state))).toEqual(new Set(['unknown', 'refused']));
  });
});

describe('filters', () => {
  let first: string;
  let second: string;
  let one: OnboardingGiven;
  let two: OnboardingGiven;
  let connection: string;
  beforeAll(async () => {
    connection = await fixture.connection({ partnerId: tree.reseller, name: 'Quay 7 production', vendor: 'cove' });
    const other = await fixture.connection({ partnerId: tree.reseller, name: 'Other' });
    one = await onboarding(tree.reseller, 'Möwe 100% _Fisch_', ago(3 * 86_400_000));
    two = await onboarding(tree.reseller, 'Leuchtturm', ago(2 * 86_400_000));
    first = await fixture.attempt({
      ...{ onboarding: one, connectionId: connection, vendor: 'cove', connectionName: 'Quay 7 production' },
      ...{ vendorId: 'VID-4711', vendorCorrelationId: '0b7d0f4e-5f0a-4a43-9d3c-8a2f8a1c0001' },
      words: 'Tenant domain is already taken',
    });
    second = await fixture.attempt({ onboarding: two, connectionId: other, operation: 'adopt-customer' });
  });

  test.each([
    ['vendor=cove', () => [first]],
    ['operation=adopt-customer', () => [second]],
    ['connection=CONNECTION', () => [first]],
    ['customer=CUSTOMER', () => [first]],
    ['actor=ACTOR&vendor=cove', () => [first]],
    ['vendor=cove&operation=adopt-customer', () => []],
    ['vendor=cove&vendor=cloud-cockpit&operation=adopt-customer', () => [second]],
    ['dayFrom=DAY1&dayUntil=DAY1&vendor=cove', () => [first]],
    ['dayFrom=DAY2&vendor=cove', () => []],
    ['dayUntil=DAY0&vendor=cove', () => []],
    ['when=7-days&vendor=cove', () => [first]],
    ['when=today&vendor=cove', () => []],
    // Whatever cannot exist finds nothing, rather than everything.
    ['vendor=nobody', () => []],
    ['connection=not-an-id', () => []],
    ['state=done', () => []],
    ['dayFrom=yesterday', () => []],
    ['when=ever', () => []],
    // One box for any id or name.
    ['q=FIRST', () => [first]],
    ['q=CORRELATION', () => [first]],
    ['q=CUSTOMER', () => [first]],
    ['q=CONNECTION', () => [first]],
    ['q=vid-4711', () => [first]],
    ['q=0B7D0F4E-5F0A-4A43-9D3C-8A2F8A1C0001', () => [first]],
    ['q=möwe', () => [first]],
    ['q=100%25', () => [first]],
    ['q=_fisch', () => [first]],
    ['q=%25%25%25', () => []],
    ['q=___', () => []],
    ['q=domain is already', () => [first]],
    ['q=Quay 7', () => [first]],
    ['q=Lé', () => []],
    ['q=Le', () => [second]],
    ['q=nothing of this kind', () => []],
    ['q=%00', () => []],
  ])('%s', async (pattern, expected) => {
    const day = (days: number) =>
      ago(3 * 86_400_000 - days * 86_400_000)
        .toISOString()
        .slice(0, 10);
    const query = pattern
      .replace('CONNECTION', connection)
      .replace('CUSTOMER', one.customer.id)
      .replace('ACTOR', operator.userId)
      .replace('FIRST', first)
      .replace('CORRELATION', one.correlationId)
      .replace('DAY0', day(-1))
      .replaceAll('DAY1', day(0))
      .replace('DAY2', day(1));
    const found = (await list(operator, query, 1000)).rows.map((row) => row.id);
    // A box with nothing in it is no filter; everything else finds exactly these.
    if (pattern === 'q=%00') expect(found.length).toBeGreaterThan(0);
    else expect(found.filter((id) => id === first || id === second || expected().length === 0)).toEqual(expected());
  });
  test('the name of a person finds what that person did', async () => {
    expect(await idsOf(operator, 'q=operator of res')).toContain(first);
  });
  test('an attempt says who, whose, where, how long and why', async () => {
    const id = await fixture.attempt({
      ...{ onboarding: two, connectionId: connection, state: 'refused', at: two.at },
      ...{ sentAt: two.at, closedAt: new Date(two.at.getTime() + 1234), outcome: problemOf('already-exists') },
      vendorMs: 640,
    });
    const row = (await list(operator, `q=${id}`)).rows[0];
    expect(row).toMatchObject({
      ...{
        state: 'refused',
        reason: 'already-exists',
        nextStep: 'adopt',
        tookMs: 1234,
        vendorMs: 640,
        customerName: 'Leuchtturm',
      },
      ...{ partnerName: 'Dune Computers', actorName: 'operator of reseller', correlationId: two.correlationId },
    });
  });
  test('an outcome that cannot be read is no reason, and breaks nothing', async () => {
    const id = await fixture.attempt({ onboarding: two, connectionId: connection, state: 'refused', sentAt: two.at });
    await fixture.sql(`update attempt set outcome = '{"kind": 7}' where id = $1`, [id]);
    expect((await list(operator, `q=${id}`)).rows[0]).toMatchObject({ reason: null, nextStep: 'fix-and-retry' });
  });
});

describe('pages', () => {
  let one: OnboardingGiven;
  const made: string[] = [];
  beforeAll(async () => {
    one = await onboarding(tree.sibling, 'Many Pages', ago(minute));
    const connectionId = await fixture.connection({ partnerId: tree.sibling });
    for (let place = 0; place < 25; place += 1) {
      made.unshift(await fixture.attempt({ onboarding: one, connectionId, at: ago(50_000 - place * 1000) }));
    }
  });

  test('forward and back read every row once, in order, also while newer rows come', async () => {
    const query = `customer=${one.customer.id}`;
    const connectionId = await fixture.connection({ partnerId: tree.sibling });
    const seen: string[] = [];
    let page = await list(admin, query, 10);
    const places: string[] = [];
    for (;;) {
      seen.push(...page.rows.map((row) => row.id));
      if (page.older === null) break;
      places.push(page.older);
      await fixture.attempt({ onboarding: one, connectionId, at: new Date() });
      page = await list(admin, `${query}&after=${page.older}`, 10);
    }
    expect(seen).toEqual(made);
    expect(places).toHaveLength(2);
    const back = await list(admin, `${query}&before=${page.newer}`, 10);
    expect(back.rows.map((row) => row.id)).toEqual(made.slice(10, 20));
    // The way back ends on a full first page, with what has come meanwhile.
    const firstPage = await list(admin, `${query}&before=${back.newer}`, 15);
    expect(firstPage.newer).toBeNull();
    expect(firstPage.rows).toHaveLength(15);
    expect(firstPage.rows.slice(2).map((row) => row.id)).toEqual(made.slice(0, 13));
  });
  test('a list says how many have come since, and only those that match', async () => {
    const query = new URLSearchParams({ customer: one.customer.id });
    const since = made[3] ?? null;
    expect(await countNewerAttempts(admin, { query, since })).toBe(5);
    query.set('state', 'refused');
    expect(await countNewerAttempts(admin, { query, since })).toBe(0);
    expect(await countNewerAttempts(operator, { query: new URLSearchParams(), since: null })).toBeGreaterThan(0);
  });
});

describe('isolation', () => {
  test('what is outside the branch is in no list, count, search or address', async () => {
    const connectionId = await fixture.connection({ partnerId: tree.csp, name: 'Shared by the CSP', shared: true });
    const foreign = await onboarding(tree.sibling, 'Foreign Fish');
    const id = await fixture.attempt({
      ...{ onboarding: foreign, connectionId, state: 'unknown', vendorId: 'foreign-id', words: 'foreign words' },
    });
    const queries = [
      ...['', 'needs=somebody', 'state=unknown', 'q=foreign', 'q=foreign-id', `q=${id}`, `q=${foreign.correlationId}`],
      ...[
        `q=${foreign.customer.id}`,
        `q=${connectionId}`,
        `customer=${foreign.customer.id}`,
        `connection=${connectionId}`,
      ],
      ...[`partner=${tree.sibling}`, `actor=${operator.userId}`, 'vendor=cloud-cockpit', 'q=shared by'],
    ];
    for (const query of queries) expect(await idsOf(operator, query), query).not.toContain(id);
    await expect(findAttemptPage(operator, id)).rejects.toThrow(expect.objectContaining({ name: 'NotFound' }));
    const own = await tree.actor('sibling', 'viewer');
    for (const query of queries.filter((one) => !one.startsWith('actor='))) {
      expect(await idsOf(own, query), query).toContain(id);
    }
    expect(await findAttemptPage(own, id.toUpperCase())).toBe(`/onboardings/${foreign.correlationId}?attempt=${id}`);
    // The partner's filter takes in what is below.
    expect(await idsOf(admin, `partner=${tree.csp}&q=${id}`)).toEqual([id]);
    expect(await idsOf(admin, `partner=${tree.otherCsp}&q=${id}`)).toEqual([]);
  });
});
