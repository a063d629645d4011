import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../auth/actor';
import { makeTree, type TestTree } from '../connections/tree-fixture';
import { asActor } from '../db/as-actor';
import { closeDatabases } from '../db/client';
import { type ListFixture, type OnboardingGiven, openListFixture } from '../lists/list-fixture';
import { parsePlace } from '../lists/place';
import { testDatabase } from '../testing/database';
import { listOnboardings } from './list-onboardings';
import { parseOnboardingFilter } from './onboarding-filter';

const database = await testDatabase();
const past = new Date(Date.now() - 1000);
let tree: TestTree;
let fixture: ListFixture;
let operator: Actor;
let colleague: Actor;
let good: OnboardingGiven;
let bad: OnboardingGiven;
let attemptId: string;

beforeAll(async () => {
  tree = await makeTree();
  fixture = await openListFixture(database);
  operator = await tree.actor('reseller', 'operator');
  colleague = await tree.actor('reseller', 'admin');
  const connectionId = await fixture.connection({ partnerId: tree.reseller });
  const onboard = async (partnerId: string, name: string, actor: Actor, at: Date) =>
    fixture.onboarding({ customer: await fixture.customer({ partnerId, name, at }), actor, at });
  good = await onboard(tree.reseller, 'Good Ship', operator, new Date(Date.now() - 2 * 86_400_000));
  bad = await onboard(tree.reseller, 'Bad Weather', colleague, new Date());
  const foreign = await onboard(tree.sibling, 'Good Neighbour', operator, new Date());
  const first = await fixture.attempt({ onboarding: good, connectionId, state: 'refused' });
  await fixture.attempt({ onboarding: good, connectionId, state: 'succeeded', retryOf: first, vendorId: 'GOOD-1' });
  await fixture.sql(`update attempt set retried_by = gen_random_uuid() where id = $1`, [first]);
  attemptId = await fixture.attempt({
    onboarding: bad,
    connectionId,
    state: 'sent',
    deadline: past,
    words: 'storm warning',
  });
  const other = await fixture.connection({ partnerId: tree.reseller });
  await fixture.attempt({ onboarding: bad, connectionId: other, state: 'pending', deadline: past });
  await fixture.attempt({ onboarding: foreign, connectionId: other, state: 'unknown' });
});
afterAll(async () => {
  await fixture.end();
  await closeDatabases();
  await database.drop();
});

async function list(actor: Actor, query: string) {
  const parameters = new URLSearchParams(query);
  const filter = parseOnboardingFilter(parameters, { timeZone: 'UTC', now: new Date() });
  return (await asActor(actor, (tx) => listOnboardings(tx, { filter, place: parsePlace(parameters) }))).rows;
}

describe('the list of onboardings', () => {
  test('counts each attempt as it reads now, a retried one by its retry', async () => {
    const rows = await list(operator, '');
    expect(rows.map(({ customerName, counts }) => ({ customerName, counts }))).toEqual([
      {
        customerName: 'Bad Weather',
        counts: { waiting: 0, pending: 0, sent: 0, succeeded: 0, refused: 1, unknown: 1 },
      },
      { customerName: 'Good Ship', counts: { waiting: 0, pending: 0, sent: 0, succeeded: 1, refused: 0, unknown: 0 } },
    ]);
  });
  test.each([
    ['state=unknown', ['Bad Weather']],
    ['state=refused', ['Bad Weather']],
    ['state=succeeded', ['Good Ship']],
    ['state=sent', []],
    ['state=sent&state=unknown', ['Bad Weather']],
    ['actor=COLLEAGUE', ['Bad Weather']],
    ['customer=GOOD', ['Good Ship']],
    ['when=today', ['Bad Weather']],
    ['when=7-days', ['Bad Weather', 'Good Ship']],
    ['q=good', ['Good Ship']],
    ['q=good-1', ['Good Ship']],
    ['q=storm', ['Bad Weather']],
    ['q=ATTEMPT', ['Bad Weather']],
    ['q=CORRELATION', ['Good Ship']],
    ['q=neighbour', []],
    ['partner=SIBLING', []],
    ['state=finished', []],
  ])('with “%s”', async (pattern, names) => {
    const query = pattern
      .replace('COLLEAGUE', colleague.userId)
      .replace('GOOD', good.customer.id)
      .replace('ATTEMPT', attemptId)
      .replace('CORRELATION', good.correlationId)
      .replace('SIBLING', tree.sibling);
    expect((await list(operator, query)).map((row) => row.customerName)).toEqual(names);
  });
});
