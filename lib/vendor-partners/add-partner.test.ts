import { createTranslator } from 'next-intl';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { parseAttemptFilter } from '../attempts/attempt-filter';
import { closeAttempt, toClosing } from '../attempts/attempt-store';
import { listAttempts } from '../attempts/list-attempts';
import type { Actor } from '../auth/actor';
import { emptyCustomerFacts } from '../customers/customer-facts';
import { asActor } from '../db/as-actor';
import { asSystem } from '../db/as-system';
import { closeDatabases } from '../db/client';
import { problemOf } from '../lists/list-fixture';
import { firstPlace } from '../lists/place';
import { catalogue } from '../messages/catalogue';
import { listAdoptionCandidates } from '../onboarding/adoption-candidates';
import { getOnboardingRecord } from '../onboarding/get-onboarding-record';
import { listOnboardings } from '../onboarding/list-onboardings';
import { loadFormStart } from '../onboarding/load-form-start';
import { lookUpAttempt } from '../onboarding/look-up-attempt';
import { parseOnboardingFilter } from '../onboarding/onboarding-filter';
import { runAttempts } from '../onboarding/run-attempts';
import { checkAttempt, settleByHand } from '../onboarding/settle';
import { search } from '../search/search';
import { testDatabase } from '../testing/database';
import { onlyAttempt } from '../testing/engine';
import { addActor, addCove, addMapping, addPartner, addTree } from '../testing/world';
import { type CoveSimulator, startCoveSimulator } from '../vendors/cove/simulator';
import type { RecordedExchange } from '../vendors/exchange';
import { closeVendors } from '../vendors/registry';
import type { VendorOutcome } from '../vendors/vendor';
import { addVendorPartner } from './add-partner';
import { loadPartnerForm } from './load-partner-form';
import type { PartnerSubmission } from './partner-submission';
import { planPartner } from './plan-partner';

const words = createTranslator({ locale: 'en', messages: catalogue });
const database = await testDatabase();
let simulator: CoveSimulator;
let tree: Awaited<ReturnType<typeof addTree>>;
let admin: Actor;
let second: Actor;
let operator: Actor;
let harborAdmin: Actor;
let cove: string;

const harborAtCove = '50210';

beforeAll(async () => {
  simulator = await startCoveSimulator();
  tree = await addTree();
  admin = await addActor({ partnerId: tree.csp, role: 'admin' });
  second = await addActor({ partnerId: tree.csp, role: 'admin' });
  operator = await addActor({ partnerId: tree.csp, role: 'operator' });
  harborAdmin = await addActor({ partnerId: tree.harbor, role: 'admin' });
  cove = await addCove({ ownerPartnerId: tree.csp, baseUrl: simulator.baseUrl, timeoutMs: 1_000 });
  await addMapping({ connectionId: cove, partnerId: tree.harbor, externalId: harborAtCove });
});
// Not reset: ids would be given twice, and two of our partners be mapped to one id.
afterEach(() => {
  simulator.control.clearFaults();
  simulator.control.setClock(null);
});
afterAll(async () => {
  await closeVendors();
  await simulator.stop();
  await closeDatabases();
  await database.drop();
});

const submissionFor = (rest: Partial<PartnerSubmission> = {}, name = `Nova ${uuidv7()}`): PartnerSubmission => ({
  correlationId: uuidv7(),
  connectionId: cove,
  partnerId: tree.csp,
  parentId: '50300',
  facts: { ...emptyCustomerFacts, name, country: 'PT' },
  input: { level: 'Reseller' },
  mapTo: null,
  anyway: false,
  retryOf: null,
  ...rest,
});

async function opened(actor: Actor, submission: PartnerSubmission) {
  const { planHash } = await planPartner(actor, submission);
  const answer = await addVendorPartner(actor, planHash, submission);
  if (answer.kind !== 'opened') throw new Error('the plan moved');
  return answer.attempts;
}

async function submitted(actor: Actor, submission: PartnerSubmission) {
  await runAttempts(await opened(actor, submission));
  return onlyAttempt(actor, submission.correlationId);
}

