import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../auth/actor';
import { loadCustomerPage } from '../customers/customer-page';
import { asSystem } from '../db/as-system';
import { closeDatabases } from '../db/client';
import { loadFormStart } from '../onboarding/load-form-start';
import { runAttempts } from '../onboarding/run-attempts';
import { checkAttempt, settleByHand } from '../onboarding/settle';
import { testDatabase } from '../testing/database';
import { onlyAttempt } from '../testing/engine';
import { addActor, addAvepoint, addCustomerAboard, addTree } from '../testing/world';
import { emptyServiceInput } from '../vendors/avepoint/services/input';
import { type AvepointSimulator, startAvepointSimulator } from '../vendors/avepoint/simulator';
import { simulatedCustomer } from '../vendors/avepoint/simulator/state';
import { closeVendors } from '../vendors/registry';
import { addService } from './add-service';
import { loadServiceForm } from './load-service-form';
import { planService } from './plan-service';
import { refreshServices } from './read-services';
import type { ServiceSubmission } from './service-submission';

const database = await testDatabase();
let simulator: AvepointSimulator;
let tree: Awaited<ReturnType<typeof addTree>>;
let admin: Actor;
let operator: Actor;
let second: Actor;
let harborOperator: Actor;
let viewer: Actor;
let foreign: Actor;
let avepoint: string;

beforeAll(async () => {
  const customers = Array.from({ length: 40 }, (_, at) => simulatedCustomer(100 + at, `Service ${at}`, 'PT'));
  simulator = await startAvepointSimulator({ customers });
  tree = await addTree();
  admin = await addActor({ partnerId: tree.csp, role: 'admin' });
  operator = await addActor({ partnerId: tree.csp, role: 'operator' });
  second = await addActor({ partnerId: tree.csp, role: 'operator' });
  harborOperator = await addActor({ partnerId: tree.harbor, role: 'operator' });
  viewer = await addActor({ partnerId: tree.csp, role: 'viewer' });
  foreign = await addActor({ partnerId: tree.foreign, role: 'operator' });
  const { url: baseUrl, tokenUrl } = simulator;
  avepoint = await addAvepoint({ ownerPartnerId: tree.csp, baseUrl, tokenUrl, timeoutMs: 1_000 });
});
afterEach(() => simulator.control.reset());
afterAll(async () => {
  await closeVendors();
  await simulator.stop();
  await closeDatabases();
  await database.drop();
});

let used = 0;
/** A customer of this test's own at the vendor. */
async function aboard(partnerId = tree.csp, connectionId = avepoint) {
  const vendorId = simulator.control.customers()[used]?.id ?? '';
  used += 1;
  const customerId = await addCustomerAboard({ partnerId, connectionId, vendorId, name: 'Zeus & Sons' });
  return { customerId, connectionId, vendorId };
}
const trial = {
  ...emptyServiceInput,
  product: 'cloud-backup-m365',
  license: 'trial',
  storage: 's3',
  retentionYears: 1,
};
const submissionFor = (
  { customerId, connectionId }: { readonly customerId: string; readonly connectionId: string },
  rest: Partial<ServiceSubmission> = {},
): ServiceSubmission => ({
  correlationId: uuidv7(),
  customerId,
  connectionId,
  input: { ...trial },
  anyway: false,
  retryOf: null,
  ...rest,
});
async function submitted(actor: Actor, submission: ServiceSubmission) {
  const { planHash } = await planService(actor, submission);
  const answer = await addService(actor, planHash, submission);
  if (answer.kind !== 'opened') throw new Error('the plan moved');
  await runAttempts(answer.attempts);
  return onlyAttempt(actor, submission.correlationId);
}
/** Adds that the vendor received for one of its customers. */
const sent = (vendorId: string) =>
  simulator.control.log().filter((one) => one.path.endsWith(`/customers/${vendorId}/services`));
const at = (vendorId: string) => simulator.control.services().filter((one) => one.customerId === vendorId);
const known = async (actor: Actor, customerId: string) => (await loadCustomerPage(actor, customerId)).services;

