import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type TestDatabase, testDatabase } from '../testing/database';
import { closeDatabases, database } from './client';
import { withClient } from './logins';

let made: TestDatabase;
beforeAll(async () => {
  made = await testDatabase();
});
afterAll(async () => {
  await closeDatabases();
  await made.drop();
});

describe('a connection that the database ends', () => {
  test('while a transaction holds it and asks nothing: the next question fails, the process lives', async () => {
    const { pool } = database('quayside_system');
    const held = await pool.connect();
    const ended = vi.fn();
    held.once('end', ended);
    const { rows } = await held.query<{ pid: number }>('select pg_backend_pid() as pid');
    await withClient(made.superUrl, (client) => client.query('select pg_terminate_backend($1)', [rows[0]?.pid]));
    await vi.waitUntil(() => ended.mock.calls.length > 0, { timeout: 10_000 });
    await expect(held.query('select 1')).rejects.toThrow();
    held.release(true);
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});

test('a query of either role is not compiled: what the policies seem to cost would make every wide list wait for it', async () => {
  for (const role of ['quayside_actor', 'quayside_system'] as const)
    expect((await database(role).pool.query('show jit')).rows, role).toEqual([{ jit: 'off' }]);
});
