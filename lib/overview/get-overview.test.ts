import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Actor } from '../auth/actor';
import { makeTree, type TestTree } from '../connections/tree-fixture';
import { closeDatabases } from '../db/client';
import { type ListFixture, openListFixture } from '../lists/list-fixture';
import { testDatabase } from '../testing/database';
import { getOverview } from './get-overview';

const database = await testDatabase();
let tree: TestTree;
let fixture: ListFixture;
let operator: Actor;

beforeAll(async () => {
  tree = await makeTree();
  fixture = await openListFixture(database);
});
afterAll(async () => {
  await fixture.end();
  await closeDatabases();
  await database.drop();
});
beforeEach(async () => {
  operator = await tree.actor('reseller', 'operator');
  await fixture.sql('set session_replication_role = replica');
  for (const table of ['attempt', 'onboarding', 'customer', 'connection']) await fixture.sql(`delete from ${table}`);
  await fixture.sql('set session_replication_role = default');
});

/** An onboarding with one attempt per given part, each over a connection of its own. */
async function onboard(
  at: Date,
  attempts: readonly Omit<Parameters<ListFixture['attempt']>[0], 'onboarding' | 'connectionId'>[],
) {
  const customer = await fixture.customer({ partnerId: tree.reseller, name: 'Of Today', at });
  const onboarding = await fixture.onboarding({ customer, actor: operator, at });
  const ids: string[] = [];
  for (const given of attempts) {
    const connectionId = await fixture.connection({ partnerId: tree.reseller });
    ids.push(await fixture.attempt({ onboarding, connectionId, ...given }));
  }
  return ids;
}

describe('an empty portal', () => {
  test('says what to do first', async () => {
    expect((await getOverview(operator, new Date())).missing).toBe('connection');
    await fixture.connection({ partnerId: tree.csp, shared: true });
    expect((await getOverview(operator, new Date())).missing).toBe('customer');
    await onboard(new Date(), [{}]);
    expect((await getOverview(operator, new Date())).missing).toBeNull();
  });
});

describe('today', () => {
  // The clock of the page; rows are written around it. Ids carry the time, so lists read them as of then.
  const now = new Date('2026-06-15T20:00:00Z');
  const at = (time: string) => new Date(`2026-06-15T${time}Z`);

  test('begins and counts its hours in the user’s zone, and each onboarding by its worst attempt as it stands', async () => {
    await fixture.sql(`update app_user set time_zone = 'Asia/Kolkata' where id = $1`, [operator.userId]);
    const zoned = await Actor.of(operator.userId, null);
    if (zoned === null) throw new Error('The test actor is gone.');
    await onboard(at('18:29:59'), [{ state: 'succeeded' }]);
    await onboard(at('18:30:00'), [{ state: 'succeeded' }, { state: 'succeeded' }]);
    await onboard(at('18:45:00'), [{ state: 'succeeded' }, { state: 'refused' }]);
    await onboard(at('18:50:00'), [{ state: 'refused' }, { state: 'sent', deadline: at('18:51:00') }]);
    const [first] = await onboard(at('19:29:00'), [{ state: 'refused' }, { state: 'succeeded' }]);
    await fixture.sql(`update attempt set retried_by = gen_random_uuid() where id = $1`, [first]);
    await onboard(at('19:31:00'), [{ state: 'succeeded' }, { state: 'sent', deadline: new Date(Date.now() + 60_000) }]);
    const { day, hours } = await getOverview(zoned, now);
    expect(day).toBe('2026-06-16');
    expect(hours).toEqual([
      { hour: 0, counts: { succeeded: 2, sent: 0, refused: 1, unknown: 1 } },
      { hour: 1, counts: { succeeded: 0, sent: 1, refused: 0, unknown: 0 } },
    ]);
  });
  test('has the median of the vendor’s own time, without settlements, time-outs and what never left', async () => {
    // Closed a while after the vendor's answer: that while is not the vendor's.
    const took = (ms: number) => ({
      ...{ vendorMs: ms, sentAt: at('10:00:00'), closedAt: new Date(at('10:00:00').getTime() + ms + 700) },
    });
    await onboard(at('10:00:00'), [
      { state: 'succeeded', ...took(100) },
      { state: 'refused', ...took(300) },
      { state: 'succeeded', ...took(800) },
      { state: 'succeeded', ...took(30_000), settlement: 'by-hand' },
      { state: 'unknown', ...took(20_000) },
      { state: 'refused', closedAt: at('10:05:00') },
      { state: 'succeeded', vendor: 'cove', ...took(50) },
      { state: 'pending', vendor: 'avepoint', deadline: new Date(Date.now() + 60_000) },
    ]);
    await onboard(new Date('2026-06-14T23:00:00Z'), [{ state: 'succeeded', ...took(9_000) }]);
    const { vendors, firstPass } = await getOverview(operator, now);
    expect(vendors).toEqual([
      { vendor: 'avepoint', medianMs: null, answers: 0 },
      { vendor: 'cloud-cockpit', medianMs: 300, answers: 3 },
      { vendor: 'cove', medianMs: 50, answers: 1 },
    ]);
    // Decided first tries: all but the pending one. Passed at once: the three that the vendor itself confirmed.
    expect(firstPass).toEqual({ decided: 7, passed: 3 });
  });
});

describe('what needs somebody', () => {
  test('comes oldest first, with the next step, and with the way to the connection for who may mend it', async () => {
    const hour = 3_600_000;
    const [old] = await onboard(new Date(Date.now() - 2 * hour), [{ state: 'unknown' }]);
    const [young] = await onboard(new Date(Date.now() - hour), [{ state: 'refused' }]);
    await onboard(new Date(), [{ state: 'succeeded' }]);
    const { needing, needingCount, latest } = await getOverview(operator, new Date());
    expect(needing.map(({ id, nextStep, mayMend }) => ({ id, nextStep, mayMend }))).toEqual([
      { id: old, nextStep: 'check', mayMend: false },
      { id: young, nextStep: 'retry', mayMend: false },
    ]);
    expect(needingCount).toBe(2);
    expect(latest).toHaveLength(3);
    const admin = await tree.actor('csp', 'admin');
    expect((await getOverview(admin, new Date())).needing.every(({ mayMend }) => mayMend)).toBe(true);
    const neighbour = await tree.actor('sibling', 'admin');
    expect(await getOverview(neighbour, new Date())).toMatchObject({
      needing: [],
      needingCount: 0,
      latest: [],
      hours: [],
    });
  });
  test('are broken connections too, for whoever manages them', async () => {
    const id = await fixture.connection({ partnerId: tree.csp, name: 'Broken', shared: true });
    await fixture.sql(`update connection set broken_at = now() where id = $1`, [id]);
    const admin = await tree.actor('csp', 'admin');
    expect((await getOverview(admin, new Date())).brokenConnections).toMatchObject([
      { connectionId: id, name: 'Broken' },
    ]);
    expect((await getOverview(operator, new Date())).brokenConnections).toEqual([]);
    expect((await getOverview(await tree.actor('reseller', 'admin'), new Date())).brokenConnections).toEqual([]);
  });
});
