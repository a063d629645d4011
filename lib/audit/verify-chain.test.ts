import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../auth/actor';
import { makeTree, type TestTree } from '../connections/tree-fixture';
import { asActor } from '../db/as-actor';
import { closeDatabases } from '../db/client';
import { type ListFixture, openListFixture } from '../lists/list-fixture';
import { testDatabase } from '../testing/database';
import { appendAuditEntry } from './append-entry';
import { verifyChain, verifyChains } from './verify-chain';

const database = await testDatabase();
let tree: TestTree;
let fixture: ListFixture;
let viewer: Actor;

beforeAll(async () => {
  tree = await makeTree();
  fixture = await openListFixture(database);
  viewer = await tree.actor('csp', 'viewer');
  for (let count = 0; count < 12; count += 1) await append(tree.csp, count);
  for (let count = 0; count < 3; count += 1) await append(tree.reseller, count);
});
afterAll(async () => {
  await fixture.end();
  await closeDatabases();
  await database.drop();
});

async function append(partnerId: string, count: number) {
  await asActor(viewer, (tx) =>
    appendAuditEntry(tx, {
      partnerId,
      action: 'export',
      subject: { kind: 'list', id: 'attempts' },
      detail: { count, note: 'ø "quoted"', filters: ['a', 'b'] },
      by: { actor: viewer, role: 'viewer' },
    }),
  );
}

const verify = () => verifyChain(viewer, { partnerId: tree.csp, name: 'Ridge IT' });

/** Tampers as the superuser, past triggers, verifies, and puts everything back. */
async function tampered(sql: readonly string[]) {
  const tables = ['audit_entry', 'audit_head'];
  for (const table of tables) await fixture.sql(`create table kept_${table} as select * from ${table}`);
  await fixture.sql(`set session_replication_role = replica`);
  try {
    for (const statement of sql) await fixture.sql(statement.replaceAll('$csp', `'${tree.csp}'`));
    return (await verify()).fault;
  } finally {
    for (const table of tables) {
      await fixture.sql(`delete from ${table}`);
      await fixture.sql(`insert into ${table} select * from kept_${table}`);
      await fixture.sql(`drop table kept_${table}`);
    }
    await fixture.sql(`set session_replication_role = default`);
  }
}

describe('a chain', () => {
  test('holds when nobody touched it, for every partner in sight and no other', async () => {
    expect(await verify()).toEqual({ partnerId: tree.csp, partnerName: 'Ridge IT', entries: 12, fault: null });
    const verdicts = await verifyChains(viewer);
    expect(verdicts.map(({ partnerName, entries, fault }) => [partnerName, entries, fault])).toEqual([
      ['Ridge IT', 12, null],
      ['Dune Computers', 3, null],
      ['Moor Systems', 0, null],
    ]);
  });
  const columns = {
    at: `at + interval '1 ms'`,
    actor_name: `'somebody'`,
    actor_role: `'admin'`,
    actor_partner: `'elsewhere'`,
    actor_id: 'null',
    action: `'sign-out'`,
    subject_kind: `'user'`,
    subject_id: `'customers'`,
    correlation_id: 'gen_random_uuid()',
    detail: `detail || '{"count": 99}'`,
    id: 'gen_random_uuid()',
    hash: `sha256('x')`,
  };
  test.each(Object.entries(columns))('with another %s is found at that entry', async (column, value) => {
    const fault = await tampered([`update audit_entry set ${column} = ${value} where partner_id = $csp and seq = 7`]);
    expect(fault).toMatchObject({ seq: 7, kind: 'changed' });
  });
  test('with an entry removed is found at the one after it', async () => {
    expect(await tampered([`delete from audit_entry where partner_id = $csp and seq = 4`])).toMatchObject({
      seq: 5,
      kind: 'gap',
    });
    expect(await tampered([`delete from audit_entry where partner_id = $csp and seq = 1`])).toMatchObject({
      seq: 2,
      kind: 'gap',
    });
  });
  test('with the last entries removed, or all of them, is found', async () => {
    expect(await tampered([`delete from audit_entry where partner_id = $csp and seq > 10`])).toMatchObject({
      seq: 11,
      kind: 'cut',
    });
    expect(await tampered([`delete from audit_entry where partner_id = $csp`])).toMatchObject({ seq: 1, kind: 'cut' });
  });
  test('with two entries swapped is found at the first of them', async () => {
    const fault = await tampered([
      `update audit_entry set seq = -3 where partner_id = $csp and seq = 3`,
      `update audit_entry set seq = 3 where partner_id = $csp and seq = 8`,
      `update audit_entry set seq = 8 where partner_id = $csp and seq = -3`,
    ]);
    expect(fault).toMatchObject({ seq: 3 });
  });
  test('with an entry rewritten together with its own hash is found at the next one', async () => {
    const fault = await tampered([
      `update audit_entry set actor_name = 'nobody' where partner_id = $csp and seq = 6`,
      `update audit_entry e set hash = audit_digest(prev_hash, e) where partner_id = $csp and seq = 6`,
    ]);
    expect(fault).toMatchObject({ seq: 7, kind: 'unlinked' });
  });
  test('holds again when everything is as it was', async () => {
    expect((await verify()).fault).toBeNull();
  });
  test('of a partner outside the branch is not there', async () => {
    const outside = await tree.actor('otherCsp', 'admin');
    const refused = verifyChain(outside, { partnerId: tree.csp, name: '' });
    await expect(refused).rejects.toThrow(expect.objectContaining({ name: 'NotFound' }));
  });
});