/** Partners that the vendor was asked to add under a name. */
const asked = (name: string) =>
  simulator.control.log().filter((one) => one.rpcMethod === 'AddPartner' && one.name === name);
const there = (name: string) => simulator.control.customers().filter((one) => one.name === name);
const mappingsOf = (partnerId: string) =>
  asSystem('seed', (tx) => tx.mapping.findMany({ where: { connectionId: cove, partnerId } }));
const entriesOf = (correlationId: string) =>
  asSystem('seed', (tx) =>
    tx.auditEntry.findMany({
      where: { correlationId },
      orderBy: { seq: 'asc' },
      select: { action: true, detail: true },
    }),
  );
const lateExchange: RecordedExchange = {
  ...{ purpose: 'create', method: 'POST', url: 'http://127.0.0.1/jsonapi', startedAt: new Date(), durationMs: 1 },
  ...{ phase: 'answered', status: 200, failure: null, requestHeaders: {}, requestBody: null, requestBytes: 0 },
  ...{ responseHeaders: {}, responseBody: null, responseBytes: 0 },
};
/** A partner of ours below the CSP that has no mapping yet. */
const unmapped = () => addPartner({ key: `unmapped-${uuidv7()}`, kind: 'reseller', parentId: tree.csp });

describe('adding a partner at Cove', () => {
  test('planned, sent once, succeeded; record, list, search and audit name it', async () => {
    const submission = submissionFor();
    const { name } = submission.facts;
    const plan = await planPartner(admin, submission);
    expect(plan).toMatchObject({
      verdict: 'create',
      reason: 'new-partner',
      parent: { name: 'Tagus Distribution', level: 'SubDistributor' },
      request: { body: { params: { partnerInfo: { ParentId: 50300, Level: 'Reseller' } } } },
    });
    expect(there(name)).toEqual([]);
    const attempt = await submitted(admin, submission);
    expect(attempt).toMatchObject({
      operation: 'add-partner',
      state: 'succeeded',
      partner: { name, parent: { vendorId: '50300' }, mapTo: null },
      may: { retry: false, adopt: false },
    });
    expect(there(name)).toMatchObject([
      { parentId: 50300, level: 'Reseller', externalCode: submission.correlationId, id: Number(attempt.vendorId) },
    ]);
    const record = await getOnboardingRecord(admin, submission.correlationId);
    expect(record).toMatchObject({ name, customer: null, counts: { succeeded: 1 } });
    const row = { customerId: null, customerName: name };
    const named = new URLSearchParams({ q: name });
    const now = { timeZone: 'UTC', now: new Date() };
    const lists = await asActor(admin, async (tx) => ({
      attempts: await listAttempts(tx, { filter: parseAttemptFilter(named, now), place: firstPlace }),
      onboardings: await listOnboardings(tx, { filter: parseOnboardingFilter(named, now), place: firstPlace }),
    }));
    expect(lists.attempts.rows).toMatchObject([{ ...row, operation: 'add-partner' }]);
    expect(lists.onboardings.rows).toMatchObject([row]);
    expect((await search(admin, name, words)).results).toMatchObject([{ kind: 'attempt', label: name }]);
    expect((await search(admin, submission.correlationId, words)).results).toMatchObject([
      { kind: 'onboarding', label: name },
    ]);
    expect((await entriesOf(submission.correlationId)).map(({ action }) => action)).toEqual([
      'attempt.opened',
      'attempt.closed',
    ]);
  });

  test('the same submission fifty times at once is sent once', async () => {
    const submission = submissionFor();
    const { planHash } = await planPartner(admin, submission);
    await Promise.all(
      Array.from({ length: 50 }, async () => {
        const answer = await addVendorPartner(admin, planHash, submission);
        if (answer.kind === 'opened') await runAttempts(answer.attempts);
      }),
    );
    expect([asked(submission.facts.name).length, there(submission.facts.name).length]).toEqual([1, 1]);
  });

  test('two people who add the same at once make one; the second sees why', async () => {
    const name = `Twice ${uuidv7()}`;
    const both = [submissionFor({}, name), submissionFor({}, name.toUpperCase())];
    const plans = await Promise.all(both.map((one, index) => planPartner(index === 0 ? admin : second, one)));
    expect(plans.map((plan) => plan.verdict)).toEqual(['create', 'create']);
    const ends = await Promise.all(
      both.map(async (one, index) => {
        try {
          const answer = await addVendorPartner(index === 0 ? admin : second, plans[index]?.planHash ?? '', one);
          if (answer.kind === 'opened') await runAttempts(answer.attempts);
          return answer.kind;
        } catch (error) {
          return error instanceof Error ? error.message : 'other';
        }
      }),
    );
    expect(ends.filter((end) => end === 'opened')).toHaveLength(1);
    expect(ends.find((end) => end !== 'opened')).toMatch(/plan-moved|right now/);
    expect(await planPartner(second, submissionFor({}, name))).toMatchObject({ reason: 'name-known' });
  });

  test('an id that was used for something else is refused', async () => {
    const submission = submissionFor();
    await submitted(admin, submission);
    const other = { ...submission, facts: { ...submission.facts, name: 'Another one' } };
    await expect(addVendorPartner(admin, '0'.repeat(64), other)).rejects.toThrow(/used already/);
  });

  test('a partner below the owner adds inside of its mapping, and what travels is the owner’s to see', async () => {
    const submission = submissionFor({ partnerId: tree.harbor, parentId: null, input: { level: 'EndCustomer' } });
    const attempt = await submitted(harborAdmin, submission);
    expect(attempt).toMatchObject({ state: 'succeeded', mappingId: harborAtCove });
    expect(there(submission.facts.name)).toMatchObject([{ parentId: Number(harborAtCove) }]);
    expect(attempt.exchanges.every((one) => one.withheld === 'owner' && one.content === null)).toBe(true);
  });

  test('what exists outside of the mapping blocks without a word of it', async () => {
    const submission = submissionFor({ partnerId: tree.harbor, parentId: null, anyway: true }, 'Kiel Marine Parts');
    const plan = await planPartner(harborAdmin, { ...submission, input: { level: 'EndCustomer' } });
    expect(plan).toMatchObject({ verdict: 'blocked', reason: 'ask-owner', found: [], mayAddAnyway: false });
  });
});

