import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { markSent } from '../attempts/attempt-store';
import type { Actor } from '../auth/actor';
import { asActor } from '../db/as-actor';
import { asSystem } from '../db/as-system';
import { closeDatabases } from '../db/client';
import { lookUpQueue } from '../db/job-queue';
import { withClient } from '../db/logins';
import { lookUpDelaysMs } from '../onboarding/look-up-schedule';
import { testDatabase } from '../testing/database';
import { onboardedAttempt, onlyAttempt, openedAttempts } from '../testing/engine';
import { cockpitSubmission } from '../testing/submissions';
import { addActor, addCockpit, addTree } from '../testing/world';
import { type CloudCockpitSimulator, startCloudCockpitSimulator } from '../vendors/cloud-cockpit/simulator';
import { closeVendors } from '../vendors/registry';
import { openQueue } from './open-queue';
import { dueLookUps, sweep } from './sweep';
import { type RunningWorker, startWorker } from './worker';

const database = await testDatabase();
let simulator: CloudCockpitSimulator;
let operator: Actor;
let cockpit: string;
let workers: RunningWorker[] = [];

beforeAll(async () => {
  simulator = await startCloudCockpitSimulator();
  const tree = await addTree();
  operator = await addActor({ partnerId: tree.csp, role: 'operator' });
  cockpit = await addCockpit({ ownerPartnerId: tree.csp, baseUrl: simulator.url, tokenUrl: simulator.tokenUrl });
});

afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  workers = [];
});

afterAll(async () => {
  await closeVendors();
  await simulator.stop();
  await closeDatabases();
  await database.drop();
});

async function work(): Promise<RunningWorker> {
  const worker = await startWorker();
  workers.push(worker);
  return worker;
}

/** An attempt that the vendor carried out without an answer; its key and its id. */
async function unknownAttempt() {
  const submission = cockpitSubmission({ partnerId: operator.partnerId, connectionId: cockpit });
  const { correlationId } = submission;
  const header = { name: 'x-correlation-id', contains: correlationId };
  simulator.control.setFault({ ending: 'reset-after', method: 'POST', path: '/v1/customers', header });
  const { attemptId, state } = await onboardedAttempt(operator, submission);
  expect(state).toBe('unknown');
  return { attemptId, correlationId };
}

/** Moves what an attempt says of its time into the past, as if so many seconds had gone by. */
const letTimePass = (attemptId: string, seconds: number) =>
  withClient(database.superUrl, (client) =>
    client.query(
      `update attempt set closed_at = closed_at - make_interval(secs => $2), deadline = deadline - make_interval(secs => $2)
       where id = $1`,
      [attemptId, seconds],
    ),
  );

const jobsOf = (attemptId: string) =>
  withClient(database.superUrl, async (client) => {
    const { rows } = await client.query<{ state: string; start_after: Date }>(
      'select state, start_after from pgboss.job where name = $1 and singleton_key = $2 order by created_on',
      [lookUpQueue, attemptId],
    );
    return rows;
  });

async function untilSettled(correlationId: string): Promise<void> {
  await vi.waitFor(
    async () => expect(await onlyAttempt(operator, correlationId)).toMatchObject({ state: 'succeeded' }),
    { timeout: 20_000, interval: 100 },
  );
}

/** Sweeps once, as a worker does. */
async function sweepOnce(at?: Date): Promise<void> {
  const boss = await openQueue();
  await sweep(boss, at);
  await boss.stop({ graceful: false });
}

