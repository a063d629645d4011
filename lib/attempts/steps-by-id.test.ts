import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDatabases } from '../db/client';
import { withClient } from '../db/logins';
import type { StoredAttempt } from '../onboarding/run-attempt';
import { testDatabase } from '../testing/database';
import { openWithoutPlan } from '../testing/open-without-plan';
import { addActor, addCockpit, addTree } from '../testing/world';
import { toClosing } from './attempt-store';

/** A mark and a closing read the attempts that they are about, however many others there are. */

const database = await testDatabase();
const opened: StoredAttempt[] = [];

beforeAll(async () => {
  const { csp } = await addTree();
  const actor = await addActor({ partnerId: csp, role: 'operator' });
  const connectionId = await addCockpit({
    ownerPartnerId: csp,
    baseUrl: 'http://127.0.0.1:9',
    tokenUrl: 'http://127.0.0.1:9',
  });
  for (let index = 0; index < 120; index += 1) opened.push(await openWithoutPlan({ actor, connectionId }));
});
afterAll(async () => {
  await closeDatabases();
  await database.drop();
});

test('without statistics of the table, and with a plan kept from when it was empty', async () => {
  await withClient(database.url, async (client) => {
    await client.query('set role quayside_system');
    const step = (marks: readonly StoredAttempt[], closings: readonly StoredAttempt[]) =>
      client.query({
        name: 'attempts_step',
        text: 'select answer from attempts_step($1::uuid[], $2::text[], $3::integer[], $4::jsonb)',
        values: [
          marks.map(({ id }) => id),
          ['operator'],
          marks.map(() => 30_000),
          `[${closings.map((attempt) => success(attempt)).join(',')}]`,
        ],
      });
    const read = async () => {
      const { rows } = await client.query<{ read: number }>(
        `select (seq_tup_read + idx_tup_fetch)::integer as read from pg_stat_xact_user_tables where relname = 'attempt'`,
      );
      return rows[0]?.read ?? Number.NaN;
    };
    const some = opened.slice(0, 4);
    await client.query('begin');
    const before = await read();
    expect((await step(some, [])).rows).toEqual(some.map(() => ({ answer: 'sent' })));
    const marked = await read();
    expect(marked - before).toBeLessThan(20);
    expect((await step([], some)).rows).toEqual(some.map(() => ({ answer: 'succeeded' })));
    expect((await read()) - marked).toBeLessThan(20);
    await client.query('rollback');
  });
});

function success({ id, partnerId }: StoredAttempt): string {
  const attempt = { attemptId: id, partnerId, hasSecrets: false };
  return toClosing(attempt, { state: 'succeeded', vendorId: `there-${id}`, vendorCorrelationId: null }, []).doc;
}
