import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Actor } from '../auth/actor';
import { asSystem } from '../db/as-system';
import { closeDatabases } from '../db/client';
import { withClient } from '../db/logins';
import { addService } from '../services/add-service';
import { loadServiceForm } from '../services/load-service-form';
import { planService } from '../services/plan-service';
import { kill, startRunner } from '../testing/attempt-runner';
import { testDatabase } from '../testing/database';
import { openedAttempts } from '../testing/engine';
import { avepointSubmission, trialOf } from '../testing/services';
import { addActor, addAvepoint, addCockpit, addTree, addVendorAccount } from '../testing/world';
import { type AvepointSimulator, startAvepointSimulator } from '../vendors/avepoint/simulator';
import { closeVendors } from '../vendors/registry';
import { openAdoption } from './adopt';
import { saveDraft } from './draft-store';
import { getOnboardingRecord } from './get-onboarding-record';
import { loadFormStart } from './load-form-start';
import { onboard } from './onboard';
import { planOnboarding } from './plan';
import { runAttempt } from './run-attempt';
import { runAttempts, runReleased } from './run-attempts';
import { settleByHand } from './settle';
import type { Submission } from './submission';

/** Services of a new customer: once per decision, with the rights of the moment, whoever dies meanwhile, and tried again. */

const database = await testDatabase();
let simulator: AvepointSimulator;
let tree: Awaited<ReturnType<typeof addTree>>;
let operator: Actor;
let second: Actor;
let admin: Actor;
let avepoint: string;

const newAvepoint = () =>
  addAvepoint({ ownerPartnerId: tree.csp, baseUrl: simulator.url, tokenUrl: simulator.tokenUrl, timeoutMs: 1_000 });

beforeAll(async () => {
  simulator = await startAvepointSimulator();
  tree = await addTree();
  operator = await addActor({ partnerId: tree.csp, role: 'operator' });
  second = await addActor({ partnerId: tree.csp, role: 'operator' });
  admin = await addActor({ partnerId: tree.csp, role: 'admin' });
  avepoint = await newAvepoint();
});
afterEach(() => simulator.control.reset());
afterAll(async () => {
  await closeVendors();
  await simulator.stop();
  await closeDatabases();
  await database.drop();
});

const submissionOf = (given: Partial<Parameters<typeof avepointSubmission>[0]> = {}) =>
  avepointSubmission({ partnerId: tree.csp, connectionId: avepoint, ...given });
const withServices = (submission: Submission, services: Submission['vendors'][number]['services']): Submission => ({
  ...submission,
  vendors: submission.vendors.map((vendor) => ({ ...vendor, services })),
});
async function attemptsOf({ correlationId }: Pick<Submission, 'correlationId'>) {
  const record = await getOnboardingRecord(operator, correlationId);
  const { attempts } = record;
  const [customer] = attempts;
  if (customer === undefined) throw new Error('there is no attempt');
  // Without services the customer's attempt is the last.
  return { record, attempts, customer, service: attempts[1] ?? customer, last: attempts.at(-1) ?? customer };
}
const servicesAt = (vendorId: string | null | undefined) =>
  simulator.control.services().filter((one) => one.customerId === vendorId);
const customersNamed = (name: string) => simulator.control.customers().filter((one) => one.organization === name);
const sent = () => simulator.control.log().filter((one) => /\/customers\/[^/]+\/services$/.test(one.path));
const letTimePass = (id: string) =>
  asSystem('seed', (tx) => tx.attempt.update({ where: { id }, data: { deadline: new Date(Date.now() - 1_000) } }));
const note = 'Seen in the console of the vendor.';

async function submitAndRun(actor: Actor, planHash: string, submission: Submission): Promise<string> {
  try {
    const answer = await onboard(actor, planHash, submission);
    if (answer.kind === 'opened') await runAttempts(answer.attempts);
    return answer.kind;
  } catch (error) {
    return error instanceof Error ? error.message : 'other';
  }
}