describe('adding a service', () => {
  test('planned, sent once, succeeded; the record shows it, and the customer has it from that commit on', async () => {
    const customer = await aboard();
    const submission = submissionFor(customer);
    const plan = await planService(operator, submission);
    expect(plan).toMatchObject({ verdict: 'create', reason: 'new-service', product: 'Cloud Backup for Microsoft 365' });
    expect(plan.request).toMatchObject({ path: expect.stringContaining(customer.vendorId), body: { product: 2048 } });
    expect(at(customer.vendorId)).toHaveLength(0);
    const attempt = await submitted(operator, submission);
    expect(attempt).toMatchObject({
      operation: 'add-service',
      state: 'succeeded',
      vendorId: customer.vendorId,
      service: 'Cloud Backup for Microsoft 365',
      contradicted: false,
    });
    expect([sent(customer.vendorId).length, at(customer.vendorId).length]).toEqual([1, 1]);
    const [before] = await known(operator, customer.customerId);
    expect(before?.services).toMatchObject([{ product: 'cloud-backup-m365', addedBy: submission.correlationId }]);
    expect(await refreshServices(operator, customer)).toEqual({ kind: 'read', count: 1 });
    const [after] = await known(operator, customer.customerId);
    expect(after?.services).toMatchObject([{ addedBy: null, facts: { model: 'Trial', storage: 'Amazon S3' } }]);
    expect(Date.parse(after?.readAt ?? '')).toBeGreaterThan(Date.now() - 60_000);
  });

  test('the draft contract’s connection speaks the draft, and the attempt says which', async () => {
    const { url: baseUrl, tokenUrl } = simulator;
    const connectionId = await addAvepoint({ ownerPartnerId: tree.csp, baseUrl, tokenUrl, profile: '2025-09' });
    const attempt = await submitted(operator, submissionFor(await aboard(tree.csp, connectionId)));
    expect(attempt).toMatchObject({ state: 'succeeded', profile: '2025-09' });
    expect(attempt.request).toMatchObject({ body: { product: 'Office365Backup', licenseType: 'Trial', byos: false } });
  });

  test('a partner below works over the shared connection of the one above', async () => {
    const attempt = await submitted(harborOperator, submissionFor(await aboard(tree.harbor)));
    expect(attempt).toMatchObject({ state: 'succeeded' });
    expect(attempt.exchanges.every((one) => one.withheld === 'owner' && one.content === null)).toBe(true);
  });

  test('the same submission fifty times at once is sent once', async () => {
    const customer = await aboard();
    const submission = submissionFor(customer);
    const { planHash } = await planService(operator, submission);
    await Promise.all(
      Array.from({ length: 50 }, async () => {
        const answer = await addService(operator, planHash, submission);
        if (answer.kind === 'opened') await runAttempts(answer.attempts);
      }),
    );
    expect([sent(customer.vendorId).length, at(customer.vendorId).length]).toEqual([1, 1]);
  });

  test('two people who add the same at once make one; the second sees why', async () => {
    const customer = await aboard();
    const both = [submissionFor(customer), submissionFor(customer)];
    const plans = await Promise.all(both.map((one, index) => planService(index === 0 ? operator : second, one)));
    expect(plans.map((plan) => plan.verdict)).toEqual(['create', 'create']);
    const ends = await Promise.all(
      both.map(async (one, index) => {
        try {
          const answer = await addService(index === 0 ? operator : second, plans[index]?.planHash ?? '', one);
          if (answer.kind === 'opened') await runAttempts(answer.attempts);
          return answer.kind;
        } catch (error) {
          return error instanceof Error ? error.message : 'other';
        }
      }),
    );
    expect(ends.filter((end) => end === 'opened')).toHaveLength(1);
    expect(ends.find((end) => end !== 'opened')).toMatch(/plan-moved|right now/);
    expect(at(customer.vendorId)).toHaveLength(1);
    expect(await planService(second, submissionFor(customer))).toMatchObject({ reason: 'service-known' });
  });

  test('a service that is known blocks, until a person says otherwise; the vendor’s own no is a refusal', async () => {
    const customer = await aboard();
    await submitted(operator, submissionFor(customer));
    const again = submissionFor(customer);
    const plan = await planService(operator, again);
    expect(plan).toMatchObject({ verdict: 'blocked', reason: 'service-known', mayAddAnyway: true, request: null });
    await expect(addService(operator, plan.planHash, again)).rejects.toThrow(/blocked/);
    const attempt = await submitted(operator, submissionFor(customer, { anyway: true }));
    expect(attempt).toMatchObject({
      state: 'refused',
      problem: { vendorType: 'status 12' },
      nextStep: 'fix-and-retry',
    });
    expect(at(customer.vendorId)).toHaveLength(1);
  });

  test('what nobody could read blocks, until a person says otherwise', async () => {
    const customer = await aboard();
    simulator.control.setFault({ ending: 'forbidden', path: '/services/batch', times: null });
    const plan = await planService(operator, submissionFor(customer));
    expect(plan).toMatchObject({ reason: 'look-up-failed', mayAddAnyway: true, problem: { kind: 'forbidden' } });
    const attempt = await submitted(operator, submissionFor(customer, { anyway: true }));
    expect(attempt.state).toBe('succeeded');
    expect(await refreshServices(operator, customer)).toMatchObject({ kind: 'failed', problem: { kind: 'forbidden' } });
  });

  test('what breaks the vendor’s rules is blocked with the rule, and nothing is sent', async () => {
    const customer = await aboard();
    const submission = submissionFor(customer, { input: { ...trial, retentionYears: 1.5 } });
    const plan = await planService(operator, submission);
    expect(plan).toMatchObject({ reason: 'invalid', findings: [{ field: 'service.retentionYears' }] });
    await expect(addService(operator, plan.planHash, submission)).rejects.toThrow(/blocked/);
    const shape = submissionFor(customer, { input: { product: 7 } });
    expect(await planService(operator, shape)).toMatchObject({ reason: 'invalid', request: null });
    expect(sent(customer.vendorId)).toEqual([]);
  });

  test('an id that was used for something else is refused', async () => {
    const customer = await aboard();
    const submission = submissionFor(customer);
    await submitted(operator, submission);
    const other = { ...submission, input: { ...trial, retentionYears: 2 } };
    await expect(addService(operator, '0'.repeat(64), other)).rejects.toThrow(/used already/);
  });
});

