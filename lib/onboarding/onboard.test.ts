import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { markSent } from '../attempts/attempt-store';
import type { Actor } from '../auth/actor';
import { asSystem } from '../db/as-system';
import { closeDatabases } from '../db/client';
import { testDatabase } from '../testing/database';
import { openedAttempts } from '../testing/engine';
import { cockpitSubmission } from '../testing/submissions';
import { addActor, addCockpit, addMapping, addTree } from '../testing/world';
import { type CloudCockpitSimulator, startCloudCockpitSimulator } from '../vendors/cloud-cockpit/simulator';
import { closeVendors } from '../vendors/registry';
import { getOnboardingRecord } from './get-onboarding-record';
import { onboard } from './onboard';
import { planOnboarding } from './plan';
import { runAttempts } from './run-attempts';
import type { Submission } from './submission';

const database = await testDatabase();
const harborId = '5f0c6a1e-3b57-4f5e-9a53-0d4a3c5b7a01';

let simulator: CloudCockpitSimulator;
let tree: Awaited<ReturnType<typeof addTree>>;
let operator: Actor;
let harborOperator: Actor;
let pineOperator: Actor;
let foreignOperator: Actor;
let cockpit: string;

beforeAll(async () => {
  simulator = await startCloudCockpitSimulator();
  tree = await addTree();
  operator = await addActor({ partnerId: tree.csp, role: 'operator' });
  harborOperator = await addActor({ partnerId: tree.harbor, role: 'operator' });
  pineOperator = await addActor({ partnerId: tree.pine, role: 'operator' });
  foreignOperator = await addActor({ partnerId: tree.foreign, role: 'operator' });
  cockpit = await addCockpit({ ownerPartnerId: tree.csp, baseUrl: simulator.url, tokenUrl: simulator.tokenUrl });
  await addMapping({ connectionId: cockpit, partnerId: tree.harbor, externalId: harborId });
});

afterAll(async () => {
  await closeVendors();
  await simulator.stop();
  await closeDatabases();
  await database.drop();
});

const creates = (correlationId: string) =>
  simulator.control.log().filter((request) => request.method === 'POST' && request.correlationId === correlationId);

async function planned(actor: Actor, submission: Submission): Promise<string> {
  return (await planOnboarding(actor, submission)).planHash;
}

async function onboarded(actor: Actor, submission: Submission): Promise<readonly string[]> {
  const answer = await onboard(actor, await planned(actor, submission), submission);
  if (answer.kind !== 'opened') throw new Error('the plan moved');
  await runAttempts(answer.attempts);
  return answer.attempts.map((attempt) => attempt.id);
}

test('one customer at one vendor: planned, sent once, succeeded, and the record shows both requests', async () => {
  const submission = cockpitSubmission({ partnerId: tree.csp, connectionId: cockpit });
  const plan = await planOnboarding(operator, submission);
  expect(plan.rows.map((row) => [row.verdict, row.reason])).toEqual([['create', 'new-at-vendor']]);
  expect(creates(submission.correlationId)).toHaveLength(0);
  await onboarded(operator, submission);
  const record = await getOnboardingRecord(operator, submission.correlationId);
  expect(record.counts.succeeded).toBe(1);
  expect(record.live).toBe(false);
  const [attempt] = record.attempts;
  expect(attempt?.exchanges.map((exchange) => exchange.purpose)).toContain('create');
  const [customer] = simulator.control.customers().filter((one) => one.internalIdentifier === submission.correlationId);
  expect(customer?.id).toBe(attempt?.vendorId);
  expect(creates(submission.correlationId)).toHaveLength(1);
});

test('a reseller’s customer carries the mapping’s reseller id without anybody typing it', async () => {
  const submission = cockpitSubmission({ partnerId: tree.harbor, connectionId: cockpit });
  await onboarded(harborOperator, submission);
  const [customer] = simulator.control.customers().filter((one) => one.internalIdentifier === submission.correlationId);
  expect(customer?.resellerId).toBe(harborId);
});

