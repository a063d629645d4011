import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { withClient } from '../db/logins';
import { kill, startRunner } from '../testing/attempt-runner';
import { testDatabase } from '../testing/database';
import { openedAttempts } from '../testing/engine';
import { type FourVendors, setUpFourVendors } from '../testing/four-vendors';
import { ownWord } from '../testing/submissions';
import { closeVendors } from '../vendors/registry';
import { type RunningSimulators, startSimulators } from '../vendors/simulators';
import { vendorKeys } from '../vendors/vendor';
import { getOnboardingRecord } from './get-onboarding-record';
import { runAttempts } from './run-attempts';
import { checkAttempt } from './settle';

/** R5 at four vendors: the process that runs one onboarding is killed at each boundary, all four attempts under way. */

const database = await testDatabase();
let simulators: RunningSimulators;
let four: FourVendors;
let cells = 0;

beforeAll(async () => {
  simulators = await startSimulators();
  // No call gives up by itself before the process is killed.
  four = await setUpFourVendors(simulators, { timeoutMs: 20_000 });
});
afterAll(async () => {
  process.stdout.write(`killed × four vendors: ${cells} cells\n`);
  await closeVendors();
  await simulators.stop();
});

/** Moves the attempts' deadlines into the past, as if the time had gone by. */
const letTimePass = (ids: readonly string[]) =>
  withClient(database.superUrl, (client) =>
    client.query(`update attempt set deadline = now() - interval '1 second' where id = any ($1)`, [ids]),
  );

/** Ends what waits to be written down by a client that is gone; answers what there was. */
const endClosings = `select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid() and state = 'active' and query like '%attempts_step%'`;

async function open(ending: string | null) {
  const name = `Zeus ${ownWord()}`;
  const bad = ending === null ? {} : Object.fromEntries(vendorKeys.map((vendor) => [vendor, `${name} sim:${ending}`]));
  const submission = four.submission(name, bad);
  const ids = await openedAttempts(four.operator, submission);
  return { name, ids, correlationId: submission.correlationId };
}

const attemptsOf = async (correlationId: string) => (await getOnboardingRecord(four.operator, correlationId)).attempts;

/** Until each vendor has received its create; `answered`: and has said something. */
async function untilThere(name: string, answered: boolean): Promise<void> {
  for (const vendor of vendorKeys) {
    await vi.waitUntil(
      async () => (await four.createsAt(vendor, name)).some(({ status }) => !answered || status !== null),
      { timeout: 15_000 },
    );
  }
}

describe('killed', () => {
  test('between the commit and the sent marks: nothing left, each may be tried again', async () => {
    const { name, ids, correlationId } = await open(null);
    await kill(await startRunner(ids));
    await letTimePass(ids);
    const attempts = await attemptsOf(correlationId);
    expect(attempts).toHaveLength(4);
    for (const { vendor, state, nextStep } of attempts) {
      cells += 1;
      expect([vendor, state, nextStep]).toEqual([vendor, 'refused', 'retry']);
      expect(await four.createsAt(vendor, name)).toEqual([]);
    }
  });

  for (const [title, ending, there] of [
    ['between the marks and the answers, nothing applied', 'hang', 0],
    ['between the marks and the answers, applied and the answer lost', 'hang-after', 1],
    ['between the answers and the closings', 'delay-500', 1],
  ] as const) {
    test(`${title}: each unknown, never sent again, settled where the vendor keeps our key`, async () => {
      const { name, ids, correlationId } = await open(ending);
      const child = await startRunner(ids);
      child.send('go');
      await untilThere(name, false);
      if (ending === 'delay-500') {
        // The answers come while nobody can write them down.
        await withClient(database.superUrl, async (client) => {
          await client.query('begin');
          await client.query('select id from attempt where id = any ($1) for update', [ids]);
          await untilThere(name, true);
          await kill(child);
          // PostgreSQL would still carry out a statement whose client has died.
          await vi.waitUntil(async () => (await client.query(endClosings)).rowCount === 0, { timeout: 10_000 });
          await client.query('rollback');
        });
      } else await kill(child);
      await letTimePass(ids);
      for (const { vendor, state, nextStep } of await attemptsOf(correlationId)) {
        expect([vendor, state, nextStep]).toEqual([vendor, 'unknown', 'check']);
      }
      await runAttempts(ids);
      for (const { attemptId, vendor } of await attemptsOf(correlationId)) {
        cells += 1;
        expect([vendor, (await four.createsAt(vendor, name)).length]).toEqual([vendor, 1]);
        const found = await four.customersAt(vendor, name);
        expect([vendor, found.length]).toEqual([vendor, there]);
        const settles = there === 1 && found[0]?.key === correlationId;
        const answer = await checkAttempt(four.operator, attemptId);
        expect([vendor, answer.kind]).toEqual([vendor, settles ? 'settled' : 'not-found-yet']);
      }
    });
  }
});