describe('mapping it in the same step', () => {
  test('the chosen partner of ours is mapped with the commit that closes the attempt', async () => {
    const ours = await unmapped();
    const submission = submissionFor({ mapTo: ours });
    const attempt = await submitted(admin, submission);
    expect(attempt).toMatchObject({ state: 'succeeded', partner: { mapTo: { standing: 'mapped' } } });
    expect(await mappingsOf(ours)).toMatchObject([
      { externalId: attempt.vendorId, externalName: submission.facts.name },
    ]);
    const entries = await entriesOf(submission.correlationId);
    expect(entries.at(-1)).toMatchObject({
      action: 'mapping.set',
      detail: { connection: cove, partner: ours, externalId: attempt.vendorId },
    });
  });

  test('a partner of ours that was mapped meanwhile stays what it is; the record and the audit say so', async () => {
    const ours = await unmapped();
    const submission = submissionFor({ mapTo: ours });
    const attempts = await opened(admin, submission);
    await addMapping({ connectionId: cove, partnerId: ours, externalId: '50250' });
    await runAttempts(attempts);
    const attempt = await onlyAttempt(admin, submission.correlationId);
    expect(attempt).toMatchObject({ state: 'succeeded', partner: { mapTo: { standing: 'lost' } } });
    expect(await mappingsOf(ours)).toMatchObject([{ externalId: '50250' }]);
    expect((await entriesOf(submission.correlationId)).at(-1)).toMatchObject({
      action: 'mapping.not-set',
      detail: { reason: 'taken' },
    });
    expect(await planPartner(admin, submissionFor({ mapTo: ours }))).toMatchObject({ reason: 'partner-mapped' });
  });

  test('a partner of ours that left the branch, or was disabled, is not mapped', async () => {
    const ours = await unmapped();
    const submission = submissionFor({ mapTo: ours });
    const attempts = await opened(admin, submission);
    await asSystem('seed', (tx) => tx.partner.update({ where: { id: ours }, data: { disabledAt: new Date() } }));
    await runAttempts(attempts);
    expect(await mappingsOf(ours)).toEqual([]);
    expect((await entriesOf(submission.correlationId)).at(-1)).toMatchObject({ detail: { reason: 'moved' } });
    await expect(planPartner(admin, submissionFor({ mapTo: ours }))).rejects.toThrow(/disabled/);
  });

  test('an unknown attempt maps with its settlement', async () => {
    const ours = await unmapped();
    const submission = submissionFor({ mapTo: ours });
    simulator.control.setFault({ ending: 'reset-after', body: '"AddPartner"' });
    const unknown = await submitted(admin, submission);
    expect(unknown).toMatchObject({ state: 'unknown', partner: { mapTo: { standing: 'waits' } } });
    expect(await mappingsOf(ours)).toEqual([]);
    expect(await checkAttempt(admin, unknown.attemptId)).toEqual({ kind: 'settled', state: 'succeeded' });
    expect(await mappingsOf(ours)).toHaveLength(1);
  });

  test('a success that a late no contradicts, settled as refused, takes its mapping back', async () => {
    const [ours, other] = [await unmapped(), await unmapped()];
    const submission = submissionFor({ mapTo: ours });
    simulator.control.setFault({ ending: 'reset-after', body: '"AddPartner"' });
    const { attemptId } = await submitted(admin, submission);
    await checkAttempt(admin, attemptId);
    await submitted(admin, submissionFor({ mapTo: other }));
    const late: VendorOutcome = { state: 'refused', problem: problemOf('rejected') };
    await closeAttempt(toClosing({ attemptId, partnerId: tree.csp, hasSecrets: false }, late, [lateExchange]));
    expect(await mappingsOf(ours)).toHaveLength(1);
    await settleByHand(admin, { attemptId, state: 'refused', vendorId: null, note: 'Cove says no' });
    expect([await mappingsOf(ours), (await mappingsOf(other)).length]).toEqual([[], 1]);
    expect((await entriesOf(submission.correlationId)).map(({ action }) => action).slice(-2)).toEqual([
      'mapping.removed',
      'attempt.settled',
    ]);
  });

  test('only the owner maps: below it, and for a stranger’s partner, nothing is planned', async () => {
    const below = submissionFor({ partnerId: tree.harbor, parentId: null, mapTo: tree.harbor });
    await expect(planPartner(harborAdmin, below)).rejects.toMatchObject({ name: 'NotFound' });
    const stranger = submissionFor({ mapTo: tree.foreign });
    await expect(planPartner(admin, stranger)).rejects.toMatchObject({ name: 'NotFound' });
    await expect(planPartner(admin, submissionFor({ mapTo: tree.csp }))).rejects.toThrow(/below the owner/);
  });
});

