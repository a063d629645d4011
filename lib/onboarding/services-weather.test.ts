import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../auth/actor';
import { closeDatabases } from '../db/client';
import { testDatabase } from '../testing/database';
import { openedAttempts } from '../testing/engine';
import { avepointSubmission } from '../testing/services';
import { addActor, addAvepoint, addTree } from '../testing/world';
import { type AvepointSimulator, startAvepointSimulator } from '../vendors/avepoint/simulator';
import { closeVendors } from '../vendors/registry';
import { getOnboardingRecord } from './get-onboarding-record';
import { runAttempts, runReleased } from './run-attempts';
import { settleByHand } from './settle';

/** Every way in which a customer ends × every way in which the vendor answers its service. */

const database = await testDatabase();
let simulator: AvepointSimulator;
let operator: Actor;
let admin: Actor;
/** One for each cell: so many failures in a row would make it rest. */
let newConnection: () => Promise<string>;
let cells = 0;

beforeAll(async () => {
  simulator = await startAvepointSimulator();
  const tree = await addTree();
  operator = await addActor({ partnerId: tree.csp, role: 'operator' });
  admin = await addActor({ partnerId: tree.csp, role: 'admin' });
  const { url: baseUrl, tokenUrl } = simulator;
  newConnection = () => addAvepoint({ ownerPartnerId: tree.csp, baseUrl, tokenUrl, timeoutMs: 1_000 });
});
afterEach(() => simulator.control.reset());
afterAll(async () => {
  process.stdout.write(`customer’s ending × service’s answer: ${cells} cells\n`);
  await closeVendors();
  await simulator.stop();
  await closeDatabases();
  await database.drop();
});

/** How the customer's create ends, and what a person then says, where somebody has to. */
const customers = [
  { ending: null, settled: null, there: true },
  { ending: 'refuse', settled: null, there: false },
  { ending: 'conflict', settled: null, there: false },
  { ending: 'forbidden', settled: null, there: false },
  { ending: 'error-after', settled: 'succeeded', there: true },
  { ending: 'hang-after', settled: 'succeeded', there: true },
  { ending: 'reset-before', settled: 'refused', there: false },
] as const;

/** How the vendor answers the service, what it is then, and how many are there. */
const services = [
  { fault: null, state: 'succeeded', made: 1 },
  { fault: { ending: 'unauthorized' }, state: 'succeeded', made: 1 },
  { fault: { ending: 'status', code: 4 }, state: 'refused', made: 0 },
  { fault: { ending: 'status', code: 16 }, state: 'refused', made: 0 },
  { fault: { ending: 'forbidden' }, state: 'refused', made: 0 },
  { fault: { ending: 'error-before' }, state: 'unknown', made: 0 },
  { fault: { ending: 'error-after' }, state: 'unknown', made: 1 },
  { fault: { ending: 'reset-after' }, state: 'unknown', made: 1 },
  { fault: { ending: 'hang' }, state: 'unknown', made: 0 },
  { fault: { ending: 'wrong-shape' }, state: 'unknown', made: 1 },
  { fault: { ending: 'other-customer' }, state: 'unknown', made: 1 },
] as const;

const sent = () => simulator.control.log().filter((one) => /\/customers\/[^/]+\/services$/.test(one.path));

describe.each(customers)('customer $ending, settled as $settled', ({ ending, settled, there }) => {
  // Where the customer is not there nobody is asked about its service, so that one answer stands for all.
  test.each(there ? services : services.slice(0, 1))('service $fault', async ({ fault, state, made }) => {
    cells += 1;
    const submission = avepointSubmission({
      partnerId: operator.partnerId,
      connectionId: await newConnection(),
      ...(ending === null ? {} : { ending }),
    });
    const ids = await openedAttempts(operator, submission);
    if (fault !== null) simulator.control.setFault({ ...fault, path: '/services' });
    await runAttempts(ids);
    const [attemptId = ''] = ids;
    const read = async () => {
      const [customer, service] = (await getOnboardingRecord(operator, submission.correlationId)).attempts;
      return { customer, service };
    };
    if (settled !== null) {
      expect(await read()).toMatchObject({ customer: { state: 'unknown' }, service: { state: 'waiting' } });
      expect(sent()).toEqual([]);
      const vendorId =
        simulator.control.customers().find((one) => one.organization === submission.facts.name)?.id ?? null;
      await settleByHand(admin, { attemptId, state: settled, vendorId, note: 'Seen in the vendor’s portal.' });
      await runReleased(attemptId);
    }
    const { customer, service } = await read();
    expect(customer?.state).toBe(there ? 'succeeded' : 'refused');
    expect([service?.state, service?.reason === 'customer-refused']).toEqual(
      there ? [state, false] : ['refused', true],
    );
    // A 401 is repeated once with a new token; nothing else leaves twice, and nothing for a customer that is not there.
    const again = fault?.ending === 'unauthorized' ? 2 : 1;
    expect(sent()).toHaveLength(there ? again : 0);
    expect(simulator.control.services().filter((one) => one.customerId === customer?.vendorId)).toHaveLength(
      there ? made : 0,
    );
  });
});
