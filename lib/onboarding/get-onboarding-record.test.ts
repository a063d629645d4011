import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoPartners } from '@/prisma/seed';
import { parseAttemptFilter } from '../attempts/attempt-filter';
import { listAttempts } from '../attempts/list-attempts';
import { asActor } from '../db/as-actor';
import { closeDatabases } from '../db/client';
import { withClient } from '../db/logins';
import { firstPlace } from '../lists/place';
import { catalogue } from '../messages/catalogue';
import { testDatabase } from '../testing/database';
import { onboardedAttempt } from '../testing/engine';
import { type FourVendors, setUpFourVendors } from '../testing/four-vendors';
import { cockpitSubmission, ownWord } from '../testing/submissions';
import { addActor } from '../testing/world';
import { closeVendors } from '../vendors/registry';
import { type RunningSimulators, startSimulators } from '../vendors/simulators';
import { getOnboardingRecord } from './get-onboarding-record';

const database = await testDatabase();
const ridge = demoPartners[1];
const harbor = demoPartners[2];
let simulators: RunningSimulators;
let four: FourVendors;

beforeAll(async () => {
  simulators = await startSimulators();
  four = await setUpFourVendors(simulators, { timeoutMs: 5_000 });
});

afterAll(async () => {
  await closeVendors();
  await simulators.stop();
  await closeDatabases();
  await database.drop();
});

/** A customer made at CloudLX alone, which is asked to show one sub-realm. */
async function createdAtCloudlx(ending: string) {
  const name = `Zeus ${ownWord()}`;
  const whole = four.submission(name, { cloudlx: `${name} ${ending}` });
  const vendors = whole.vendors
    .filter(({ connectionId }) => connectionId === four.connections.cloudlx)
    .map((one) => ({ ...one, input: { ...one.input, shownSubRealms: ['313'], enabledSubRealms: ['313'] } }));
  const attempt = await onboardedAttempt(four.operator, { ...whole, vendors });
  return { attempt, correlationId: whole.correlationId };
}

const rowOf = (correlationId: string) =>
  asActor(four.operator, async (tx) => {
    const filter = parseAttemptFilter(new URLSearchParams({ q: correlationId }), { timeZone: 'UTC', now: new Date() });
    return (await listAttempts(tx, { filter, place: firstPlace })).rows[0];
  });

test('what a vendor did differently is remarked on the record and in the list; what went as asked is not', async () => {
  const differing = await createdAtCloudlx('sim:not-enabled');
  expect(differing.attempt).toMatchObject({
    state: 'succeeded',
    problem: null,
    nextStep: 'nothing',
    remark: { message: 'cloudlx.sub-realms', params: { missing: 'none', notAsked: 'none' } },
  });
  expect(differing.attempt.remark?.params.notEnabled).toContain('313');
  expect(catalogue['vendor-errors'].remarks.cloudlx).toHaveProperty('sub-realms');
  expect(await rowOf(differing.correlationId)).toMatchObject({ state: 'succeeded', remarked: true, reason: null });

  const asAsked = await createdAtCloudlx('');
  expect(asAsked.attempt).toMatchObject({ state: 'succeeded', remark: null });
  expect(await rowOf(asAsked.correlationId)).toMatchObject({ remarked: false });
});

test('a record says why an exchange has no content: erased, or the owner’s, and who that is', async () => {
  const below = await addActor({ partnerId: harbor.id, role: 'operator' });
  const submission = cockpitSubmission({ partnerId: harbor.id, connectionId: four.connections['cloud-cockpit'] });
  await onboardedAttempt(below, submission);
  const exchangesFor = async (actor: typeof below) => {
    const [attempt] = (await getOnboardingRecord(actor, submission.correlationId)).attempts;
    expect(attempt?.ownerName).toBe(ridge.name);
    return attempt?.exchanges ?? [];
  };
  const states = async (actor: typeof below) =>
    new Set((await exchangesFor(actor)).map(({ content, withheld }) => `${content === null} ${withheld}`));
  expect(await states(below)).toEqual(new Set(['true owner']));
  expect(await states(four.operator)).toEqual(new Set(['false null']));

  await withClient(database.superUrl, (client) => client.query('delete from exchange_content'));
  expect(await states(four.operator)).toEqual(new Set(['true erased']));
  // Whether it is still there is the owner's to know.
  expect(await states(below)).toEqual(new Set(['true owner']));
});
