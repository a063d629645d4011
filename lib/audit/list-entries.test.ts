import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../auth/actor';
import { makeTree, type TestTree } from '../connections/tree-fixture';
import { asActor } from '../db/as-actor';
import { closeDatabases } from '../db/client';
import { type ListFixture, type OnboardingGiven, openListFixture } from '../lists/list-fixture';
import { parsePlace } from '../lists/place';
import { testDatabase } from '../testing/database';
import { appendAuditEntry } from './append-entry';
import type { AuditAction } from './audit-actions';
import { parseAuditFilter } from './audit-filter';
import { listEntries } from './list-entries';

const database = await testDatabase();
let tree: TestTree;
let fixture: ListFixture;
let operator: Actor;
let admin: Actor;
let onboarding: OnboardingGiven;
let attemptId: string;

beforeAll(async () => {
  tree = await makeTree();
  fixture = await openListFixture(database);
  operator = await tree.actor('reseller', 'operator');
  admin = await tree.actor('csp', 'admin');
  const customer = await fixture.customer({ partnerId: tree.reseller, name: 'Audited' });
  onboarding = await fixture.onboarding({ customer, actor: operator });
  attemptId = await fixture.attempt({
    onboarding,
    connectionId: await fixture.connection({ partnerId: tree.reseller }),
  });
  await append(operator, tree.reseller, 'attempt.opened', onboarding.correlationId);
  await append(admin, tree.reseller, 'customer.changed');
  await append(admin, tree.csp, 'connection.changed');
  await append(admin, tree.sibling, 'export');
});
afterAll(async () => {
  await fixture.end();
  await closeDatabases();
  await database.drop();
});

async function append(actor: Actor, partnerId: string, action: AuditAction, correlationId?: string) {
  await asActor(actor, (tx) =>
    appendAuditEntry(tx, {
      ...{ partnerId, action, subject: { kind: 'attempt', id: attemptId }, by: { actor, role: actor.role } },
      ...(correlationId === undefined ? {} : { correlationId }),
    }),
  );
}

async function list(actor: Actor, query: string, size = 50) {
  const parameters = new URLSearchParams(query);
  const filter = parseAuditFilter(parameters, { timeZone: 'UTC', now: new Date() });
  return asActor(actor, (tx) => listEntries(tx, { filter, place: parsePlace(parameters), size }));
}
const actionsOf = async (actor: Actor, query: string) => (await list(actor, query)).rows.map((row) => row.action);

describe('the audit', () => {
  test.each([
    ['', ['customer.changed', 'attempt.opened']],
    ['action=attempt.opened', ['attempt.opened']],
    ['action=attempt.opened&action=export', ['attempt.opened']],
    ['action=invented', []],
    ['actor=ADMIN', ['customer.changed']],
    ['when=today', ['customer.changed', 'attempt.opened']],
    ['dayUntil=2020-01-01', []],
    ['q=CORRELATION', ['attempt.opened']],
    ['q=ATTEMPT', ['attempt.opened']],
    ['q=operator of', ['attempt.opened']],
    ['q=nobody', []],
    ['partner=SIBLING', []],
  ])('of a reseller with “%s”', async (pattern, actions) => {
    const query = pattern
      .replace('ADMIN', admin.userId)
      .replace('CORRELATION', onboarding.correlationId)
      .replace('ATTEMPT', attemptId)
      .replace('SIBLING', tree.sibling);
    expect(await actionsOf(operator, query)).toEqual(actions);
  });
  test('of the branch above holds what lies below', async () => {
    expect(await actionsOf(admin, '')).toEqual(['export', 'connection.changed', 'customer.changed', 'attempt.opened']);
    expect(await actionsOf(admin, `partner=${tree.reseller}&actor=${admin.userId}`)).toEqual(['customer.changed']);
    expect(await actionsOf(await tree.actor('otherCsp', 'admin'), '')).toEqual([]);
  });
  test('reads in pages, newest first', async () => {
    const first = await list(admin, '', 3);
    const second = await list(admin, `after=${first.older}`, 3);
    expect([...first.rows, ...second.rows].map((row) => row.action)).toEqual(await actionsOf(admin, ''));
    expect(second.older).toBeNull();
    expect((await list(admin, `before=${second.newer}`, 3)).rows).toEqual(first.rows);
  });
  test('says whose chain, which number and which hash', async () => {
    const [row] = (await list(operator, 'action=attempt.opened')).rows;
    expect(row).toMatchObject({ partnerName: 'Dune Computers', seq: 1, actorRole: 'operator', detail: {} });
    expect(row?.hash).toMatch(/^[0-9a-f]{64}$/);
  });
});

test('an entry that the database makes by itself stands in the list by its time', async () => {
  const { rows } = await fixture.sql(`select uuid_v7()::text as id`);
  const now = Number.parseInt(String(rows[0]?.id).replaceAll('-', '').slice(0, 12), 16);
  expect(Math.abs(now - Date.now())).toBeLessThan(60_000);
  expect(String(rows[0]?.id)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