describe('a refusal', () => {
  test('keeps the input, is corrected and tried again under the same id, once', async () => {
    const submission = submissionFor();
    simulator.control.setFault({ ending: 'rpc-error', code: 2104, body: '"AddPartner"' });
    const refused = await submitted(admin, submission);
    expect(refused).toMatchObject({ state: 'refused', nextStep: 'fix-and-retry', may: { retry: true, adopt: false } });
    const form = await loadPartnerForm(admin, cove, { retry: refused.attemptId });
    expect(form).toMatchObject({
      facts: submission.facts,
      input: { level: 'Reseller', parentLevel: 'SubDistributor' },
      parentId: '50300',
      retry: { correlationId: submission.correlationId, problem: { message: 'cove.parent-state' } },
    });
    const retry = { ...submission, input: { level: 'EndCustomer' }, retryOf: refused.attemptId };
    const attempt = await submitted(admin, retry);
    expect(attempt).toMatchObject({ state: 'succeeded', retryOf: refused.attemptId });
    expect(await addVendorPartner(admin, '0'.repeat(64), retry)).toMatchObject({ kind: 'opened', attempts: [] });
    expect([asked(submission.facts.name).length, there(submission.facts.name).length]).toEqual([2, 1]);
    await expect(loadPartnerForm(admin, cove, { retry: refused.attemptId })).rejects.toThrow();
  });

  test('a retry of what Cove has all the same sends nothing, and links it', async () => {
    const submission = submissionFor();
    simulator.control.setFault({ ending: 'rpc-error-after', code: 2104, body: '"AddPartner"' });
    const refused = await submitted(admin, submission);
    expect(refused.state).toBe('refused');
    const retry = { ...submission, retryOf: refused.attemptId };
    expect(await planPartner(admin, retry)).toMatchObject({ reason: 'carries-our-key' });
    const attempt = await submitted(admin, retry);
    expect(attempt.state).toBe('succeeded');
    expect([asked(submission.facts.name).length, there(submission.facts.name).length]).toEqual([1, 1]);
  });

  test('“already exists” offers no adoption: another name, or a mapping', async () => {
    const attempt = await submitted(admin, submissionFor({ anyway: true }, 'Pine Systems'));
    expect(attempt).toMatchObject({
      state: 'refused',
      nextStep: 'fix-and-retry',
      problem: { message: 'cove.partner-exists' },
      may: { adopt: false, retry: true },
    });
    await expect(listAdoptionCandidates(admin, attempt.attemptId)).rejects.toThrow(/adoption/);
  });

  test('is no form of a new customer', async () => {
    simulator.control.setFault({ ending: 'rpc-error', code: 2104, body: '"AddPartner"' });
    const refused = await submitted(admin, submissionFor());
    await expect(loadFormStart(admin, { retry: refused.attemptId })).rejects.toThrow();
  });

  test.each([
    ['rpc-error', 2101, 'refused', 'cove.parent-not-found', 0],
    ['rpc-error', 13501, 'refused', 'cove.not-allowed', 0],
    ['rpc-error', 2102, 'unknown', 'cove.fault', 0],
    ['rpc-error-after', 2102, 'unknown', 'cove.fault', 1],
    ['error-before', undefined, 'unknown', 'vendor-failure', 0],
    ['html', undefined, 'unknown', 'invalid-reply', 1],
    ['hang-after', undefined, 'unknown', 'timeout', 1],
    ['reset-before', undefined, 'unknown', 'connection-lost', 0],
    ['void-result', undefined, 'unknown', 'invalid-reply', 1],
    ['other-id', undefined, 'unknown', 'invalid-reply', 1],
  ] as const)('%s %s: %s (%s), %i there, one request', async (ending, code, state, message, count) => {
    const submission = submissionFor();
    const fault = code === undefined ? { ending } : { ending, code };
    simulator.control.setFault({ ...fault, body: '"AddPartner"' });
    const attempt = await submitted(admin, submission);
    expect(attempt).toMatchObject({ state, problem: { message } });
    expect([asked(submission.facts.name).length, there(submission.facts.name).length]).toEqual([1, count]);
  });
});

