import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AttemptState, NextStep } from '../attempts/attempt';
import type { Actor } from '../auth/actor';
import { asSystem } from '../db/as-system';
import { closeDatabases } from '../db/client';
import { testDatabase } from '../testing/database';
import { onboardedAttempt, onlyAttempt, openedAttempts } from '../testing/engine';
import { cockpitSubmission } from '../testing/submissions';
import { addActor, addCockpit, addTree } from '../testing/world';
import { type CloudCockpitSimulator, startCloudCockpitSimulator } from '../vendors/cloud-cockpit/simulator';
import type { CloudCockpitFault } from '../vendors/cloud-cockpit/simulator/vendor';
import { closeVendors } from '../vendors/registry';
import { runAttempts } from './run-attempts';
import { checkAttempt } from './settle';

const database = await testDatabase();
const canary = 'canary-7Qe1xVv0-client-secret';

let simulator: CloudCockpitSimulator;
let operator: Actor;
let cockpit: string;
let cells = 0;

beforeAll(async () => {
  simulator = await startCloudCockpitSimulator({
    clients: [{ clientId: 'quayside-demo', clientSecret: canary, role: 'csp', resellerId: null }],
  });
  const tree = await addTree();
  operator = await addActor({ partnerId: tree.csp, role: 'operator' });
  cockpit = await addCockpit({
    ownerPartnerId: tree.csp,
    baseUrl: simulator.url,
    tokenUrl: simulator.tokenUrl,
    timeoutMs: 1_000,
    clientSecret: canary,
  });
});

afterAll(async () => {
  await expectNoSecretStored();
  process.stdout.write(`weather × engine: ${cells} cells\n`);
  await closeVendors();
  await simulator.stop();
  await closeDatabases();
  await database.drop();
});

async function expectNoSecretStored(): Promise<void> {
  const rows = await asSystem(
    'check the start',
    (tx) =>
      tx.$queryRaw<{ text: string }[]>`
      select to_jsonb(c)::text as text from exchange_content c
      union all select to_jsonb(a)::text from attempt a
      union all select to_jsonb(e)::text from audit_entry e
      union all select to_jsonb(t)::text from attempt_content t`,
  );
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.filter((row) => row.text.includes(canary) || /bearer [A-Za-z0-9]/i.test(row.text))).toEqual([]);
}

interface Weather {
  readonly ending: CloudCockpitFault['ending'];
  readonly state: AttemptState;
  /** Customers at the vendor afterwards. */
  readonly there: 0 | 1;
  readonly next: NextStep;
  /** Strikes every time instead of once. */
  readonly always?: boolean;
}

const table: readonly Weather[] = [
  { ending: 'refuse', state: 'refused', there: 0, next: 'fix-and-retry' },
  { ending: 'conflict', state: 'refused', there: 0, next: 'adopt' },
  { ending: 'unauthorized', state: 'succeeded', there: 1, next: 'nothing' },
  { ending: 'unauthorized', state: 'refused', there: 0, next: 'mend-connection', always: true },
  { ending: 'expire-token', state: 'succeeded', there: 1, next: 'nothing' },
  { ending: 'forbidden', state: 'refused', there: 0, next: 'mend-connection' },
  { ending: 'not-found', state: 'refused', there: 0, next: 'fix-and-retry' },
  { ending: 'rate-limit', state: 'refused', there: 0, next: 'retry', always: true },
  { ending: 'rate-limit-bare', state: 'succeeded', there: 1, next: 'nothing' },
  { ending: 'request-timeout', state: 'unknown', there: 0, next: 'check' },
  { ending: 'error-before', state: 'unknown', there: 0, next: 'check' },
  { ending: 'error-after', state: 'unknown', there: 1, next: 'check' },
  { ending: 'unavailable', state: 'unknown', there: 0, next: 'check' },
  { ending: 'html', state: 'unknown', there: 1, next: 'check' },
  { ending: 'empty', state: 'unknown', there: 1, next: 'check' },
  { ending: 'half-body', state: 'unknown', there: 1, next: 'check' },
  { ending: 'truncated', state: 'unknown', there: 1, next: 'check' },
  { ending: 'wrong-shape', state: 'unknown', there: 1, next: 'check' },
  { ending: 'wrong-type', state: 'succeeded', there: 1, next: 'nothing' },
  { ending: 'reset-before', state: 'unknown', there: 0, next: 'check' },
  { ending: 'reset-after', state: 'unknown', there: 1, next: 'check' },
  { ending: 'hang', state: 'unknown', there: 0, next: 'check' },
  { ending: 'hang-after', state: 'unknown', there: 1, next: 'check' },
  { ending: 'redirect', state: 'unknown', there: 0, next: 'check' },
  { ending: 'huge', state: 'unknown', there: 1, next: 'check' },
  { ending: 'garbled', state: 'unknown', there: 0, next: 'check' },
  { ending: 'delay', state: 'succeeded', there: 1, next: 'nothing' },
  { ending: 'lag', state: 'succeeded', there: 1, next: 'nothing' },
  { ending: 'bare-id', state: 'succeeded', there: 1, next: 'nothing' },
  { ending: 'quoted-id', state: 'succeeded', there: 1, next: 'nothing' },
  { ending: 'status-200', state: 'succeeded', there: 1, next: 'nothing' },
];