describe('the sweep', () => {
  test('puts the next look-up of an unknown attempt into the queue once, for the moment it is due', async () => {
    const { attemptId, correlationId } = await unknownAttempt();
    const { closedAt } = await onlyAttempt(operator, correlationId);
    await Promise.all([sweepOnce(), sweepOnce()]);
    await sweepOnce();
    const dueAt = new Date(Date.parse(closedAt ?? '') + lookUpDelaysMs[0]);
    expect(await jobsOf(attemptId)).toEqual([{ state: 'created', start_after: dueAt }]);
  });

  test('finds an attempt whose process died after the sent mark, once its deadline has passed', async () => {
    const submission = cockpitSubmission({ partnerId: operator.partnerId, connectionId: cockpit });
    const [attemptId = ''] = await openedAttempts(operator, submission);
    const isDue = async (at?: Date) => (await dueLookUps(at)).some((one) => one.attemptId === attemptId);
    expect(await markSent(attemptId, 20_000)).toBe('sent');
    expect(await isDue()).toBe(false);
    const { deadline } = await onlyAttempt(operator, submission.correlationId);
    expect(await isDue(new Date(Date.parse(deadline) + 1))).toBe(true);
  });

  test('leaves alone what succeeded, was refused, or was never sent', async () => {
    const succeeded = await onboardedAttempt(
      operator,
      cockpitSubmission({ partnerId: operator.partnerId, connectionId: cockpit }),
    );
    const [pending] = await openedAttempts(
      operator,
      cockpitSubmission({ partnerId: operator.partnerId, connectionId: cockpit }),
    );
    const inADay = new Date(Date.now() + 86_400_000);
    const found = (await dueLookUps(inADay)).map((one) => one.attemptId);
    expect(found).not.toContain(succeeded.attemptId);
    expect(found).not.toContain(pending);
  });

  test('deletes initial secrets of attempts past their deadline, and no others', async () => {
    const [attemptId = ''] = await openedAttempts(
      operator,
      cockpitSubmission({ partnerId: operator.partnerId, connectionId: cockpit }),
    );
    await withClient(database.superUrl, (client) =>
      client.query(
        `insert into attempt_secret (attempt_id, field, partner_id, key_version, sealed) values ($1, 'password', $2, 1, '\\x00')`,
        [attemptId, operator.partnerId],
      ),
    );
    const count = () =>
      withClient(database.superUrl, async (client) => (await client.query('select from attempt_secret')).rowCount);
    await sweepOnce();
    expect(await count()).toBe(1);
    await letTimePass(attemptId, 60);
    await sweepOnce();
    expect(await count()).toBe(0);
  });

  test('deletes drafts that nobody saved for 30 days, and no others', async () => {
    const draft = (savedAt: Date) => ({
      correlationId: uuidv7(),
      userId: operator.userId,
      partnerId: operator.partnerId,
      content: {},
      savedAt,
    });
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
    const [kept, gone] = [draft(daysAgo(29)), draft(daysAgo(31))];
    await asSystem('seed', (tx) => tx.draft.createMany({ data: [kept, gone] }));
    await sweepOnce();
    const left = await asSystem('seed', (tx) => tx.draft.findMany({ select: { correlationId: true } }));
    expect(left).toEqual([{ correlationId: kept.correlationId }]);
  });

  test('deletes what plans of partners read a day ago, and nothing younger', async () => {
    const { userId, partnerId } = operator;
    const read = (hours: number) => ({
      correlationId: uuidv7(),
      userId,
      partnerId,
      evidence: {},
      readAt: new Date(Date.now() - hours * 3_600_000),
    });
    const [kept, gone] = [read(23), read(25)];
    await asActor(operator, (tx) => tx.partnerEvidence.createMany({ data: [kept, gone] }));
    await sweepOnce();
    const left = await asSystem('seed', (tx) => tx.partnerEvidence.findMany({ select: { correlationId: true } }));
    expect(left).toEqual([{ correlationId: kept.correlationId }]);
  });
});

