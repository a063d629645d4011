import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { closeAttempt, toClosing } from '../attempts/attempt-store';
import type { Actor } from '../auth/actor';
import { asSystem } from '../db/as-system';
import { closeDatabases } from '../db/client';
import { problemOf } from '../lists/list-fixture';
import { loadServiceForm } from '../services/load-service-form';
import { testDatabase } from '../testing/database';
import { openedAttempts } from '../testing/engine';
import { entriesOf } from '../testing/people';
import { avepointSubmission } from '../testing/services';
import { addActor, addAvepoint, addTree } from '../testing/world';
import { type AvepointSimulator, startAvepointSimulator } from '../vendors/avepoint/simulator';
import { simulatedCustomer } from '../vendors/avepoint/simulator/state';
import { closeVendors } from '../vendors/registry';
import type { VendorOutcome } from '../vendors/vendor';
import { getOnboardingRecord } from './get-onboarding-record';
import { planOnboarding } from './plan';
import { runAttempt } from './run-attempt';
import { runAttempts, runReleased } from './run-attempts';
import { settleByHand } from './settle';
import type { Submission } from './submission';

/** How a customer's attempt ends, and what then becomes of the services that wait for it. */

const database = await testDatabase();
const existing = simulatedCustomer(500, 'Already There Lda', 'PT');
let simulator: AvepointSimulator;
let tree: Awaited<ReturnType<typeof addTree>>;
let operator: Actor;
let admin: Actor;
let avepoint: string;
let cells = 0;

beforeAll(async () => {
  simulator = await startAvepointSimulator({ customers: [existing] });
  tree = await addTree();
  operator = await addActor({ partnerId: tree.csp, role: 'operator' });
  admin = await addActor({ partnerId: tree.csp, role: 'admin' });
  const { url: baseUrl, tokenUrl } = simulator;
  avepoint = await addAvepoint({ ownerPartnerId: tree.csp, baseUrl, tokenUrl, timeoutMs: 1_000 });
});
afterEach(() => simulator.control.reset());
afterAll(async () => {
  process.stdout.write(`customer’s ending × services: ${cells} cells\n`);
  await closeVendors();
  await simulator.stop();
  await closeDatabases();
  await database.drop();
});

const both = ['cloud-backup-m365', 'workspace-management'];
const submissionOf = (given: Partial<Parameters<typeof avepointSubmission>[0]> = {}) =>
  avepointSubmission({ partnerId: tree.csp, connectionId: avepoint, products: both, ...given });
/** The customer's attempt (the first), and those of its services. */
async function attemptsOf({ correlationId }: Submission) {
  const record = await getOnboardingRecord(operator, correlationId);
  const [customer, ...services] = record.attempts;
  if (customer === undefined) throw new Error('there is no attempt');
  return { record, customer, services };
}
/** What the services of the customer's attempt are in, and why. */
async function servicesOf(submission: Submission) {
  cells += 1;
  return (await attemptsOf(submission)).services.map(({ state, reason }) =>
    reason === null ? state : `${state} ${reason}`,
  );
}
const there = (vendorId: string | null | undefined) =>
  simulator.control.services().filter((one) => one.customerId === vendorId);
const sent = () => simulator.control.log().filter((one) => /\/customers\/[^/]+\/services$/.test(one.path));
const idThere = ({ facts }: Submission) =>
  simulator.control.customers().find((one) => one.organization === facts.name)?.id ?? '';
const letTimePass = (id: string) =>
  asSystem('seed', (tx) => tx.attempt.update({ where: { id }, data: { deadline: new Date(Date.now() - 1_000) } }));
const note = 'Seen in the console of the vendor.';
async function settled(attemptId: string, state: 'succeeded' | 'refused', vendorId: string | null = null) {
  await settleByHand(admin, { attemptId, state, vendorId, note });
  await runReleased(attemptId);
}
const late = (attemptId: string, outcome: VendorOutcome) =>
  closeAttempt(toClosing({ attemptId, partnerId: tree.csp, hasSecrets: false }, outcome, []));
