import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../auth/actor';
import { asSystem } from '../db/as-system';
import { closeDatabases } from '../db/client';
import { lookUpAttempt } from '../onboarding/look-up-attempt';
import { runAttempts } from '../onboarding/run-attempts';
import { testDatabase } from '../testing/database';
import { onlyAttempt } from '../testing/engine';
import { addActor, addAvepoint, addCustomerAboard, addTree } from '../testing/world';
import { emptyServiceInput } from '../vendors/avepoint/services/input';
import { simulatedCustomer } from '../vendors/avepoint/simulator/state';
import { closeVendors } from '../vendors/registry';
import { type AvepointSetUp, contextOf, password, setUpAvepoint, westEurope } from '../vendors/testing/avepoint';
import { testCall } from '../vendors/testing/vendor-call';
import { zeus } from '../vendors/testing/zeus';
import { addService } from './add-service';
import { loadServiceForm } from './load-service-form';
import { planService } from './plan-service';
import { refreshServices } from './read-services';
import { type ServiceSubmission, serviceSubmissionSchema } from './service-submission';

const database = await testDatabase();
let vendor: AvepointSetUp;
let tree: Awaited<ReturnType<typeof addTree>>;
let operator: Actor;
let harborOperator: Actor;
let avepoint: string;

beforeAll(async () => {
  const customers = Array.from({ length: 20 }, (_, at) => simulatedCustomer(100 + at, `Service ${at}`, 'PT'));
  vendor = await setUpAvepoint({ customers });
  tree = await addTree();
  operator = await addActor({ partnerId: tree.csp, role: 'operator' });
  harborOperator = await addActor({ partnerId: tree.harbor, role: 'operator' });
  const { url: baseUrl, tokenUrl } = vendor.simulator;
  avepoint = await addAvepoint({ ownerPartnerId: tree.csp, baseUrl, tokenUrl, timeoutMs: 1_000 });
});
afterEach(() => vendor.simulator.control.clearFaults());
afterAll(async () => {
  await closeVendors();
  await vendor.stop();
  await closeDatabases();
  await database.drop();
});

let used = 0;
/** A customer of this test's own, there from the simulator's beginning. */
async function aboard(partnerId = tree.csp) {
  const vendorId = vendor.simulator.control.customers()[used]?.id ?? '';
  used += 1;
  const customerId = await addCustomerAboard({ partnerId, connectionId: avepoint, vendorId, name: 'Zeus & Sons' });
  return { customerId, connectionId: avepoint, vendorId };
}
/** A customer that the simulator forgets with its next reset. */
async function aboardForNow() {
  const { adapter, connect } = vendor;
  const call = testCall(connect(), { initialSecrets: { password } });
  const input = adapter.parseInput({ dataCenter: westEurope });
  const facts = { ...zeus, name: `Zeus ${uuidv7()}`, email: `${uuidv7()}@zeus.example` };
  const outcome = await adapter.createCustomer(call, facts, input, contextOf(call));
  if (outcome.state !== 'succeeded') throw new Error('The create was expected to succeed');
  const { vendorId } = outcome;
  const about = { partnerId: tree.csp, connectionId: avepoint, vendorId, name: 'Zeus & Sons' };
  return { customerId: await addCustomerAboard(about), connectionId: avepoint, vendorId };
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
  ...{ correlationId: uuidv7(), customerId, connectionId, input: { ...trial }, anyway: false, retryOf: null },
  ...rest,
});
async function opened(actor: Actor, submission: ServiceSubmission) {
  const { planHash } = await planService(actor, submission);
  const answer = await addService(actor, planHash, submission);
  if (answer.kind !== 'opened') throw new Error('the plan moved');
  return answer.attempts;
}
async function submitted(actor: Actor, submission: ServiceSubmission) {
  await runAttempts(await opened(actor, submission));
  return onlyAttempt(actor, submission.correlationId);
}
const adds = () => vendor.simulator.control.log().filter((one) => /\/customers\/[^/]+\/services$/.test(one.path));
const attempts = () => asSystem('seed', (tx) => tx.attempt.count());

describe('a customer deleted at the vendor meanwhile', () => {
  test('between plan and sending: refused, and the record says so', async () => {
    const customer = await aboardForNow();
    const submission = submissionFor(customer);
    const plan = await planService(operator, submission);
    expect(plan).toMatchObject({ verdict: 'create', reason: 'new-service' });
    vendor.simulator.control.reset();
    expect(await submitted(operator, submission)).toMatchObject({
      state: 'refused',
      problem: { status: 404, effect: 'none' },
      may: { retry: true },
    });
    expect(vendor.simulator.control.services()).toEqual([]);
    // A read that shows nothing is no proof, and breaks nothing.
    expect(await refreshServices(operator, customer)).toEqual({ kind: 'read', count: 0 });
  });

  test('between sending and look-up: not seen any more, and still a person’s to decide', async () => {
    const customer = await aboardForNow();
    const submission = submissionFor(customer);
    vendor.simulator.control.setFault({ ending: 'error-after', path: `${customer.vendorId}/services` });
    const unknown = await submitted(operator, submission);
    expect(unknown.state).toBe('unknown');
    vendor.simulator.control.reset();
    const at = new Date(Date.parse(unknown.closedAt ?? '') + 600_000);
    expect(await lookUpAttempt(unknown.attemptId, { at })).toBe('seen');
    expect(await onlyAttempt(operator, submission.correlationId)).toMatchObject({
      state: 'unknown',
      lookUps: { seen: { there: [], before: 0 }, nextAt: null },
    });
  });
});