describe('an unknown outcome', () => {
  test('blocks a second one, and is settled by the schedule where our key is found', async () => {
    const submission = submissionFor();
    simulator.control.setFault({ ending: 'reset-after', body: '"AddPartner"', lagMs: 60_000 });
    const unknown = await submitted(admin, submission);
    expect(unknown).toMatchObject({ state: 'unknown', nextStep: 'check', lookUps: { byKey: true } });
    const again = submissionFor({ anyway: true }, submission.facts.name);
    expect(await planPartner(second, again)).toMatchObject({
      reason: 'open-attempt',
      openAttempt: { attemptId: unknown.attemptId },
      mayAddAnyway: false,
    });
    expect(await checkAttempt(admin, unknown.attemptId)).toEqual({ kind: 'not-found-yet', found: [] });
    simulator.control.advanceClock(61_000);
    const later = new Date(Date.now() + 6_000);
    expect(await lookUpAttempt(unknown.attemptId, { at: later })).toBe('found');
    const settled = await onlyAttempt(admin, submission.correlationId);
    expect(settled).toMatchObject({ state: 'succeeded', settlement: { how: 'look-up', by: 'Quayside' } });
  });

  test('a person settles with an id that is there, and with no other', async () => {
    const submission = submissionFor();
    simulator.control.setFault({ ending: 'reset-before', body: '"AddPartner"' });
    const unknown = await submitted(admin, submission);
    const settling = { attemptId: unknown.attemptId, note: 'Seen in the console.' } as const;
    const as = (vendorId: string) => settleByHand(admin, { ...settling, state: 'succeeded', vendorId });
    await expect(as('60001')).rejects.toThrow(/No partner with this id/);
    expect(await as('50240')).toBe('succeeded');
  });
});