const saidOf = async (action: string, ids: readonly string[]) =>
  (await entriesOf(action)).filter(({ subjectId }) => ids.includes(subjectId)).map(({ detail }) => detail);

const deciding = (submission: Submission, decision: Submission['vendors'][number]['decision']): Submission => ({
  ...submission,
  vendors: submission.vendors.map((vendor) => ({ ...vendor, decision })),
});

async function ran(given: Parameters<typeof submissionOf>[0] = {}) {
  const submission = submissionOf(given);
  await runAttempts(await openedAttempts(operator, submission));
  return submission;
}

describe('a customer that succeeds', () => {
  test('then its services, each once, at the very customer, which then has them', async () => {
    const submission = submissionOf();
    const plan = await planOnboarding(operator, submission);
    expect(plan).toMatchObject({ acting: 1, services: 2 });
    expect(plan.rows[0]?.services).toMatchObject([
      { verdict: 'create', reason: 'after-create', product: 'Cloud Backup for Microsoft 365' },
      { reason: 'after-create', request: { path: expect.stringContaining('/{customerId}/services') } },
    ]);
    const ids = await openedAttempts(operator, submission);
    const before = await attemptsOf(submission);
    expect(before.record.counts).toMatchObject({ pending: 1, waiting: 2 });
    expect(before.services.map(({ nextStep, waitsFor }) => [nextStep, waitsFor?.attemptId])).toEqual(
      both.map(() => ['wait', before.customer.attemptId]),
    );
    await runAttempts(ids);
    const { record, customer, services } = await attemptsOf(submission);
    expect(record.counts).toMatchObject({ succeeded: 3, waiting: 0 });
    expect(there(customer.vendorId)).toHaveLength(2);
    expect(sent()).toHaveLength(2);
    for (const { sentAt, releasedAt } of services)
      expect(releasedAt !== null && sentAt !== null && releasedAt <= sentAt).toBe(true);
    const form = await loadServiceForm(operator, record.customer?.customerId ?? '', { connection: avepoint });
    expect(form.known.services.map(({ addedBy }) => addedBy)).toEqual(both.map(() => submission.correlationId));
    const released = await saidOf(
      'attempt.released',
      services.map(({ attemptId }) => attemptId),
    );
    expect(released).toEqual(both.map(() => ({ vendorId: customer.vendorId, waitedFor: customer.attemptId })));
  });

  test('one that is adopted as well: its services go to the one that was chosen', async () => {
    const submission = submissionOf();
    const adopting = {
      ...deciding(submission, { kind: 'adopt', vendorId: existing.id }),
      facts: { ...submission.facts, name: existing.organization },
    };
    const plan = await planOnboarding(admin, adopting);
    expect(plan.rows[0]).toMatchObject({ verdict: 'adopt', services: both.map(() => ({ reason: 'after-adopt' })) });
    await runAttempts(await openedAttempts(admin, adopting));
    expect(await servicesOf(adopting)).toEqual(['succeeded', 'succeeded']);
    expect(there(existing.id)).toHaveLength(2);
  });

  test('each service ends by its own answer', async () => {
    const submission = submissionOf();
    const ids = await openedAttempts(operator, submission);
    const of = (ending: 'status' | 'error-after') => ({ ending, path: '/services', times: 1 }) as const;
    simulator.control.setFault({ ...of('status'), code: 3 }, of('error-after'));
    await runAttempts(ids);
    expect((await servicesOf(submission)).toSorted()).toEqual(['refused rejected', 'unknown vendor-failure']);
    const { services } = await attemptsOf(submission);
    const refused = services.find(({ state }) => state === 'refused');
    expect(refused).toMatchObject({ takenAlongBy: null, nextStep: 'fix-and-retry', may: { retry: true } });
  });
});