describe('workers', () => {
  test('settle an unknown attempt by themselves, and it is looked up once', async () => {
    const { attemptId, correlationId } = await unknownAttempt();
    await letTimePass(attemptId, 5);
    await Promise.all([work(), work(), work()]);
    await untilSettled(correlationId);
    const attempt = await onlyAttempt(operator, correlationId);
    expect(attempt).toMatchObject({ settlement: { how: 'look-up', by: 'Quayside' }, lookUps: { done: 1 } });
    expect(attempt.exchanges.filter((one) => one.purpose === 'find')).toHaveLength(1);
  });

  test('find what an earlier one left in the queue when it stopped', async () => {
    const { attemptId, correlationId } = await unknownAttempt();
    const first = await work();
    await vi.waitFor(async () => expect(await jobsOf(attemptId)).toMatchObject([{ state: 'created' }]));
    await first.stop();
    expect(await onlyAttempt(operator, correlationId)).toMatchObject({ state: 'unknown' });
    await work();
    await untilSettled(correlationId);
  });

  test('take up a job whose worker was killed in the middle', async () => {
    const { attemptId, correlationId } = await unknownAttempt();
    await letTimePass(attemptId, 5);
    await sweepOnce();
    const killed = await openQueue();
    await killed.fetch(lookUpQueue, { batchSize: 10 });
    await killed.stop({ graceful: false });
    expect(await jobsOf(attemptId)).toMatchObject([{ state: 'active' }]);
    // As if it had been silent for longer than a job may take.
    await withClient(database.superUrl, (client) =>
      client.query("update pgboss.job set started_on = started_on - interval '1 minute' where singleton_key = $1", [
        attemptId,
      ]),
    );
    await work();
    await untilSettled(correlationId);
  });
});

describe('the rights in the queue', () => {
  const as = (role: string, text: string) =>
    withClient(database.url, async (client) => {
      await client.query(`set role ${role}`);
      return client.query(text);
    });

  test('the serving login owns nothing of it, nor do its roles', async () => {
    const { rows } = await withClient(database.superUrl, (client) =>
      client.query(
        `select distinct pg_get_userbyid(owner) as owner from (
           select relowner as owner from pg_class where relnamespace = 'pgboss'::regnamespace
           union all select proowner from pg_proc where pronamespace = 'pgboss'::regnamespace
           union all select typowner from pg_type where typnamespace = 'pgboss'::regnamespace
           union all select nspowner from pg_namespace where nspname = 'pgboss') parts`,
      ),
    );
    expect(rows).toEqual([{ owner: 'quayside_owner' }]);
  });

  test.each([
    "select pgboss.create_queue('sneaked', '{}')",
    `select pgboss.delete_queue('${lookUpQueue}')`,
    'create table pgboss.sneaked ()',
    'alter table pgboss.job add column sneaked text',
    'drop table pgboss.job_common cascade',
    'truncate pgboss.job',
    'update pgboss.version set version = 1',
    'delete from pgboss.version',
  ])('the role that works in it may not: %s', async (text) => {
    await expect(as('quayside_system', text)).rejects.toThrow(/permission denied|must be owner/);
  });

  test('persons’ requests, and the login before it takes a role, see nothing of it', async () => {
    await expect(as('quayside_actor', 'select from pgboss.job')).rejects.toThrow(/permission denied/);
    const bare = withClient(database.url, (client) => client.query('select from pgboss.job'));
    await expect(bare).rejects.toThrow(/permission denied/);
  });

  test('they are enough for all that a worker does for the queue', async () => {
    const { attemptId } = await unknownAttempt();
    await sweepOnce();
    await withClient(database.superUrl, (client) =>
      client.query(`update pgboss.job set state = 'completed', completed_on = now() - interval '2 hours';
        update pgboss.queue set monitor_claim_on = null, monitor_on = null, maintain_on = null`),
    );
    const boss = await openQueue();
    const errors: unknown[] = [];
    boss.on('error', (error) => errors.push(error));
    await boss.supervise();
    await boss.resolveFlow();
    await boss.stop({ graceful: false });
    expect(errors).toEqual([]);
    expect(await jobsOf(attemptId)).toEqual([]);
  });
});