test('a partner below without a mapping is blocked, and nothing is sent', async () => {
  const submission = cockpitSubmission({ partnerId: tree.pine, connectionId: cockpit });
  const plan = await planOnboarding(pineOperator, submission);
  expect(plan.rows[0]).toMatchObject({ verdict: 'blocked', reason: 'mapping-missing' });
  await expect(onboard(pineOperator, plan.planHash, submission)).rejects.toThrow(/would do nothing/);
});

test('R6: 50 simultaneous submits of one correlation id reach the vendor once and get equal answers', async () => {
  const submission = cockpitSubmission({ partnerId: tree.csp, connectionId: cockpit });
  const hash = await planned(operator, submission);
  const answers = await Promise.all(
    Array.from({ length: 50 }, async () => {
      const answer = await onboard(operator, hash, submission);
      if (answer.kind === 'opened') await runAttempts(answer.attempts);
      return answer.kind === 'opened' ? answer.correlationId : answer.kind;
    }),
  );
  expect(new Set(answers)).toEqual(new Set([submission.correlationId]));
  expect(creates(submission.correlationId)).toHaveLength(1);
});

test('R6: the same id with another payload is refused, and another partner’s id looks like an unusable one', async () => {
  const submission = cockpitSubmission({ partnerId: tree.csp, connectionId: cockpit });
  await onboarded(operator, submission);
  const other: Submission = { ...submission, facts: { ...submission.facts, city: 'Porto' } };
  await expect(onboard(operator, '0'.repeat(64), other)).rejects.toThrow(/cannot be used/);
  const theirs = {
    ...cockpitSubmission({ partnerId: tree.foreign, connectionId: uuidv7() }),
    correlationId: submission.correlationId,
  };
  await expect(onboard(foreignOperator, '0'.repeat(64), theirs)).rejects.toThrow();
  expect(creates(submission.correlationId)).toHaveLength(1);
});

test('a plan that moved is shown again instead of being sent', async () => {
  const submission = cockpitSubmission({ partnerId: tree.csp, connectionId: cockpit });
  const hash = await planned(operator, submission);
  const twin = cockpitSubmission({ partnerId: tree.csp, connectionId: cockpit, name: submission.facts.name });
  await onboarded(operator, twin);
  const answer = await onboard(operator, hash, submission);
  expect(answer).toMatchObject({ kind: 'plan-moved' });
  expect(creates(submission.correlationId)).toHaveLength(0);
});

test('the same name at the vendor blocks until a person says that it is another company', async () => {
  const first = cockpitSubmission({ partnerId: tree.csp, connectionId: cockpit });
  await onboarded(operator, first);
  const second = cockpitSubmission({ partnerId: tree.csp, connectionId: cockpit, name: first.facts.name });
  const plan = await planOnboarding(operator, second);
  expect(plan.rows[0]).toMatchObject({ verdict: 'blocked', reason: 'same-name-at-vendor', mayCreateAnyway: true });
  const anyway: Submission = {
    ...second,
    vendors: second.vendors.map((vendor) => ({ ...vendor, decision: { kind: 'create-anyway' } as const })),
  };
  await onboarded(operator, anyway);
  expect(creates(second.correlationId)).toHaveLength(1);
});

test('a shared connection is no window: a reseller learns only that it should ask the owner', async () => {
  const first = cockpitSubmission({ partnerId: tree.csp, connectionId: cockpit });
  await onboarded(operator, first);
  const second = cockpitSubmission({ partnerId: tree.harbor, connectionId: cockpit, name: first.facts.name });
  const plan = await planOnboarding(harborOperator, second);
  expect(plan.rows[0]).toMatchObject({
    verdict: 'blocked',
    reason: 'ask-owner',
    found: [],
    ours: [],
    mayCreateAnyway: false,
  });
  expect(JSON.stringify(plan)).not.toContain(first.correlationId);
});