const carrying = (key: string) => simulator.control.customers().filter((one) => one.internalIdentifier === key);
const posts = (key: string) =>
  simulator.control
    .log()
    .filter((one) => one.method === 'POST' && one.correlationId === key && /customers/i.test(one.path));

for (const socket of ['fresh', 'reused'] as const) {
  for (const weather of table) {
    const often = weather.always === true ? ', every time' : '';
    test(`${weather.ending}${often} on a ${socket} socket: ${weather.state}, ${weather.there} at the vendor`, async () => {
      cells += 1;
      const submission = cockpitSubmission({ partnerId: operator.partnerId, connectionId: cockpit });
      const key = submission.correlationId;
      const attemptIds = await openedAttempts(operator, submission);
      if (socket === 'fresh') await closeVendors();
      simulator.control.setFault({
        ending: weather.ending,
        method: 'POST',
        path: '/v1/customers',
        header: { name: 'x-correlation-id', contains: key },
        times: weather.always === true ? null : 1,
        delayMs: 50,
        retryAfter: '0',
      });
      await runAttempts(attemptIds);
      const attempt = await onlyAttempt(operator, key);
      expect(attempt).toMatchObject({ state: weather.state, nextStep: weather.next });
      expect(carrying(key)).toHaveLength(weather.there);
      // R7: what may have taken effect is never posted again; each post has its exchange in the record (R3).
      if (weather.state === 'unknown') expect(posts(key)).toHaveLength(1);
      expect(attempt.exchanges.filter((one) => one.purpose === 'create')).toHaveLength(posts(key).length);
      if (weather.state === 'refused') expect(attempt.problem?.message).not.toBe('');
      if (weather.state !== 'unknown') return;
      const answer = await checkAttempt(operator, attempt.attemptId);
      expect(answer.kind).toBe(weather.there === 1 ? 'settled' : 'not-found-yet');
      const settled = await onlyAttempt(operator, key);
      expect(settled.state).toBe(weather.there === 1 ? 'succeeded' : 'unknown');
    });
  }
}

test('slow propagation: a check right after an unknown create sees nothing, and a later one settles it', async () => {
  cells += 1;
  const submission = cockpitSubmission({ partnerId: operator.partnerId, connectionId: cockpit });
  simulator.control.setFault({ ending: 'reset-after', method: 'POST', path: '/v1/customers', lagMs: 60_000 });
  const { attemptId, state } = await onboardedAttempt(operator, submission);
  expect(state).toBe('unknown');
  expect(await checkAttempt(operator, attemptId)).toMatchObject({ kind: 'not-found-yet' });
  expect(await onlyAttempt(operator, submission.correlationId)).toMatchObject({ state: 'unknown' });
  simulator.control.advanceClock(61_000);
  expect(await checkAttempt(operator, attemptId)).toMatchObject({ kind: 'settled', state: 'succeeded' });
  expect(carrying(submission.correlationId)).toHaveLength(1);
});

test('a refused sign-in breaks the connection, is not repeated, and blocks the next plan with a sentence', async () => {
  const tree = await addTree();
  const admin = await addActor({ partnerId: tree.csp, role: 'admin' });
  const broken = await addCockpit({
    ownerPartnerId: tree.csp,
    baseUrl: simulator.url,
    tokenUrl: simulator.tokenUrl,
    clientSecret: 'wrong',
  });
  const submission = cockpitSubmission({ partnerId: tree.csp, connectionId: broken });
  const anyway = {
    ...submission,
    vendors: submission.vendors.map((vendor) => ({ ...vendor, decision: { kind: 'create-anyway' } as const })),
  };
  const attempt = await onboardedAttempt(admin, anyway);
  expect(attempt).toMatchObject({ state: 'refused', reason: 'forbidden', nextStep: 'mend-connection' });
  expect(posts(submission.correlationId)).toHaveLength(0);
  cells += 1;
});
