import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../testing/database';
import { addActor, addTree } from '../testing/world';
import { asSystem } from './as-system';
import { closeDatabases } from './client';

const database = await testDatabase();
const warnings: string[] = [];
const note = (warning: Error) => warnings.push(warning.message);

beforeAll(() => process.on('warning', note));
afterAll(async () => {
  process.off('warning', note);
  await closeDatabases();
  await database.drop();
});

test('what a transaction asks at once is asked one after the other, without a warning, and each gets its answer', async () => {
  const tree = await addTree();
  await addActor({ partnerId: tree.csp, role: 'admin' });
  const answers = await asSystem('seed', (tx) =>
    Promise.all([
      tx.partner.findMany({ include: { users: true, grants: true, connections: true } }),
      tx.$queryRaw<{ n: number }[]>`select 1 as n, pg_sleep(0.05)::text`,
      tx.$queryRaw<{ n: number }[]>`select 2 as n`,
      tx.user.count(),
    ]),
  );
  expect(answers[1][0]?.n).toBe(1);
  expect(answers[2][0]?.n).toBe(2);
  expect(answers[3]).toBe(1);
  expect(answers[0].find((partner) => partner.id === tree.csp)?.users).toHaveLength(1);
  expect(warnings).toEqual([]);
});

test('a query that fails ends its transaction, and those that waited behind it do not hang', async () => {
  await expect(
    asSystem('seed', (tx) => Promise.all([tx.$queryRaw`select 1 / 0`, tx.partner.count(), tx.user.count()])),
  ).rejects.toThrow(/division by zero/);
  expect(await asSystem('seed', (tx) => tx.user.count())).toBe(1);
});