describe('a refusal', () => {
  test('keeps the input, is corrected and tried again under the same id, once', async () => {
    const customer = await aboard();
    const submission = submissionFor(customer);
    simulator.control.setFault({ ending: 'status', code: 3, path: '/services', body: '"licenseType"' });
    const refused = await submitted(operator, submission);
    expect(refused).toMatchObject({ state: 'refused', nextStep: 'fix-and-retry', may: { retry: true, adopt: false } });
    const form = await loadServiceForm(operator, customer.customerId, { retry: refused.attemptId });
    expect(form).toMatchObject({ input: trial, retry: { problem: { vendorType: 'status 3' } } });
    const retry = {
      ...submission,
      input: { ...trial, product: 'workspace-management' },
      retryOf: refused.attemptId,
    };
    const attempt = await submitted(operator, retry);
    expect(attempt).toMatchObject({ state: 'succeeded', retryOf: refused.attemptId, service: 'Workspace Management' });
    const again = await addService(operator, '0'.repeat(64), retry);
    expect(again).toMatchObject({ kind: 'opened', attempts: [] });
    expect([sent(customer.vendorId).length, at(customer.vendorId).length]).toEqual([2, 1]);
    await expect(loadServiceForm(operator, customer.customerId, { retry: refused.attemptId })).rejects.toThrow();
  });

  test('is no form of a new customer', async () => {
    simulator.control.setFault({ ending: 'status', code: 3, path: '/services', body: '"licenseType"' });
    const refused = await submitted(operator, submissionFor(await aboard()));
    await expect(loadFormStart(operator, { retry: refused.attemptId })).rejects.toThrow();
  });

  test('rights taken away between plan and sending: nothing leaves', async () => {
    const leaver = await addActor({ partnerId: tree.csp, role: 'operator' });
    const customer = await aboard();
    const submission = submissionFor(customer);
    const { planHash } = await planService(leaver, submission);
    const answer = await addService(leaver, planHash, submission);
    if (answer.kind !== 'opened') throw new Error('the plan moved');
    await asSystem('seed', (tx) => tx.roleGrant.deleteMany({ where: { userId: leaver.userId } }));
    await runAttempts(answer.attempts);
    const attempt = await onlyAttempt(operator, submission.correlationId);
    expect(attempt).toMatchObject({ state: 'refused', problem: { message: 'not-sent.rights' } });
    expect([sent(customer.vendorId).length, at(customer.vendorId).length]).toEqual([0, 0]);
  });

  test('a customer that is gone at the vendor', async () => {
    const { url: baseUrl, tokenUrl } = simulator;
    const connectionId = await addAvepoint({ ownerPartnerId: tree.csp, baseUrl, tokenUrl });
    const vendorId = uuidv7();
    const customerId = await addCustomerAboard({ partnerId: tree.csp, connectionId, vendorId, name: 'Gone Lda' });
    expect(await submitted(operator, submissionFor({ customerId, connectionId }))).toMatchObject({
      state: 'refused',
      problem: { status: 404 },
    });
  });
});