describe('once', () => {
  test('the same submission fifty times at once is one customer and one service', async () => {
    const submission = submissionOf();
    const { planHash } = await planOnboarding(operator, submission);
    const ends = await Promise.all(Array.from({ length: 50 }, () => submitAndRun(operator, planHash, submission)));
    expect(new Set(ends)).toEqual(new Set(['opened']));
    const { customer, attempts } = await attemptsOf(submission);
    expect(attempts.map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);
    expect([customersNamed(submission.facts.name).length, servicesAt(customer.vendorId).length]).toEqual([1, 1]);
    expect(sent()).toHaveLength(1);
  });

  test('two who onboard the same customer with services at once make one of each', async () => {
    const one = submissionOf();
    const two = { ...one, correlationId: uuidv7() };
    const hashes = await Promise.all([planOnboarding(operator, one), planOnboarding(second, two)]);
    const ends = await Promise.all([
      submitAndRun(operator, hashes[0].planHash, one),
      submitAndRun(second, hashes[1].planHash, two),
    ]);
    expect(ends.filter((end) => end === 'opened')).toHaveLength(1);
    expect(customersNamed(one.facts.name)).toHaveLength(1);
    expect(sent()).toHaveLength(1);
  });

  test('what was planned is what is submitted: another service under the same plan is not sent', async () => {
    const submission = submissionOf();
    const { planHash } = await planOnboarding(operator, submission);
    const other = withServices(submission, [{ input: trialOf('workspace-management'), retryOf: null }]);
    expect(await submitAndRun(operator, planHash, other)).toBe('plan-moved');
    const more = withServices(submission, [
      ...(submission.vendors[0]?.services ?? []),
      ...(other.vendors[0]?.services ?? []),
    ]);
    expect(await submitAndRun(operator, planHash, more)).toBe('plan-moved');
    expect(customersNamed(submission.facts.name)).toEqual([]);
  });

  test('run again and again, a service is sent once', async () => {
    const submission = submissionOf();
    const ids = await openedAttempts(operator, submission);
    await Promise.all([runAttempts(ids), runAttempts(ids)]);
    await runReleased(ids[0] ?? '');
    await runAttempts(ids);
    expect(sent()).toHaveLength(1);
  });

  test.each([
    ['has added', null],
    ['is adding', 'error-after'],
  ] as const)(
    'whom somebody %s the same service meanwhile gets one: the one that waited says so',
    async (_, ending) => {
      const submission = submissionOf({ ending: 'reset-after' });
      await runAttempts(await openedAttempts(operator, submission));
      const { customer, record } = await attemptsOf(submission);
      const customerId = record.customer?.customerId ?? '';
      const vendorId = customersNamed(submission.facts.name)[0]?.id ?? '';
      // Linked another way, and given the service in a form of its own.
      await addVendorAccount({ partnerId: tree.csp, customerId, connectionId: avepoint, vendorId });
      const single = {
        correlationId: uuidv7(),
        customerId,
        connectionId: avepoint,
        input: trialOf(),
        anyway: false,
        retryOf: null,
      };
      if (ending !== null) simulator.control.setFault({ ending, path: `${vendorId}/services` });
      const opened = await addService(second, (await planService(second, single)).planHash, single);
      if (opened.kind !== 'opened') throw new Error('the plan moved');
      await runAttempts(opened.attempts);
      await settleByHand(admin, { attemptId: customer.attemptId, state: 'succeeded', vendorId, note });
      await runReleased(customer.attemptId);
      expect((await attemptsOf(submission)).service).toMatchObject({
        state: 'refused',
        problem: { message: 'not-sent.open-attempt' },
      });
      expect(sent()).toHaveLength(1);
    },
  );
});

