import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeAttempt, toClosing } from '../attempts/attempt-store';
import type { Actor } from '../auth/actor';
import { asSystem } from '../db/as-system';
import { closeDatabases } from '../db/client';
import { Forbidden, NotFound } from '../errors';
import { problemOf } from '../lists/list-fixture';
import { testDatabase } from '../testing/database';
import { onboardedAttempt, onlyAttempt } from '../testing/engine';
import { entriesOf } from '../testing/people';
import { cockpitSubmission } from '../testing/submissions';
import { addActor, addCockpit, addMapping, addTree } from '../testing/world';
import { type CloudCockpitSimulator, startCloudCockpitSimulator } from '../vendors/cloud-cockpit/simulator';
import type { RecordedExchange } from '../vendors/exchange';
import { closeVendors } from '../vendors/registry';
import type { VendorOutcome } from '../vendors/vendor';
import { openAdoption } from './adopt';
import { runAttempts } from './run-attempts';
import { checkAttempt, settleByHand } from './settle';

const database = await testDatabase();
const harborId = '5f0c6a1e-3b57-4f5e-9a53-0d4a3c5b7a01';
let simulator: CloudCockpitSimulator;
let admin: Actor;
let operator: Actor;
let harborAdmin: Actor;
let foreignAdmin: Actor;
let cockpit: string;

beforeAll(async () => {
  simulator = await startCloudCockpitSimulator();
  const tree = await addTree();
  admin = await addActor({ partnerId: tree.csp, role: 'admin' });
  operator = await addActor({ partnerId: tree.csp, role: 'operator' });
  harborAdmin = await addActor({ partnerId: tree.harbor, role: 'admin' });
  foreignAdmin = await addActor({ partnerId: tree.foreign, role: 'admin' });
  cockpit = await addCockpit({ ownerPartnerId: tree.csp, baseUrl: simulator.url, tokenUrl: simulator.tokenUrl });
  await addMapping({ connectionId: cockpit, partnerId: tree.harbor, externalId: harborId });
});

afterAll(async () => {
  await closeVendors();
  await simulator.stop();
  await closeDatabases();
  await database.drop();
});

async function attemptEnding(ending: 'reset-before' | 'reset-after' | 'conflict' | 'refuse', actor = operator) {
  const submission = cockpitSubmission({ partnerId: actor.partnerId, connectionId: cockpit });
  simulator.control.setFault({
    ending,
    method: 'POST',
    path: '/v1/customers',
    header: { name: 'x-correlation-id', contains: submission.correlationId },
  });
  return { submission, attempt: await onboardedAttempt(actor, submission) };
}
const idOf = (key: string) => simulator.control.customers().find((one) => one.internalIdentifier === key)?.id ?? '';
const lateSuccess = { state: 'succeeded', vendorId: 'late-id', vendorCorrelationId: null } as const;
const note = 'Seen in the console of the vendor.';

test('only an admin settles by hand, with a note, and the record says who', async () => {
  const { submission, attempt } = await attemptEnding('reset-before');
  const refuse = { attemptId: attempt.attemptId, state: 'refused', vendorId: null, note } as const;
  await expect(settleByHand(operator, refuse)).rejects.toBeInstanceOf(Forbidden);
  await expect(settleByHand(foreignAdmin, refuse)).rejects.toBeInstanceOf(NotFound);
  await settleByHand(admin, refuse);
  expect(await onlyAttempt(operator, submission.correlationId)).toMatchObject({
    state: 'refused',
    settlement: { how: 'by-hand', by: admin.name, note },
  });
  await expect(settleByHand(admin, refuse)).rejects.toThrow(/settled already/);
});

test('a settlement as succeeded needs an id that can be seen at the vendor', async () => {
  const { submission, attempt } = await attemptEnding('reset-after');
  const settle = (vendorId: string) =>
    settleByHand(admin, { attemptId: attempt.attemptId, state: 'succeeded', vendorId, note });
  await expect(settle('00000000-0000-4000-8000-000000000000')).rejects.toThrow(/No customer with this id/);
  await settle(idOf(submission.correlationId));
  expect((await onlyAttempt(operator, submission.correlationId)).vendorId).toBe(idOf(submission.correlationId));
});

test('an id that is linked to one customer is never linked to another', async () => {
  const first = await attemptEnding('reset-after');
  await checkAttempt(operator, first.attempt.attemptId);
  const second = await attemptEnding('reset-before');
  const vendorId = idOf(first.submission.correlationId);
  await expect(
    settleByHand(admin, { attemptId: second.attempt.attemptId, state: 'succeeded', vendorId, note }),
  ).rejects.toThrow(/belongs to another customer/);
});

const lateExchange: RecordedExchange = {
  ...{ purpose: 'create', method: 'POST', url: 'http://127.0.0.1/v1/Customers', startedAt: new Date(), durationMs: 1 },
  ...{ phase: 'answered', status: 201, failure: null, requestHeaders: {}, requestBody: null, requestBytes: 0 },
  ...{ responseHeaders: {}, responseBody: null, responseBytes: 0 },
};
const lateRefusal: VendorOutcome = { state: 'refused', problem: problemOf('rejected') };
const lateClosing = (attemptId: string, outcome: VendorOutcome) =>
  toClosing({ attemptId, partnerId: operator.partnerId, hasSecrets: false }, outcome, [lateExchange]);