describe('an unknown outcome', () => {
  test.each([
    ['error-after', 1, true],
    ['error-before', 0, false],
  ] as const)('%s: the look-up is evidence and settles nothing; a person does', async (ending, there, isThere) => {
    const customer = await aboard();
    const submission = submissionFor(customer);
    simulator.control.setFault({ ending, path: `${customer.vendorId}/services` });
    const unknown = await submitted(operator, submission);
    expect(unknown).toMatchObject({ state: 'unknown', nextStep: 'check', lookUps: { done: 0, byKey: false } });
    expect(at(customer.vendorId)).toHaveLength(there);
    // Meanwhile nobody adds it a second time, whatever they say.
    expect(await planService(second, submissionFor(customer, { anyway: true }))).toMatchObject({
      reason: 'open-attempt',
      openAttempt: { attemptId: unknown.attemptId },
      mayAddAnyway: false,
    });
    const seen = await checkAttempt(operator, unknown.attemptId);
    expect(seen).toMatchObject({ kind: 'service', name: 'Cloud Backup for Microsoft 365', before: 0 });
    expect(seen.kind === 'service' && seen.there.length).toBe(there);
    expect((await onlyAttempt(operator, submission.correlationId)).state).toBe('unknown');
    const state = isThere ? 'succeeded' : 'refused';
    const settling = { attemptId: unknown.attemptId, state, vendorId: null, note: 'Seen in the portal.' } as const;
    await expect(settleByHand(operator, settling)).rejects.toThrow();
    await settleByHand(admin, settling);
    const settled = await onlyAttempt(operator, submission.correlationId);
    expect(settled).toMatchObject({ state, settlement: { how: 'by-hand' } });
    const [now] = await known(operator, customer.customerId);
    expect(now?.services.map((one) => one.product)).toEqual(isThere ? ['cloud-backup-m365'] : []);
  });

  test('a reading that fails is said, and changes nothing', async () => {
    const customer = await aboard();
    simulator.control.setFault({ ending: 'reset-before', path: `${customer.vendorId}/services` });
    const unknown = await submitted(operator, submissionFor(customer));
    simulator.control.setFault({ ending: 'forbidden', path: '/services/batch' });
    expect(await checkAttempt(operator, unknown.attemptId)).toMatchObject({ kind: 'failed' });
  });
});

describe('who may', () => {
  test('a viewer may not, and what is outside the branch is not there', async () => {
    const customer = await aboard();
    const submission = submissionFor(customer);
    await expect(planService(viewer, submission)).rejects.toThrow(/not permitted/);
    await expect(refreshServices(viewer, customer)).rejects.toThrow(/not permitted/);
    for (const actor of [foreign, harborOperator]) {
      await expect(planService(actor, submission)).rejects.toMatchObject({ name: 'NotFound' });
      await expect(addService(actor, '0'.repeat(64), submission)).rejects.toMatchObject({ name: 'NotFound' });
      await expect(refreshServices(actor, customer)).rejects.toMatchObject({ name: 'NotFound' });
      await expect(loadServiceForm(actor, customer.customerId, { connection: avepoint })).rejects.toMatchObject({
        name: 'NotFound',
      });
    }
  });

  test('a connection where the customer is not aboard is refused with a sentence', async () => {
    const { url: baseUrl, tokenUrl } = simulator;
    const connectionId = await addAvepoint({ ownerPartnerId: tree.csp, baseUrl, tokenUrl });
    const { customerId } = await aboard();
    await expect(planService(operator, submissionFor({ customerId, connectionId }))).rejects.toThrow(/not aboard/);
    const elsewhere = await addAvepoint({ ownerPartnerId: tree.foreign, baseUrl, tokenUrl });
    await expect(planService(operator, submissionFor({ customerId, connectionId: elsewhere }))).rejects.toMatchObject({
      name: 'NotFound',
    });
  });

  test('a disabled connection blocks, and is not read', async () => {
    const { url: baseUrl, tokenUrl } = simulator;
    const connectionId = await addAvepoint({ ownerPartnerId: tree.csp, baseUrl, tokenUrl });
    const customer = await aboard(tree.csp, connectionId);
    await asSystem('seed', (tx) =>
      tx.connection.update({ where: { id: connectionId }, data: { disabledAt: new Date() } }),
    );
    expect(await planService(operator, submissionFor(customer))).toMatchObject({
      verdict: 'blocked',
      reason: 'connection-unusable',
      readAt: null,
    });
    await expect(refreshServices(operator, customer)).rejects.toThrow(/disabled/);
  });
});