describe('the plan', () => {
  test('a service that the vendor would refuse blocks its customer too, and says which field', async () => {
    const submission = withServices(submissionOf(), [
      { input: trialOf('workspace-management'), retryOf: null },
      { input: { ...trialOf(), retentionYears: 1.5 }, retryOf: null },
    ]);
    const plan = await planOnboarding(operator, submission);
    expect(plan).toMatchObject({ acting: 0, services: 0 });
    expect(plan.rows[0]).toMatchObject({
      verdict: 'blocked',
      reason: 'invalid',
      services: [
        { verdict: 'blocked', reason: 'customer-blocked', request: null },
        { verdict: 'blocked', reason: 'invalid', findings: [{ field: 'services.1.retentionYears' }] },
      ],
    });
    expect(await submitAndRun(operator, plan.planHash, submission)).toMatch(/would do nothing/);
  });

  test('each product once; what cannot be read at all is said as well', async () => {
    const twice = withServices(submissionOf(), [
      { input: trialOf(), retryOf: null },
      { input: trialOf(), retryOf: null },
    ]);
    const { rows } = await planOnboarding(operator, twice);
    expect(rows[0]?.services.map(({ reason }) => reason)).toEqual(['customer-blocked', 'invalid']);
    expect(rows[0]?.services[1]?.findings[0]).toMatchObject({ field: 'services.1.product', message: 'service-twice' });
    const unread = withServices(submissionOf(), [{ input: { product: 7 }, retryOf: null }]);
    expect((await planOnboarding(operator, unread)).rows[0]?.services).toMatchObject([
      { reason: 'invalid', findings: [{ field: 'services.0.product', message: 'shape' }] },
    ]);
  });

  test('a vendor without services takes none', async () => {
    const cockpit = await addCockpit({
      ownerPartnerId: tree.csp,
      baseUrl: simulator.url,
      tokenUrl: simulator.tokenUrl,
    });
    await expect(planOnboarding(operator, submissionOf({ connectionId: cockpit }))).rejects.toThrow(/no services here/);
  });

  test('a customer that is blocked blocks its services', async () => {
    const first = submissionOf({ products: [] });
    await runAttempts(await openedAttempts(operator, first));
    const again = { ...submissionOf(), facts: first.facts };
    const plan = await planOnboarding(operator, again);
    expect(plan.rows[0]).toMatchObject({
      verdict: 'blocked',
      services: [{ verdict: 'blocked', reason: 'customer-blocked' }],
    });
    expect(plan).toMatchObject({ acting: 0, services: 0 });
  });

  test('a customer that is aboard gets its services at once; one that it has is blocked', async () => {
    const first = submissionOf({ products: [] });
    await runAttempts(await openedAttempts(operator, first));
    const { record, customer } = await attemptsOf(first);
    const customerId = record.customer?.customerId ?? '';
    const more = {
      ...submissionOf({ products: ['cloud-backup-m365', 'workspace-management'] }),
      facts: first.facts,
      customerId,
    };
    const plan = await planOnboarding(operator, more);
    expect(plan).toMatchObject({ acting: 1, services: 2 });
    expect(plan.rows[0]).toMatchObject({
      verdict: 'skip',
      services: [{ reason: 'new-service' }, { reason: 'new-service' }],
    });
    expect(plan.rows[0]?.services[0]?.request?.path).toContain(customer.vendorId);
    expect(await submitAndRun(operator, plan.planHash, more)).toBe('opened');
    const { attempts } = await attemptsOf(more);
    expect(attempts).toMatchObject(
      [0, 1].map(() => ({ operation: 'add-service', state: 'succeeded', waitsFor: null })),
    );
    expect(servicesAt(customer.vendorId)).toHaveLength(2);
    const third = { ...more, correlationId: uuidv7() };
    expect((await planOnboarding(operator, third)).rows[0]?.services).toMatchObject([
      { verdict: 'blocked', reason: 'service-known' },
      { verdict: 'blocked', reason: 'service-known' },
    ]);
  });

  test('a draft keeps them as typed', async () => {
    const { correlationId, partnerId, facts, vendors } = submissionOf();
    const services = [{ input: { ...trialOf(), seats: 'many' }, retryOf: null }];
    const connectionId = vendors[0]?.connectionId ?? '';
    const content = {
      partnerId,
      customerId: null,
      facts: { ...facts },
      vendors: [{ connectionId, input: {}, retryOf: null, services }],
    };
    await saveDraft(operator, correlationId, content);
    expect((await loadFormStart(operator, { draft: correlationId })).vendors).toMatchObject([{ services }]);
  });
});

describe('when it leaves', () => {
  async function waiting(actor: Actor, connectionId = avepoint) {
    const submission = submissionOf({ connectionId, ending: 'reset-after' });
    await runAttempts(await openedAttempts(actor, submission));
    const { customer } = await attemptsOf(submission);
    const vendorId = customersNamed(submission.facts.name)[0]?.id ?? '';
    const settle = async () => {
      await settleByHand(admin, { attemptId: customer.attemptId, state: 'succeeded', vendorId, note });
      await runReleased(customer.attemptId);
      return (await attemptsOf(submission)).service;
    };
    return { submission, customer, settle };
  }

  test('the person who submitted it may still onboard, or nothing is sent', async () => {
    const leaver = await addActor({ partnerId: tree.csp, role: 'operator' });
    const { settle } = await waiting(leaver);
    await asSystem('seed', (tx) => tx.roleGrant.deleteMany({ where: { userId: leaver.userId } }));
    expect(await settle()).toMatchObject({ state: 'refused', problem: { message: 'not-sent.rights' } });
    expect(sent()).toEqual([]);
  });

  test('the connection is the one that was planned, or nothing is sent', async () => {
    const connectionId = await newAvepoint();
    const { settle } = await waiting(operator, connectionId);
    await asSystem('seed', (tx) =>
      tx.connection.update({ where: { id: connectionId }, data: { version: { increment: 1 } } }),
    );
    expect(await settle()).toMatchObject({ state: 'refused', problem: { message: 'not-sent.connection' } });
    expect(sent()).toEqual([]);
  });

  test('the database lets nothing that waits be sent, nor be about another customer', async () => {
    const { submission } = await waiting(operator);
    const { attemptId } = (await attemptsOf(submission)).service;
    await withClient(database.superUrl, async (client) => {
      const change = (set: string) => client.query(`update attempt set ${set} where id = $1`, [attemptId]);
      await expect(change("state = 'sent'")).rejects.toThrow(/does not go from waiting to sent/);
      await expect(change("state = 'succeeded'")).rejects.toThrow(/does not go from waiting to succeeded/);
      await expect(change("subject = 'another|cloud-backup-m365'")).rejects.toThrow(/never changed/);
      await expect(change('waits_for = id')).rejects.toThrow(/never changed/);
    });
  });
});