describe('who may', () => {
  test('an operator reads the tree and adds nothing; outside of the branch nothing is there', async () => {
    await expect(planPartner(operator, submissionFor())).rejects.toThrow(/not permitted/);
    await expect(loadPartnerForm(operator, cove, {})).rejects.toThrow(/not permitted/);
    const foreign = await addActor({ partnerId: tree.foreign, role: 'admin' });
    for (const actor of [foreign, harborAdmin]) {
      await expect(planPartner(actor, submissionFor())).rejects.toMatchObject({ name: 'NotFound' });
      await expect(addVendorPartner(actor, '0'.repeat(64), submissionFor())).rejects.toMatchObject({
        name: 'NotFound',
      });
    }
  });

  test('a role lost while the form is open: refused, and nothing is opened', async () => {
    const leaver = await addActor({ partnerId: tree.csp, role: 'admin' });
    const submission = submissionFor();
    const { planHash } = await planPartner(leaver, submission);
    await asSystem('seed', (tx) =>
      tx.roleGrant.updateMany({ where: { userId: leaver.userId }, data: { role: 'operator' } }),
    );
    await expect(addVendorPartner(leaver, planHash, submission)).rejects.toThrow(/not permitted/);
    expect(asked(submission.facts.name)).toEqual([]);
  });

  test.each([
    ['a role that may onboard, but add no partner', { role: 'operator' }],
    ['none', null],
  ] as const)('%s between opening and sending: nothing leaves', async (_, left) => {
    const leaver = await addActor({ partnerId: tree.csp, role: 'admin' });
    const submission = submissionFor();
    const attempts = await opened(leaver, submission);
    const { userId } = leaver;
    await asSystem('seed', (tx) =>
      left === null
        ? tx.roleGrant.deleteMany({ where: { userId } })
        : tx.roleGrant.updateMany({ where: { userId }, data: left }),
    );
    await runAttempts(attempts);
    const attempt = await onlyAttempt(admin, submission.correlationId);
    expect(attempt).toMatchObject({ state: 'refused', problem: { message: 'not-sent.rights' } });
    expect(asked(submission.facts.name)).toEqual([]);
  });

  test('a mapping changed between opening and sending: nothing leaves', async () => {
    const connectionId = await addCove({ ownerPartnerId: tree.csp, baseUrl: simulator.baseUrl });
    await addMapping({ connectionId, partnerId: tree.harbor, externalId: harborAtCove });
    const place = { connectionId, partnerId: tree.harbor, parentId: null, input: { level: 'EndCustomer' } };
    const submission = submissionFor(place);
    const attempts = await opened(harborAdmin, submission);
    await asSystem('seed', (tx) => tx.mapping.updateMany({ where: { connectionId }, data: { externalId: '50220' } }));
    await runAttempts(attempts);
    const attempt = await onlyAttempt(harborAdmin, submission.correlationId);
    expect(attempt).toMatchObject({ state: 'refused', problem: { message: 'not-sent.mapping' } });
  });
});