describe('ids of another branch, or of another customer', () => {
  /** What a reseller's operator puts into URL, form and hidden fields, and what becomes of it. */
  const places = ['customerId', 'connectionId', 'correlationId', 'retryOf of the CSP', 'retryOf of another'] as const;
  async function withId(place: (typeof places)[number]): Promise<ServiceSubmission> {
    const own = await aboard(tree.harbor);
    const theirs = await aboard(tree.csp);
    const refuse = async (actor: Actor, submission: ServiceSubmission) => {
      vendor.simulator.control.setFault({ ending: 'refuse', path: '/services', body: '"licenseType"' });
      const refused = await submitted(actor, submission);
      expect(refused.state).toBe('refused');
      return { retryOf: refused.attemptId, correlationId: submission.correlationId };
    };
    switch (place) {
      case 'customerId':
        return submissionFor(theirs);
      case 'connectionId': {
        const { url: baseUrl, tokenUrl } = vendor.simulator;
        const foreign = await addAvepoint({ ownerPartnerId: tree.foreign, baseUrl, tokenUrl });
        return submissionFor({ ...own, connectionId: foreign });
      }
      case 'correlationId':
        return submissionFor(own, { correlationId: (await refuse(operator, submissionFor(theirs))).correlationId });
      case 'retryOf of the CSP':
        return submissionFor(own, await refuse(operator, submissionFor(theirs)));
      case 'retryOf of another':
        return submissionFor(own, await refuse(harborOperator, submissionFor(await aboard(tree.harbor))));
      default: {
        const never: never = place;
        return never;
      }
    }
  }

  test.each(places)('%s: nothing is opened, nothing leaves', async (place) => {
    const submission = await withId(place);
    const [openedBefore, sentBefore] = [await attempts(), adds().length];
    await expect(
      (async () => {
        const { planHash } = await planService(harborOperator, submission);
        const answer = await addService(harborOperator, planHash, submission);
        // A plan may be shown for what is hidden from the planner; opening it is what must not be.
        if (answer.kind === 'opened') throw new Error(`opened ${answer.attempts.length}`);
      })(),
    ).rejects.toMatchObject({ name: expect.stringMatching(/^(NotFound|Conflict)$/) });
    expect([await attempts(), adds().length]).toEqual([openedBefore, sentBefore]);
  });

  test('in the address there is no form, whoever’s attempt or customer it names', async () => {
    const [own, other, theirs] = [await aboard(tree.harbor), await aboard(tree.harbor), await aboard(tree.csp)];
    vendor.simulator.control.setFault({ ending: 'refuse', path: '/services', body: '"licenseType"' });
    const refused = await submitted(operator, submissionFor(theirs));
    vendor.simulator.control.setFault({ ending: 'refuse', path: '/services', body: '"licenseType"' });
    const ofAnother = await submitted(harborOperator, submissionFor(other));
    const addresses = [
      [theirs.customerId, { connection: avepoint }],
      [theirs.customerId, { retry: refused.attemptId }],
      [own.customerId, { retry: refused.attemptId }],
      [own.customerId, { retry: ofAnother.attemptId }],
      [own.customerId, { connection: uuidv7() }],
      ['not-an-id', { connection: avepoint }],
    ] as const;
    for (const [customerId, search] of addresses) {
      await expect(loadServiceForm(harborOperator, customerId, search)).rejects.toMatchObject({ name: 'NotFound' });
    }
    await expect(refreshServices(harborOperator, theirs)).rejects.toMatchObject({ name: 'NotFound' });
    const form = await loadServiceForm(harborOperator, other.customerId, { retry: ofAnother.attemptId });
    expect(form.retry).not.toBeNull();
  });
});

describe('rights changed while the form is open', () => {
  test.each([
    [
      'a role that may only read',
      (userId: string) =>
        asSystem('seed', (tx) => tx.roleGrant.updateMany({ where: { userId }, data: { role: 'viewer' } })),
      'Forbidden',
    ],
    ['none', (userId: string) => asSystem('seed', (tx) => tx.roleGrant.deleteMany({ where: { userId } })), 'NotFound'],
    [
      'a user who is disabled',
      (userId: string) =>
        asSystem('seed', (tx) => tx.user.updateMany({ where: { id: userId }, data: { disabledAt: new Date() } })),
      'NotFound',
    ],
  ] as const)('%s is left: refused, and nothing is opened', async (_, change, name) => {
    const leaver = await addActor({ partnerId: tree.csp, role: 'operator' });
    const submission = submissionFor(await aboard());
    const { planHash } = await planService(leaver, submission);
    await change(leaver.userId);
    const before = await attempts();
    await expect(addService(leaver, planHash, submission)).rejects.toMatchObject({ name });
    await expect(planService(leaver, submission)).rejects.toMatchObject({ name });
    expect(await attempts()).toBe(before);
  });
});

describe('fields that nobody asked for', () => {
  test('are refused at the top, and reach no vendor from within', async () => {
    const customer = await aboard();
    for (const extra of [
      { role: 'admin' },
      { partnerId: tree.foreign },
      { state: 'succeeded' },
      { vendorCustomerId: 'x' },
    ]) {
      expect(serviceSubmissionSchema.safeParse({ ...submissionFor(customer), ...extra }).success).toBe(false);
    }
    const input = {
      ...trial,
      customerId: 'another',
      licenseItems: [{ userSeat: 9 }],
      status: 1,
      SubscriptionSourceType: 6,
    };
    const submission = submissionFor(customer, { input });
    expect(JSON.stringify((await planService(operator, submission)).request)).not.toMatch(
      /another|licenseItems|status|Source/,
    );
    expect(await submitted(operator, submission)).toMatchObject({ state: 'succeeded' });
  });
});
