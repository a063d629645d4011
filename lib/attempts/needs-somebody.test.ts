import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../auth/actor';
import { makeTree, type TestTree } from '../connections/tree-fixture';
import { asActor } from '../db/as-actor';
import { closeDatabases } from '../db/client';
import { type ListFixture, type OnboardingGiven, openListFixture } from '../lists/list-fixture';
import { firstPlace } from '../lists/place';
import { testDatabase } from '../testing/database';
import { parseAttemptFilter } from './attempt-filter';
import { countNeedingSomebody } from './count-needing-somebody';
import { listAttempts } from './list-attempts';

const database = await testDatabase();
const ago = (ms: number) => new Date(Date.now() - ms);

let tree: TestTree;
let fixture: ListFixture;
let operator: Actor;

beforeAll(async () => {
  tree = await makeTree();
  fixture = await openListFixture(database);
  operator = await tree.actor('reseller', 'operator');
});
afterAll(async () => {
  await fixture.end();
  await closeDatabases();
  await database.drop();
});

async function idsOf(actor: Actor, query: string) {
  const filter = parseAttemptFilter(new URLSearchParams(query), { timeZone: 'UTC', now: new Date() });
  const page = await asActor(actor, (tx) => listAttempts(tx, { filter, place: firstPlace }));
  return page.rows.map((row) => row.id);
}

async function onboarding(partnerId: string, name: string, at = new Date()): Promise<OnboardingGiven> {
  return fixture.onboarding({ customer: await fixture.customer({ partnerId, name, at }), actor: operator, at });
}

describe('what needs somebody', () => {
  test('unknown, contradicted, and refused in the last 14 days unless retried or aboard since', async () => {
    const partnerId = tree.otherCsp;
    const watcher = await tree.actor('otherCsp', 'viewer');
    const old = ago(15 * 86_400_000);
    const make = async (given: Omit<Parameters<ListFixture['attempt']>[0], 'onboarding' | 'connectionId'>) => {
      const one = await onboarding(partnerId, 'Needs Somebody', given.at ?? ago(1000));
      const connectionId = await fixture.connection({ partnerId });
      return { id: await fixture.attempt({ onboarding: one, connectionId, ...given }), one, connectionId };
    };
    const past = ago(1000);
    const needing = [
      await make({ state: 'unknown' }),
      await make({ state: 'unknown', at: old }),
      await make({ state: 'sent', deadline: past }),
      await make({ state: 'pending', deadline: past }),
      await make({ state: 'refused' }),
      await make({ state: 'succeeded', contradicted: true, at: old }),
    ];
    const account = (made: (typeof needing)[number] | undefined, vendorId: string) =>
      made === undefined
        ? Promise.resolve()
        : fixture.account({ customer: made.one.customer, connectionId: made.connectionId, vendorId });
    // A service of a customer that is aboard, of course.
    const service = await make({ state: 'refused', operation: 'add-service' });
    await account(service, 'with-service');
    needing.push(service);
    const customer = needing[4];
    await make({ state: 'waiting', waitsFor: customer?.id });
    await make({ state: 'waiting', waitsFor: customer?.id, deadline: past });
    await make({ state: 'refused', waitsFor: customer?.id });
    needing.push(await make({ state: 'refused', waitsFor: customer?.id, releasedAt: past }));
    // Its customer came aboard without it.
    const left = await make({ state: 'refused', waitsFor: customer?.id });
    await account(left, 'without-service');
    needing.push(left);
    await make({ state: 'sent' });
    await make({ state: 'pending' });
    await make({ state: 'pending', deadline: past, at: old });
    await make({ state: 'succeeded' });
    await make({ state: 'refused', at: old });
    await make({ state: 'refused', retriedBy: needing[0]?.id ?? null });
    const aboard = await make({ state: 'refused' });
    await fixture.account({ customer: aboard.one.customer, connectionId: aboard.connectionId, vendorId: 'aboard' });
    const found = await idsOf(watcher, 'needs=somebody');
    expect(found.sort()).toEqual(needing.map(({ id }) => id).sort());
    expect(await countNeedingSomebody(watcher)).toBe(needing.length);
    expect(await idsOf(watcher, 'needs=somebody&state=unknown')).toHaveLength(3);
    expect(await idsOf(watcher, 'needs=somebody&q=nobody called so')).toEqual([]);
    expect(await idsOf(watcher, 'needs=somebody&q=needs some')).toHaveLength(needing.length);
  });
  test('nobody counts past a hundred', async () => {
    const admin = await tree.actor('host', 'admin');
    const one = await onboarding(tree.host, 'Hundred');
    for (let made = 0; made < 101; made += 1) {
      const connectionId = await fixture.connection({ partnerId: tree.host });
      await fixture.attempt({ onboarding: one, connectionId, state: 'unknown' });
    }
    expect(await countNeedingSomebody(admin)).toBe(100);
  });
});