describe('killed', () => {
  test('before the customer left: neither it nor its service was ever sent, and both are tried again together', async () => {
    const submission = submissionOf();
    const ids = await openedAttempts(operator, submission);
    await kill(await startRunner(ids));
    for (const id of ids) await letTimePass(id);
    const { customer, service } = await attemptsOf(submission);
    expect(customer).toMatchObject({ state: 'refused', reason: 'never-sent', nextStep: 'retry' });
    expect(service).toMatchObject({ state: 'refused', reason: 'customer-refused', takenAlongBy: customer.attemptId });
    expect(customersNamed(submission.facts.name)).toEqual([]);
    const form = await loadFormStart(operator, { retry: customer.attemptId });
    expect(form.vendors).toMatchObject([{ services: [{ input: trialOf(), retryOf: service.attemptId }] }]);
  });

  test('while the customer is under way: it is unknown and its service waits', async () => {
    const submission = submissionOf({ ending: 'hang-after' });
    const ids = await openedAttempts(operator, submission);
    const child = await startRunner(ids);
    child.send('go');
    await vi.waitUntil(() => customersNamed(submission.facts.name).length === 1, { timeout: 10_000 });
    await kill(child);
    await letTimePass(ids[0] ?? '');
    const { customer, service } = await attemptsOf(submission);
    expect([customer.state, service.state]).toEqual(['unknown', 'waiting']);
    await settleByHand(admin, {
      attemptId: customer.attemptId,
      state: 'succeeded',
      vendorId: customersNamed(submission.facts.name)[0]?.id ?? '',
      note,
    });
    await runReleased(customer.attemptId);
    expect((await attemptsOf(submission)).service.state).toBe('succeeded');
    expect(sent()).toHaveLength(1);
  });

  test('between the release and the sending: never sent, and tried again in a form of its own', async () => {
    const submission = submissionOf();
    const [customerId] = await openedAttempts(operator, submission);
    // The customer's run ends here, as its process does.
    await runAttempt(customerId ?? '');
    const released = (await attemptsOf(submission)).service;
    expect(released).toMatchObject({ state: 'pending', releasedAt: expect.any(String) });
    expect(Date.parse(released.deadline)).toBeGreaterThan(Date.now() + 20_000);
    await letTimePass(released.attemptId);
    const { service, record } = await attemptsOf(submission);
    expect(service).toMatchObject({ state: 'refused', reason: 'never-sent', takenAlongBy: null, may: { retry: true } });
    await runReleased(customerId ?? '');
    expect(sent()).toEqual([]);
    const single = {
      correlationId: submission.correlationId,
      customerId: record.customer?.customerId ?? '',
      connectionId: avepoint,
      input: trialOf(),
      anyway: false,
      retryOf: service.attemptId,
    };
    const answer = await addService(operator, (await planService(operator, single)).planHash, single);
    if (answer.kind !== 'opened') throw new Error('the plan moved');
    await runAttempts(answer.attempts);
    expect((await attemptsOf(submission)).last).toMatchObject({ state: 'succeeded', retryOf: service.attemptId });
  });

  test('while the service is under way: it is unknown, and never sent again', async () => {
    const submission = submissionOf();
    const ids = await openedAttempts(operator, submission);
    simulator.control.setFault({ ending: 'hang-after', path: '/services' });
    const child = await startRunner(ids);
    child.send('go');
    await vi.waitUntil(() => sent().length === 1, { timeout: 10_000 });
    await kill(child);
    await letTimePass(ids[1] ?? '');
    const { customer, service } = await attemptsOf(submission);
    expect([customer.state, service.state]).toEqual(['succeeded', 'unknown']);
    await runReleased(customer.attemptId);
    await runAttempts(ids);
    expect(sent()).toHaveLength(1);
  });
});

