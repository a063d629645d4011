import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Actor } from '../auth/actor';
import { closeDatabases } from '../db/client';
import { kill, startRunner } from '../testing/attempt-runner';
import { testDatabase } from '../testing/database';
import { onlyAttempt, openedAttempts } from '../testing/engine';
import { cockpitSubmission } from '../testing/submissions';
import { addActor, addCockpit, addTree } from '../testing/world';
import { type CloudCockpitSimulator, startCloudCockpitSimulator } from '../vendors/cloud-cockpit/simulator';
import { closeVendors } from '../vendors/registry';
import { onboard } from './onboard';
import { planOnboarding } from './plan';
import { runAttempts } from './run-attempts';
import { checkAttempt } from './settle';

/** R4 and R5: killed, or without a database, at every boundary between a commit and the vendor. */

const database = await testDatabase();
let simulator: CloudCockpitSimulator;
let operator: Actor;
let cockpit: string;
let cells = 0;

beforeAll(async () => {
  simulator = await startCloudCockpitSimulator();
  const tree = await addTree();
  operator = await addActor({ partnerId: tree.csp, role: 'operator' });
  cockpit = await addCockpit({
    ownerPartnerId: tree.csp,
    baseUrl: simulator.url,
    tokenUrl: simulator.tokenUrl,
    timeoutMs: 1_500,
  });
});

afterAll(async () => {
  process.stdout.write(`outage × engine: ${cells} cells\n`);
  await closeVendors();
  await simulator.stop();
  await closeDatabases();
  await database.drop();
});

const newSubmission = () => cockpitSubmission({ partnerId: operator.partnerId, connectionId: cockpit });
const posts = (key: string) =>
  simulator.control
    .log()
    .filter((one) => one.method === 'POST' && one.correlationId === key && /customers/i.test(one.path));
const carrying = (key: string) => simulator.control.customers().filter((one) => one.internalIdentifier === key);
const strike = (key: string, fault: { ending: 'delay' | 'hang' | 'hang-after'; delayMs?: number }) =>
  simulator.control.setFault({
    method: 'POST',
    path: '/v1/customers',
    header: { name: 'x-correlation-id', contains: key },
    ...fault,
  });

async function asSuper<T>(run: (client: pg.Client) => Promise<T>, url = database.superUrl): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}

/** Moves an attempt's deadline into the past, as if the time had gone by. */
const letTimePass = (attemptId: string | undefined) =>
  asSuper((client) =>
    client.query("update attempt set deadline = now() - interval '1 second' where id = $1", [attemptId]),
  );

test('killed between the commit and the sent mark: nothing left, and it may be tried again', async () => {
  cells += 1;
  const submission = newSubmission();
  const [attemptId] = await openedAttempts(operator, submission);
  await kill(await startRunner([attemptId ?? '']));
  await letTimePass(attemptId);
  expect(await onlyAttempt(operator, submission.correlationId)).toMatchObject({
    state: 'refused',
    reason: 'never-sent',
    nextStep: 'retry',
  });
  expect(posts(submission.correlationId)).toHaveLength(0);
});

for (const ending of ['hang', 'hang-after'] as const) {
  const there = ending === 'hang' ? 0 : 1;
  test(`killed between the sent mark and the answer (${there} at the vendor): unknown, and never sent again`, async () => {
    cells += 1;
    const submission = newSubmission();
    const key = submission.correlationId;
    const [attemptId] = await openedAttempts(operator, submission);
    strike(key, { ending });
    const child = await startRunner([attemptId ?? '']);
    child.send('go');
    await vi.waitUntil(() => posts(key).length === 1, { timeout: 10_000 });
    await kill(child);
    await letTimePass(attemptId);
    expect(await onlyAttempt(operator, key)).toMatchObject({ state: 'unknown', nextStep: 'check' });
    await runAttempts([attemptId ?? '']);
    expect(posts(key)).toHaveLength(1);
    const answer = await checkAttempt(operator, attemptId ?? '');
    expect(answer.kind).toBe(there === 1 ? 'settled' : 'not-found-yet');
    expect(carrying(key)).toHaveLength(there);
  });
}

