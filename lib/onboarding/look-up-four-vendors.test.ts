import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoPartners } from '@/prisma/seed';
import type { Actor } from '../auth/actor';
import { asActor } from '../db/as-actor';
import { closeDatabases } from '../db/client';
import { testDatabase } from '../testing/database';
import { openedAttempts } from '../testing/engine';
import { type FourVendors, setUpFourVendors } from '../testing/four-vendors';
import { ownWord } from '../testing/submissions';
import { addActor } from '../testing/world';
import { closeVendors } from '../vendors/registry';
import { type RunningSimulators, startSimulators } from '../vendors/simulators';
import { type VendorKey, vendorKeys } from '../vendors/vendor';
import { getOnboardingRecord } from './get-onboarding-record';
import { lookUpAttempt } from './look-up-attempt';
import { lookUpDelaysMs } from './look-up-schedule';
import type { AttemptView } from './record-view';
import { runAttempts } from './run-attempts';
import { checkAttempt } from './settle';

const database = await testDatabase();
let simulators: RunningSimulators;
let four: FourVendors;
let harborOperator: Actor;

beforeAll(async () => {
  simulators = await startSimulators();
  four = await setUpFourVendors(simulators);
  harborOperator = await addActor({ partnerId: demoPartners[2].id, role: 'operator' });
});

afterAll(async () => {
  await closeVendors();
  await simulators.stop();
  await closeDatabases();
  await database.drop();
});

/** Every create is carried out and its answer lost; answers what the record says of each vendor. */
async function onboardUnanswered(vendors: readonly VendorKey[], actor = four.operator) {
  const name = `Lost ${ownWord()}`;
  const lost = `${name} sim:reset-after`;
  const whole = four.submission(name, Object.fromEntries(vendors.map((vendor) => [vendor, lost])));
  const submission = {
    ...whole,
    partnerId: actor.partnerId,
    vendors: whole.vendors.filter(({ connectionId }) =>
      vendors.some((vendor) => four.connections[vendor] === connectionId),
    ),
  };
  await runAttempts(await openedAttempts(actor, submission));
  const read = async (reader: Actor) => (await getOnboardingRecord(reader, submission.correlationId)).attempts;
  return { name: lost, read };
}

const of = (attempts: readonly AttemptView[], vendor: VendorKey) => {
  const attempt = attempts.find((one) => one.vendor === vendor);
  if (attempt === undefined) throw new Error(`there is no attempt at ${vendor}`);
  return attempt;
};

async function lookUpAll(attempt: AttemptView): Promise<readonly unknown[]> {
  const answers = [];
  for (const delayMs of lookUpDelaysMs) {
    const at = new Date(Date.parse(attempt.closedAt ?? '') + delayMs);
    answers.push(await lookUpAttempt(attempt.attemptId, { at }));
  }
  return answers;
}

test('a vendor with a slot for our key settles by itself; one without keeps what looks alike for a person', async () => {
  const { name, read } = await onboardUnanswered(vendorKeys);
  const before = await read(four.operator);
  expect(before.map(({ state }) => state)).toEqual(['unknown', 'unknown', 'unknown', 'unknown']);
  for (const vendor of ['cloud-cockpit', 'cove'] as const) {
    expect(await lookUpAll(of(before, vendor)), vendor).toEqual(['found', null, null, null]);
    const [there] = await four.customersAt(vendor, name);
    expect(of(await read(four.operator), vendor)).toMatchObject({ state: 'succeeded', vendorId: there?.id });
  }
  for (const vendor of ['avepoint', 'cloudlx'] as const) {
    expect(await lookUpAll(of(before, vendor)), vendor).toEqual(Array(4).fill('not-found'));
    const [there] = await four.customersAt(vendor, name);
    expect(of(await read(four.operator), vendor)).toMatchObject({
      state: 'unknown',
      vendorId: null,
      lookUps: { done: 4, nextAt: null, byKey: false, candidates: [{ vendorId: there?.id, match: 'email' }] },
    });
  }
  // Looking creates nothing: each vendor has what the one request made.
  for (const vendor of vendorKeys) expect(await four.createsAt(vendor, name), vendor).toHaveLength(1);
});

test('a partner below the owner of a shared connection learns that Quayside looked, and nothing of what it saw', async () => {
  const { name, read } = await onboardUnanswered(['avepoint'], harborOperator);
  const attempt = of(await read(harborOperator), 'avepoint');
  expect(attempt.state).toBe('unknown');
  await lookUpAll(attempt);
  const [there] = await four.customersAt('avepoint', name);
  const lookUps = { done: 4, lastAnswer: 'not-found' };
  expect(of(await read(harborOperator), 'avepoint').lookUps).toMatchObject({ ...lookUps, candidates: null });
  const candidates = [{ vendorId: there?.id, match: 'email' }];
  expect(of(await read(four.operator), 'avepoint').lookUps).toMatchObject({ ...lookUps, candidates });
  // Nor does the database show it, whatever the application asks.
  const raw = await asActor(harborOperator, (tx) => tx.$queryRaw<unknown[]>`select 1 from look_up_candidate`);
  expect(raw).toEqual([]);
  // A person's own check shows no more: the vendor cannot say whose the hit is.
  expect(await checkAttempt(harborOperator, attempt.attemptId)).toEqual({ kind: 'not-found-yet', found: [] });
});