const settlementsOf = async (attemptId: string) =>
  (await entriesOf('attempt.settled')).filter((entry) => entry.subjectId === attemptId).map((entry) => entry.detail);
const accountsOf = (connectionId: string, customerId: string) =>
  asSystem('seed', (tx) =>
    tx.vendorAccount.findMany({ where: { connectionId, customerId }, select: { vendorId: true } }),
  );
const customerOf = async (attemptId: string) =>
  (await asSystem('seed', (tx) => tx.attempt.findUniqueOrThrow({ where: { id: attemptId } }))).customerId ?? '';

test('a late answer that contradicts a settlement is kept, and the attempt needs somebody again', async () => {
  const { submission, attempt } = await attemptEnding('reset-before');
  await settleByHand(admin, { attemptId: attempt.attemptId, state: 'refused', vendorId: null, note });
  const closing = lateClosing(attempt.attemptId, lateSuccess);
  // Twice, as after a lost answer of the database: the second adds nothing.
  await closeAttempt(closing);
  await closeAttempt(closing);
  const after = await onlyAttempt(operator, submission.correlationId);
  expect(after).toMatchObject({ state: 'refused', contradicted: true, nextStep: 'decide', vendorId: 'late-id' });
  expect(after.exchanges).toHaveLength(attempt.exchanges.length + 1);
});

test('what a person decides of a contradicted attempt is its state: refused becomes succeeded, and is linked', async () => {
  const { submission, attempt } = await attemptEnding('reset-after');
  const { attemptId } = attempt;
  await settleByHand(admin, { attemptId, state: 'refused', vendorId: null, note });
  await closeAttempt(lateClosing(attemptId, lateSuccess));
  const vendorId = idOf(submission.correlationId);
  await settleByHand(admin, { attemptId, state: 'succeeded', vendorId, note });
  expect(await onlyAttempt(operator, submission.correlationId)).toMatchObject({
    ...{ state: 'succeeded', contradicted: false, nextStep: 'nothing', vendorId },
    settlement: { how: 'by-hand', by: admin.name },
  });
  expect(await accountsOf(cockpit, await customerOf(attemptId))).toEqual([{ vendorId }]);
  expect(await settlementsOf(attemptId)).toMatchObject([
    { from: 'unknown', state: 'refused' },
    { from: 'refused', state: 'succeeded' },
  ]);
});

test('and succeeded becomes refused, and the link that it had made goes', async () => {
  const { submission, attempt } = await attemptEnding('reset-after');
  const { attemptId } = attempt;
  await checkAttempt(operator, attemptId);
  const customerId = await customerOf(attemptId);
  expect(await accountsOf(cockpit, customerId)).toHaveLength(1);
  await closeAttempt(lateClosing(attemptId, lateRefusal));
  expect(await onlyAttempt(operator, submission.correlationId)).toMatchObject({
    state: 'succeeded',
    contradicted: true,
  });
  await settleByHand(admin, { attemptId, state: 'refused', vendorId: null, note });
  expect(await onlyAttempt(operator, submission.correlationId)).toMatchObject({
    state: 'refused',
    contradicted: false,
  });
  expect(await accountsOf(cockpit, customerId)).toEqual([]);
  // What nothing contradicts stays as it is.
  await expect(settleByHand(admin, { attemptId, state: 'succeeded', vendorId: 'x', note })).rejects.toThrow(
    /settled already/,
  );
});

test('“already exists” leads to an adoption: an admin’s click, the id read at the vendor, an account of origin adopted', async () => {
  const { submission, attempt } = await attemptEnding('conflict');
  expect(attempt).toMatchObject({ state: 'refused', nextStep: 'adopt' });
  const [other] = simulator.control.customers().filter((one) => one.resellerId === null && !one.isDeleted);
  const vendorId = other?.id ?? '';
  await expect(openAdoption(operator, attempt.attemptId, vendorId)).rejects.toBeInstanceOf(Forbidden);
  await runAttempts([await openAdoption(admin, attempt.attemptId, vendorId)]);
  expect(await onlyAttempt(operator, submission.correlationId)).toMatchObject({
    operation: 'adopt-customer',
    state: 'succeeded',
    vendorId,
    retryOf: attempt.attemptId,
  });
  const account = await asSystem('check the start', (tx) => tx.vendorAccount.findFirst({ where: { vendorId } }));
  expect(account?.origin).toBe('adopted');
});

test('a partner below adopts only what lies inside its mapping', async () => {
  const { attempt } = await attemptEnding('conflict', harborAdmin);
  const outside = simulator.control.customers().find((one) => one.resellerId !== harborId && !one.isDeleted);
  await expect(openAdoption(harborAdmin, attempt.attemptId, outside?.id ?? '')).rejects.toThrow(
    /No customer with this id/,
  );
});