describe('a customer that is refused', () => {
  test('blocks its services in the same commit: nothing of them was sent, and each says so', async () => {
    const submission = await ran({ ending: 'refuse' });
    expect(await servicesOf(submission)).toEqual(['refused customer-refused', 'refused customer-refused']);
    const { customer, services, record } = await attemptsOf(submission);
    expect(record.counts).toMatchObject({ refused: 3, waiting: 0 });
    expect(services.map(({ nextStep, takenAlongBy, may }) => [nextStep, takenAlongBy, may.retry])).toEqual(
      both.map(() => ['retry', customer.attemptId, true]),
    );
    expect(services.flatMap(({ exchanges }) => exchanges)).toEqual([]);
    expect(sent()).toEqual([]);
    const said = await saidOf(
      'attempt.closed',
      services.map(({ attemptId }) => attemptId),
    );
    expect(said).toEqual(both.map(() => ({ state: 'refused', reason: 'customer-refused' })));
  });

  test('so does one that was never sent: read from the rows alone, and written with the next opening', async () => {
    const submission = submissionOf();
    await openedAttempts(operator, submission);
    const { customer, services } = await attemptsOf(submission);
    for (const { attemptId } of [customer, ...services]) await letTimePass(attemptId);
    expect(await servicesOf(submission)).toEqual(['refused customer-refused', 'refused customer-refused']);
    expect(sent()).toEqual([]);
    // The same customer once more: what lapsed is closed, and the new one goes its way.
    const again = deciding({ ...submission, correlationId: uuidv7() }, { kind: 'create-anyway' });
    await runAttempts(await openedAttempts(operator, again));
    expect(await servicesOf(again)).toEqual(['succeeded', 'succeeded']);
    const stored = await asSystem('seed', (tx) =>
      tx.attempt.findMany({ where: { correlationId: submission.correlationId }, select: { state: true } }),
    );
    expect(stored.map(({ state }) => state)).toEqual(['refused', 'refused', 'refused']);
  });
});

describe('a customer that is unknown', () => {
  test('makes its services wait, however long', async () => {
    const submission = await ran({ ending: 'reset-after' });
    const { customer, services, record } = await attemptsOf(submission);
    expect(record.counts).toMatchObject({ unknown: 1, waiting: 2 });
    expect(customer).toMatchObject({ state: 'unknown', nextStep: 'check' });
    expect(services).toMatchObject(
      both.map(() => ({ state: 'waiting', nextStep: 'wait', waitsFor: { state: 'unknown' } })),
    );
    for (const { deadline } of services) expect(Date.parse(deadline)).toBeGreaterThan(Date.now() + 365 * 86_400_000);
    // Nobody can send one before its time.
    await runAttempts(services.map(({ attemptId }) => attemptId));
    expect([await servicesOf(submission), sent()]).toEqual([['waiting', 'waiting'], []]);
  });

  test('settled as succeeded: released, and sent to the id that was settled', async () => {
    const submission = await ran({ ending: 'reset-after' });
    const { customer } = await attemptsOf(submission);
    await settled(customer.attemptId, 'succeeded', idThere(submission));
    expect(await servicesOf(submission)).toEqual(['succeeded', 'succeeded']);
    expect(there(idThere(submission))).toHaveLength(2);
  });

  test('settled as refused: refused with it', async () => {
    const submission = await ran({ ending: 'reset-before' });
    const { customer } = await attemptsOf(submission);
    await settled(customer.attemptId, 'refused');
    expect(await servicesOf(submission)).toEqual(['refused customer-refused', 'refused customer-refused']);
    expect(sent()).toEqual([]);
  });

  test.each(['succeeded', 'refused'] as const)(
    'a late answer that it is %s decides as the first one would have',
    async (state) => {
      const submission = submissionOf();
      await openedAttempts(operator, submission);
      const { customer, services } = await attemptsOf(submission);
      // Sent by a process that holds its answer while the deadline passes.
      await asSystem('seed', (tx) =>
        tx.attempt.update({ where: { id: customer.attemptId }, data: { state: 'sent', sentAt: new Date() } }),
      );
      await letTimePass(customer.attemptId);
      expect(await servicesOf(submission)).toEqual(['waiting', 'waiting']);
      const vendorId = uuidv7();
      await late(
        customer.attemptId,
        state === 'succeeded'
          ? { state, vendorId, vendorCorrelationId: null }
          : { state, problem: problemOf('rejected') },
      );
      expect(await servicesOf(submission)).toEqual(
        services.map(() => (state === 'succeeded' ? 'pending' : 'refused customer-refused')),
      );
    },
  );
});