describe('a refused customer that is tried again', () => {
  async function refused(products = ['cloud-backup-m365', 'workspace-management']) {
    const submission = submissionOf({ products, ending: 'refuse' });
    await runAttempts(await openedAttempts(operator, submission));
    const { customer, record } = await attemptsOf(submission);
    const form = await loadFormStart(operator, { retry: customer.attemptId });
    const [vendor] = form.vendors;
    if (vendor === undefined) throw new Error('the form has no vendor');
    const retry = (services: Submission['vendors'][number]['services']): Submission => ({
      ...submission,
      customerId: record.customer?.customerId ?? '',
      facts: { ...submission.facts, name: submission.facts.name.replace(' sim:refuse', '') },
      vendors: submission.vendors.map((one) => ({ ...one, retryOf: customer.attemptId, services })),
    });
    const typed = vendor.services.map(({ input, retryOf }, index) => ({
      input: trialOf(products[index]),
      retryOf,
      was: input,
    }));
    return { submission, customer, typed, retry };
  }

  test('takes its services along, filled in as they were, each a retry of the refused one', async () => {
    const { submission, customer, typed, retry } = await refused();
    expect(typed.map(({ was }) => was)).toEqual([trialOf(), trialOf('workspace-management')]);
    const again = retry(typed.map(({ input, retryOf }) => ({ input, retryOf })));
    await runAttempts(await openedAttempts(operator, again));
    const { attempts } = await attemptsOf(submission);
    const [, one, two, customerAgain, oneAgain, twoAgain] = attempts;
    expect(attempts.map(({ state }) => state)).toEqual([
      'refused',
      'refused',
      'refused',
      'succeeded',
      'succeeded',
      'succeeded',
    ]);
    expect(customerAgain?.retryOf).toBe(customer.attemptId);
    expect([oneAgain?.retryOf, twoAgain?.retryOf]).toEqual([one?.attemptId, two?.attemptId]);
    expect([one?.nextStep, two?.nextStep]).toEqual(['nothing', 'nothing']);
    expect(servicesAt(customerAgain?.vendorId)).toHaveLength(2);
    // The same retry again is the first one's answer.
    expect(await onboard(operator, '0'.repeat(64), again)).toMatchObject({ kind: 'opened', attempts: [] });
  });

  test('one that was left out can be added in a form of its own, once the customer is there', async () => {
    const { submission, typed, retry } = await refused();
    await runAttempts(
      await openedAttempts(operator, retry(typed.slice(0, 1).map(({ input, retryOf }) => ({ input, retryOf })))),
    );
    const left = (await attemptsOf(submission)).attempts[2];
    expect(left).toMatchObject({ state: 'refused', takenAlongBy: null, may: { retry: true } });
  });

  test('or that is adopted instead: what it has there is unknown, so its services are planned one by one', async () => {
    const there = submissionOf({ products: [] });
    await runAttempts(await openedAttempts(operator, there));
    const submission = submissionOf({ ending: 'conflict' });
    await runAttempts(await openedAttempts(operator, submission));
    const { customer, record } = await attemptsOf(submission);
    expect(customer).toMatchObject({ state: 'refused', nextStep: 'adopt' });
    // One that nobody here has: what the simulator made of the other is set free.
    const vendorId = (await attemptsOf(there)).customer.vendorId ?? '';
    await asSystem('seed', (tx) => tx.vendorAccount.deleteMany({ where: { vendorId } }));
    await runAttempts([await openAdoption(admin, customer.attemptId, vendorId)]);
    const { service, last } = await attemptsOf(submission);
    expect([last.operation, last.state]).toEqual(['adopt-customer', 'succeeded']);
    expect(service).toMatchObject({ state: 'refused', takenAlongBy: null, nextStep: 'retry', may: { retry: true } });
    expect(sent()).toEqual([]);
    const form = await loadServiceForm(operator, record.customer?.customerId ?? '', { retry: service.attemptId });
    expect(form.input).toEqual(trialOf());
  });

  test('names its own attempts, and only refused ones', async () => {
    const { retry, typed } = await refused(['cloud-backup-m365']);
    const other = await refused(['cloud-backup-m365']);
    const foreign = retry([{ input: trialOf(), retryOf: other.typed[0]?.retryOf ?? null }]);
    const { planHash } = await planOnboarding(operator, foreign);
    await expect(onboard(operator, planHash, foreign)).rejects.toMatchObject({ name: 'NotFound' });
    const fresh = withServices(submissionOf(), [{ input: trialOf(), retryOf: typed[0]?.retryOf ?? null }]);
    const plan = await planOnboarding(operator, fresh);
    await expect(onboard(operator, plan.planHash, fresh)).rejects.toMatchObject({ name: 'NotFound' });
  });
});
