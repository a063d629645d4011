import { createTranslator } from 'next-intl';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../auth/actor';
import { makeTree, type TestTree } from '../connections/tree-fixture';
import { closeDatabases } from '../db/client';
import { type CustomerGiven, type ListFixture, type OnboardingGiven, openListFixture } from '../lists/list-fixture';
import { catalogue } from '../messages/catalogue';
import { testDatabase } from '../testing/database';
import { mostResults, search } from './search';

const words = createTranslator({ locale: 'en', messages: catalogue });
const database = await testDatabase();
let tree: TestTree;
let fixture: ListFixture;
let operator: Actor;
let admin: Actor;
let customer: CustomerGiven;
let onboarding: OnboardingGiven;
let attemptId: string;
let connectionId: string;

beforeAll(async () => {
  tree = await makeTree();
  fixture = await openListFixture(database);
  operator = await tree.actor('reseller', 'operator');
  admin = await tree.actor('csp', 'admin');
  customer = await fixture.customer({ partnerId: tree.reseller, name: 'Möller Schifffahrt' });
  connectionId = await fixture.connection({ partnerId: tree.reseller, name: 'Dune sandbox' });
  onboarding = await fixture.onboarding({ customer, actor: operator });
  attemptId = await fixture.attempt({
    ...{ onboarding, connectionId, vendorId: 'V-1', vendorCorrelationId: 'their-correlation' },
    words: 'domain already taken',
  });
  await fixture.account({ customer, connectionId, vendorId: 'V-1' });
  await fixture.account({
    customer,
    connectionId: await fixture.connection({ partnerId: tree.csp }),
    vendorId: 'ADOPTED',
  });
});
afterAll(async () => {
  await fixture.end();
  await closeDatabases();
  await database.drop();
});

const hrefs = async (actor: Actor, query: string) =>
  (await search(actor, query, words)).results.map((result) => result.href);

describe('any id opens its page', () => {
  const record = () => `/onboardings/${onboarding.correlationId}?attempt=${attemptId}`;
  test.each([
    ['a customer’s', () => customer.id, () => `/customers/${customer.id}`],
    ['a correlation id', () => onboarding.correlationId, () => `/onboardings/${onboarding.correlationId}`],
    ['an attempt’s', () => attemptId, record],
    ['a connection’s', () => connectionId, () => `/connections/${connectionId}`],
    ['the vendor’s, of an attempt', () => 'v-1', record],
    ['the vendor’s correlation id', () => 'their-correlation', record],
    [
      'the vendor’s, of an account that was linked without an attempt',
      () => 'ADOPTED',
      () => `/customers/${customer.id}`,
    ],
    ['one in capitals and with blanks', () => `  ${attemptId.toUpperCase()} `, record],
  ])('%s', async (_, query, href) => {
    const answer = await search(operator, query(), words);
    expect(answer.exact).toBe(true);
    expect(answer.results.map((result) => result.href)).toEqual([href()]);
  });
});

describe('a part of a name', () => {
  test.each([
    ['schiff', () => [`/customers/${customer.id}`]],
    ['MÖLLER', () => [`/customers/${customer.id}`]],
    ['already tak', () => [`/onboardings/${onboarding.correlationId}?attempt=${attemptId}`]],
    ['dune', () => [`/partners?partner=${tree.reseller}`, `/connections/${connectionId}`]],
    ['far cl', () => []],
    ['mö', () => [`/customers/${customer.id}`]],
    ['%', () => []],
    ['nobody has this', () => []],
    ['', () => []],
    ['\0', () => []],
    ['\ud800', () => []],
  ])('%j', async (query, expected) => {
    const answer = await search(operator, query, words);
    expect(answer.exact).toBe(false);
    expect(answer.results.map((result) => result.href)).toEqual(expected());
  });
  test('gives at most twelve', async () => {
    for (let made = 0; made < 20; made += 1) {
      const one = await fixture.onboarding({ customer, actor: operator });
      await fixture.attempt({
        onboarding: one,
        connectionId: await fixture.connection({ partnerId: tree.reseller }),
        vendorId: 'MANY',
      });
    }
    expect((await search(operator, 'many', words)).results).toHaveLength(mostResults);
  });
});

describe('people', () => {
  test('are found by name, address and id by whoever manages them, and by nobody else', async () => {
    const person = await tree.actor('reseller', 'viewer');
    const href = `/users/${person.userId}`;
    for (const query of [person.userId, person.email, 'viewer of res']) {
      expect(await hrefs(admin, query), query).toContain(href);
      expect(await hrefs(operator, query), query).not.toContain(href);
    }
    const outside = await tree.actor('otherCsp', 'admin');
    expect(await hrefs(outside, person.userId)).toEqual([]);
  });
});

test('what is outside the branch is not found by anything', async () => {
  const neighbour = await tree.actor('sibling', 'admin');
  const queries = [
    customer.id,
    onboarding.correlationId,
    attemptId,
    connectionId,
    'V-1',
    'their-correlation',
    'ADOPTED',
  ];
  for (const query of [...queries, 'schiff', 'already', 'dune', operator.userId, operator.email]) {
    expect(await hrefs(neighbour, query), query).toEqual([]);
  }
});