test('killed between the answer and the closing: unknown, and the look-up finds the customer', async () => {
  cells += 1;
  const submission = newSubmission();
  const key = submission.correlationId;
  const [attemptId] = await openedAttempts(operator, submission);
  strike(key, { ending: 'delay', delayMs: 400 });
  const child = await startRunner([attemptId ?? '']);
  await asSuper(async (client) => {
    child.send('go');
    await vi.waitUntil(() => posts(key).length === 1, { timeout: 10_000 });
    await client.query('begin');
    await client.query('select from attempt where id = $1 for update', [attemptId]);
    // The closing now waits for this lock with the answer in hand: seen in the catalogue, then the process dies.
    await asSuper((watcher) =>
      vi.waitUntil(
        async () => {
          const { rows } = await watcher.query(
            "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%attempts_step%'",
          );
          return rows.length > 0;
        },
        { timeout: 10_000 },
      ),
    );
    await kill(child);
    await client.query('rollback');
  });
  await letTimePass(attemptId);
  const attempt = await vi.waitUntil(
    async () => {
      const seen = await onlyAttempt(operator, key);
      return seen.state === 'unknown' || seen.state === 'succeeded' ? seen : null;
    },
    { timeout: 10_000 },
  );
  // PostgreSQL may still carry out a statement whose client has died: then the closing is simply there.
  if (attempt.state === 'unknown') {
    expect(await checkAttempt(operator, attempt.attemptId)).toMatchObject({ kind: 'settled', state: 'succeeded' });
  }
  expect(carrying(key)).toHaveLength(1);
  expect(posts(key)).toHaveLength(1);
});

/** Shuts the database to everybody while `run` goes on, then opens it again. */
async function withoutDatabase(run: () => Promise<void>): Promise<void> {
  const name = new URL(database.superUrl).pathname.slice(1);
  const elsewhere = new URL(database.superUrl);
  elsewhere.pathname = '/postgres';
  await asSuper(async (client) => {
    await client.query(`alter database "${name}" with allow_connections false`);
    await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
  }, elsewhere.href);
  try {
    await run();
  } finally {
    await asSuper((client) => client.query(`alter database "${name}" with allow_connections true`), elsewhere.href);
  }
}

test('R4: the database gone at the opening: an error, and no request at the vendor', async () => {
  cells += 1;
  const submission = newSubmission();
  const { planHash } = await planOnboarding(operator, submission);
  await withoutDatabase(async () => {
    await expect(onboard(operator, planHash, submission)).rejects.toThrow();
  });
  expect(posts(submission.correlationId)).toHaveLength(0);
});

test('R4: the database gone at the sent mark: no request at the vendor, and it may be tried again', async () => {
  cells += 1;
  const submission = newSubmission();
  const [attemptId] = await openedAttempts(operator, submission);
  await withoutDatabase(async () => {
    await runAttempts([attemptId ?? '']);
  });
  expect(posts(submission.correlationId)).toHaveLength(0);
  await letTimePass(attemptId);
  expect(await onlyAttempt(operator, submission.correlationId)).toMatchObject({ state: 'refused', nextStep: 'retry' });
});

test('the database gone at the closing: the answer is held and committed when it is back', async () => {
  cells += 1;
  const submission = newSubmission();
  const key = submission.correlationId;
  const [attemptId] = await openedAttempts(operator, submission);
  strike(key, { ending: 'delay', delayMs: 300 });
  const running = runAttempts([attemptId ?? '']);
  await vi.waitUntil(() => posts(key).length === 1, { timeout: 10_000 });
  await withoutDatabase(async () => {
    await vi.waitUntil(() => posts(key)[0]?.status === 201, { timeout: 10_000 });
  });
  await running;
  expect(await onlyAttempt(operator, key)).toMatchObject({ state: 'succeeded' });
  expect(carrying(key)).toHaveLength(1);
  expect(posts(key)).toHaveLength(1);
});