describe('an answer that contradicts a settlement', () => {
  test('after the services were refused changes nothing about them; a person who then finds the customer adds them one by one', async () => {
    const submission = await ran({ ending: 'reset-after' });
    const { customer, record } = await attemptsOf(submission);
    await settled(customer.attemptId, 'refused');
    await late(customer.attemptId, { state: 'succeeded', vendorId: idThere(submission), vendorCorrelationId: null });
    expect(await servicesOf(submission)).toEqual(['refused customer-refused', 'refused customer-refused']);
    expect((await attemptsOf(submission)).services).toMatchObject(
      both.map(() => ({ waitsFor: { contradicted: true } })),
    );
    await settled(customer.attemptId, 'succeeded', idThere(submission));
    expect(await servicesOf(submission)).toEqual(['refused customer-refused', 'refused customer-refused']);
    expect(sent()).toEqual([]);
    const { services } = await attemptsOf(submission);
    expect(services).toMatchObject(both.map(() => ({ takenAlongBy: null, may: { retry: true } })));
    const form = await loadServiceForm(operator, record.customer?.customerId ?? '', {
      retry: services[0]?.attemptId ?? '',
    });
    expect(form.input).toMatchObject({ product: both[0] });
  });

  test('after the services were released lets those under way end; what has not left does not leave once the link is gone', async () => {
    const submission = await ran({ ending: 'reset-after' });
    const { customer } = await attemptsOf(submission);
    await settleByHand(admin, {
      attemptId: customer.attemptId,
      state: 'succeeded',
      vendorId: idThere(submission),
      note,
    });
    const [first, second] = (await attemptsOf(submission)).services;
    await runAttempt(first?.attemptId ?? '');
    await late(customer.attemptId, { state: 'refused', problem: problemOf('rejected') });
    await settleByHand(admin, { attemptId: customer.attemptId, state: 'refused', vendorId: null, note });
    await runAttempt(second?.attemptId ?? '');
    expect(await servicesOf(submission)).toEqual(['succeeded', 'refused invalid-request']);
    expect((await attemptsOf(submission)).services[1]?.problem?.message).toBe('not-sent.customer');
    expect(sent()).toHaveLength(1);
  });

  test('an id that belongs to another customer: the services wait for the person who decides', async () => {
    const other = await ran({ products: [] });
    const submission = submissionOf();
    await openedAttempts(operator, submission);
    const { customer } = await attemptsOf(submission);
    await asSystem('seed', (tx) =>
      tx.attempt.update({ where: { id: customer.attemptId }, data: { state: 'sent', sentAt: new Date() } }),
    );
    const { vendorId } = (await attemptsOf(other)).customer;
    await late(customer.attemptId, { state: 'succeeded', vendorId: vendorId ?? '', vendorCorrelationId: null });
    expect((await attemptsOf(submission)).customer).toMatchObject({ state: 'succeeded', contradicted: true });
    expect(await servicesOf(submission)).toEqual(['waiting', 'waiting']);
    await settled(customer.attemptId, 'refused');
    expect(await servicesOf(submission)).toEqual(['refused customer-refused', 'refused customer-refused']);
    expect(sent()).toEqual([]);
  });
});