test('a refused attempt is retried as a child under the same correlation id, once, however often it is submitted', async () => {
  const submission = cockpitSubmission({ partnerId: tree.csp, connectionId: cockpit });
  simulator.control.setFault({ ending: 'refuse', method: 'POST', path: '/v1/customers' });
  const [refusedId] = await onboarded(operator, submission);
  const record = await getOnboardingRecord(operator, submission.correlationId);
  expect(record.attempts[0]).toMatchObject({ state: 'refused', nextStep: 'fix-and-retry' });
  const retry: Submission = {
    ...submission,
    customerId: record.customer?.customerId ?? null,
    facts: { ...submission.facts, zip: '1000-002' },
    vendors: submission.vendors.map((vendor) => ({ ...vendor, retryOf: refusedId ?? null })),
  };
  const hash = await planned(operator, retry);
  for (const _ of [1, 2]) {
    const answer = await onboard(operator, hash, retry);
    if (answer.kind === 'opened') await runAttempts(answer.attempts);
  }
  const after = await getOnboardingRecord(operator, submission.correlationId);
  expect(after.attempts).toHaveLength(2);
  expect(after.attempts.map((attempt) => attempt.state).sort()).toEqual(['refused', 'succeeded']);
  expect(after.attempts.find((attempt) => attempt.state === 'succeeded')?.retryOf).toBe(refusedId);
  expect(creates(submission.correlationId)).toHaveLength(2);
});

test('a joint retry of which only a part was opened gives its first answer again, and another one does not', async () => {
  const second = await startCloudCockpitSimulator();
  try {
    const other = await addCockpit({ ownerPartnerId: tree.csp, baseUrl: second.url, tokenUrl: second.tokenUrl });
    const single = cockpitSubmission({ partnerId: tree.csp, connectionId: cockpit });
    const vendors = [cockpit, other].map((connectionId) => ({
      connectionId,
      input: {},
      decision: null,
      retryOf: null,
    }));
    for (const each of [simulator, second]) {
      each.control.setFault({ ending: 'refuse', method: 'POST', path: '/v1/customers' });
    }
    const submission: Submission = { ...single, vendors };
    await onboarded(operator, submission);
    const { attempts, customer } = await getOnboardingRecord(operator, submission.correlationId);
    expect(attempts.map((attempt) => attempt.state)).toEqual(['refused', 'refused']);
    // Out of use by now: its part of the retry is blocked.
    await asSystem('seed', (tx) => tx.connection.update({ where: { id: other }, data: { disabledAt: new Date() } }));
    const retryOf = (connectionId: string) =>
      attempts.find((attempt) => attempt.connectionId === connectionId)?.attemptId ?? null;
    const retry: Submission = {
      ...submission,
      customerId: customer?.customerId ?? null,
      vendors: vendors.map((vendor) => ({ ...vendor, retryOf: retryOf(vendor.connectionId) })),
    };
    const hash = await planned(operator, retry);
    const first = await onboard(operator, hash, retry);
    expect(first.kind === 'opened' && first.attempts.map((attempt) => attempt.connectionId)).toEqual([cockpit]);
    expect(await onboard(operator, hash, retry)).toEqual({
      ...{ kind: 'opened', correlationId: submission.correlationId, attempts: [] },
    });
    const alone: Submission = { ...retry, vendors: retry.vendors.slice(0, 1) };
    await expect(onboard(operator, await planned(operator, alone), alone)).rejects.toThrow(/retried already/);
    const corrected: Submission = { ...retry, facts: { ...retry.facts, zip: '1000-009' } };
    await expect(onboard(operator, hash, corrected)).rejects.toThrow(/retried already/);
  } finally {
    await closeVendors();
    await second.stop();
  }
});

test('the mark is given once, even to runs that ask for it in one statement', async () => {
  const here = { partnerId: tree.csp, connectionId: cockpit };
  const [first = ''] = await openedAttempts(operator, cockpitSubmission(here));
  const [second = ''] = await openedAttempts(operator, cockpitSubmission(here));
  // The first goes alone; what is asked meanwhile goes together.
  const answers = await Promise.all([first, second, second, second].map((id) => markSent(id, 10_000)));
  expect(answers).toEqual(['sent', 'sent', 'not-pending', 'not-pending']);
});
