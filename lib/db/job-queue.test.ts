import { afterAll, expect, test } from 'vitest';
import { databaseProblems } from '@/lib/commands/check-database';
import { copyDatabase } from '@/lib/testing/database';
import { lookUpQueue } from './job-queue';
import { withClient } from './logins';
import { migrate } from './migrate';

const database = await copyDatabase();
afterAll(() => database.drop());

const asSuper = (text: string) => withClient(database.superUrl, (client) => client.query(text));
const problems = () => databaseProblems({ url: database.url, sandbox: true });
const migrated = () => migrate({ migrationUrl: database.migrationUrl, servingUrl: database.url });
const limit = async () =>
  (await asSuper(`select retry_limit from pgboss.queue where name = '${lookUpQueue}'`)).rows[0]?.retry_limit;

test('migrating makes the queue, and start-up says when it is not there or too new', async () => {
  expect(await problems()).toEqual([]);
  await asSuper('drop schema pgboss cascade');
  expect(await problems()).toEqual(['The queue of jobs is missing or out of date: run "npm run migrate".']);
  expect(await migrated()).toEqual([]);
  expect(await problems()).toEqual([]);
  await asSuper('update pgboss.version set version = version + 1');
  expect(await problems()).toEqual(['The queue of jobs belongs to a newer version of the portal.']);
  await asSuper('update pgboss.version set version = version - 1');
});

test('migrating again brings a queue’s settings up to date and keeps its jobs', async () => {
  const wanted = await limit();
  await asSuper(`update pgboss.queue set retry_limit = 0 where name = '${lookUpQueue}'`);
  await asSuper(`insert into pgboss.job (name, policy) values ('${lookUpQueue}', 'exclusive')`);
  await migrated();
  expect(await limit()).toBe(wanted);
  expect((await asSuper('select from pgboss.job')).rowCount).toBe(1);
});
