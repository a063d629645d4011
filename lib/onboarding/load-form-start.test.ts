import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoPartners } from '@/prisma/seed';
import type { Actor } from '../auth/actor';
import { closeDatabases } from '../db/client';
import { withClient } from '../db/logins';
import { Forbidden, NotFound } from '../errors';
import { testDatabase } from '../testing/database';
import { openedAttempts } from '../testing/engine';
import { type FourVendors, setUpFourVendors } from '../testing/four-vendors';
import { ownWord } from '../testing/submissions';
import { addActor } from '../testing/world';
import { catalogEntry } from '../vendors/catalog';
import { closeVendors } from '../vendors/registry';
import { type RunningSimulators, startSimulators } from '../vendors/simulators';
import type { VendorKey } from '../vendors/vendor';
import { saveDraft } from './draft-store';
import { forgetChoices } from './form-defaults';
import { getOnboardingRecord } from './get-onboarding-record';
import { loadFormStart } from './load-form-start';
import { planOnboarding } from './plan';
import { runAttempts } from './run-attempts';
import type { Submission } from './submission';

const database = await testDatabase();
const harbor = demoPartners[2].id;
const westEurope = '4f93bdff-9b11-47b9-aa68-a86bfa09f61c';
let simulators: RunningSimulators;
let four: FourVendors;
let operator: Actor;

beforeAll(async () => {
  simulators = await startSimulators();
  four = await setUpFourVendors(simulators, { timeoutMs: 5_000 });
  operator = four.operator;
});

afterAll(async () => {
  await closeVendors();
  await simulators.stop();
  await closeDatabases();
  await database.drop();
});

const newName = () => `Zeus ${ownWord()}`;
type Inputs = Partial<Readonly<Record<VendorKey, Readonly<Record<string, unknown>>>>>;

/** A complete form for some of the vendors; `inputs` says what is chosen in a section. */
function formFor(
  vendors: readonly VendorKey[],
  inputs: Inputs = {},
  names: Parameters<FourVendors['submission']>[1] = {},
) {
  const whole = four.submission(newName(), names);
  const submission: Submission = {
    ...whole,
    vendors: vendors.flatMap((vendor) =>
      whole.vendors
        .filter((one) => one.connectionId === four.connections[vendor])
        .map((one) => ({ ...one, input: { ...one.input, ...inputs[vendor] } })),
    ),
  };
  return submission;
}

async function onboarded(submission: Submission) {
  await runAttempts(await openedAttempts(operator, submission));
  return getOnboardingRecord(operator, submission.correlationId);
}

const toDraft = ({ partnerId, customerId, facts, vendors }: Submission) => ({
  partnerId,
  customerId,
  facts: { ...facts },
  vendors: vendors.map(({ connectionId, retryOf }) => ({ connectionId, retryOf, input: {} })),
});

describe('a new form opens with the choices of last time', () => {
  const chosen = { dataCenter: westEurope, tags: ['gold'] };

  async function rememberedAt(vendor: VendorKey, search: Readonly<Record<string, string>> = {}, actor = operator) {
    return (await loadFormStart(actor, search)).remembered[four.connections[vendor]] ?? null;
  }

  test('of the same partner at the same connection, as soon as an onboarding was opened, and of those fields alone', async () => {
    expect(await rememberedAt('avepoint')).toBeNull();
    const submission = formFor(['avepoint'], { avepoint: { dataCenter: westEurope, tags: ['gold'] } });
    await planOnboarding(operator, submission);
    expect(await rememberedAt('avepoint')).toBeNull();
    await openedAttempts(operator, submission);
    expect(await rememberedAt('avepoint')).toEqual({
      ...Object(catalogEntry('avepoint')?.emptyInput),
      dataCenter: westEurope,
    });
    expect(await rememberedAt('cloudlx')).toBeNull();
  });

  test('the last opening counts, and going back to the usual choice forgets', async () => {
    await openedAttempts(operator, formFor(['cove'], { cove: { serviceType: 'SoftwareOnly' } }));
    expect(await rememberedAt('cove')).toMatchObject({ serviceType: 'SoftwareOnly', name: '' });
    await openedAttempts(operator, formFor(['cove']));
    expect(await rememberedAt('cove')).toBeNull();
  });

  test('never of another partner, up or down the tree', async () => {
    await openedAttempts(operator, formFor(['avepoint'], { avepoint: { dataCenter: westEurope } }));
    expect(await rememberedAt('avepoint', { partner: harbor })).toBeNull();
    const below = await addActor({ partnerId: harbor, role: 'operator' });
    expect(await rememberedAt('avepoint', {}, below)).toBeNull();
    expect(await rememberedAt('avepoint')).not.toBeNull();
  });

  test('not when the partner has become somebody else at the connection', async () => {
    await openedAttempts(operator, formFor(['avepoint'], { avepoint: { dataCenter: westEurope } }));
    expect(await rememberedAt('avepoint')).not.toBeNull();
    await withClient(database.superUrl, (client) => client.query(`update form_default set mapping_id = 'another'`));
    expect(await rememberedAt('avepoint')).toBeNull();
  });

  test('when a vendor is added to a customer, but never over what a draft holds', async () => {
    const record = await onboarded(formFor(['avepoint'], { avepoint: chosen }));
    const added = await loadFormStart(operator, { customer: record.customer?.customerId ?? '' });
    expect(added.remembered[four.connections.avepoint]).toMatchObject({ dataCenter: westEurope });
    const draft = formFor(['avepoint']);
    await saveDraft(operator, draft.correlationId, toDraft(draft));
    const taken = await loadFormStart(operator, { draft: draft.correlationId });
    expect(taken.vendors).toMatchObject([{ connectionId: four.connections.avepoint, input: {} }]);
  });

  test('never in a retry', async () => {
    await openedAttempts(operator, formFor(['avepoint'], { avepoint: chosen }));
    const record = await onboarded(formFor(['cloudlx'], {}, { cloudlx: `${newName()} sim:refuse` }));
    const start = await loadFormStart(operator, { retry: record.attempts[0]?.attemptId ?? '' });
    expect(start.remembered).toEqual({});
  });

  test('until somebody who may onboard there forgets them', async () => {
    await openedAttempts(operator, formFor(['avepoint'], { avepoint: chosen }));
    const at = { partnerId: four.partnerId, connectionId: four.connections.avepoint };
    const viewer = await addActor({ partnerId: four.partnerId, role: 'viewer' });
    const below = await addActor({ partnerId: harbor, role: 'operator' });
    await expect(forgetChoices(viewer, at)).rejects.toBeInstanceOf(Forbidden);
    await expect(forgetChoices(below, at)).rejects.toBeInstanceOf(NotFound);
    expect(await rememberedAt('avepoint')).not.toBeNull();
    await forgetChoices(operator, at);
    expect(await rememberedAt('avepoint')).toBeNull();
  });
});

describe('a retry', () => {
  const refusedTwice = (name: string) => ({ avepoint: `${name} sim:refuse`, cove: `${name} sim:refuse` });

  /** One customer: refused at two vendors, succeeded at a third. */
  async function twoRefused() {
    const name = newName();
    const record = await onboarded(formFor(['cloud-cockpit', 'avepoint', 'cove'], {}, refusedTwice(name)));
    const of = (vendor: VendorKey) => {
      const found = record.attempts.find((attempt) => attempt.vendor === vendor);
      if (found === undefined) throw new Error(`there is no attempt at ${vendor}`);
      return found;
    };
    return { record, of };
  }

  test('of several refused attempts is one form with exactly those vendors, and touches nothing else', async () => {
    const { record, of } = await twoRefused();
    expect(record.counts).toMatchObject({ succeeded: 1, refused: 2 });
    const ids = [of('avepoint').attemptId, of('cove').attemptId];
    const start = await loadFormStart(operator, { retry: ids.join(',') });
    expect(start).toMatchObject({
      correlationId: record.correlationId,
      customer: { customerId: record.customer?.customerId ?? '' },
      facts: { name: record.name },
    });
    expect(start.vendors.map(({ retryOf }) => retryOf).toSorted()).toEqual(ids.toSorted());
    for (const vendor of start.vendors) expect(vendor).toMatchObject({ problem: { effect: 'none' }, corrected: [] });

    const before = await four.createsAt('cloud-cockpit', record.name);
    const mended = formFor(['avepoint', 'cove']);
    const retry: Submission = {
      ...mended,
      correlationId: record.correlationId,
      customerId: record.customer?.customerId ?? '',
      facts: start.facts,
      vendors: mended.vendors.map((vendor) => ({
        ...vendor,
        retryOf: start.vendors.find((one) => one.connectionId === vendor.connectionId)?.retryOf ?? null,
      })),
    };
    await runAttempts(await openedAttempts(operator, retry));
    const after = await getOnboardingRecord(operator, record.correlationId);
    expect(after.counts).toMatchObject({ succeeded: 3, refused: 0, unknown: 0 });
    expect(after.attempts).toHaveLength(5);
    expect(after.attempts.find(({ attemptId }) => attemptId === of('cloud-cockpit').attemptId)).toEqual(
      of('cloud-cockpit'),
    );
    expect(await four.createsAt('cloud-cockpit', record.name)).toEqual(before);
  });

  test('does not mix onboardings, nor take what cannot be tried again, nor what is not there', async () => {
    const [first, second] = [await twoRefused(), await twoRefused()];
    const ids = (...attempts: readonly string[]) => ({ retry: attempts.join(',') });
    const one = first.of('avepoint').attemptId;
    for (const search of [
      ids(one, second.of('cove').attemptId),
      ids(one, first.of('cloud-cockpit').attemptId),
      ids(one, uuidv7()),
    ]) {
      await expect(loadFormStart(operator, search)).rejects.toBeInstanceOf(NotFound);
    }
    expect((await loadFormStart(operator, ids(one, one))).vendors).toHaveLength(1);
  });

  test('taken up again through its draft still shows the vendor’s words, but not on what was corrected since', async () => {
    await four.control('cloud-cockpit', 'faults', [
      {
        ending: 'refuse',
        method: 'POST',
        path: '/v1/customers',
        errors: [
          { propertyName: 'Phone', description: ['The phone number is not in service.'] },
          { propertyName: 'Zip', description: ['There is no such code.'] },
        ],
      },
    ]);
    const submission = formFor(['cloud-cockpit']);
    const record = await onboarded(submission);
    const attemptId = record.attempts[0]?.attemptId ?? '';
    const fresh = await loadFormStart(operator, { retry: attemptId });
    const [vendor] = fresh.vendors;
    expect(vendor?.problem?.fieldErrors.map(({ field }) => field)).toEqual(['customer.phone', 'customer.zip']);
    expect(vendor?.corrected).toEqual([]);

    await saveDraft(operator, submission.correlationId, {
      partnerId: submission.partnerId,
      customerId: record.customer?.customerId ?? '',
      facts: { ...submission.facts, phone: '+351 222 000 222' },
      vendors: [{ connectionId: four.connections['cloud-cockpit'], input: vendor?.input ?? {}, retryOf: attemptId }],
    });
    const [taken] = (await loadFormStart(operator, { draft: submission.correlationId })).vendors;
    expect(taken).toMatchObject({ retryOf: attemptId, problem: vendor?.problem, corrected: ['customer.phone'] });
  });
});

test('a vendor added later is added to the same customer, and what is linked already is left alone', async () => {
  const record = await onboarded(formFor(['cloud-cockpit']));
  const customerId = record.customer?.customerId ?? '';
  const start = await loadFormStart(operator, { customer: customerId });
  expect(start).toMatchObject({
    correlationId: null,
    partnerId: four.partnerId,
    customer: { customerId },
    vendors: [],
  });
  const more: Submission = { ...formFor(['cloud-cockpit', 'cove']), customerId, facts: start.facts };
  const plan = await planOnboarding(operator, more);
  expect(plan.rows.map(({ vendor, verdict }) => [vendor, verdict])).toEqual([
    ['cloud-cockpit', 'skip'],
    ['cove', 'create'],
  ]);
  const added = await onboarded(more);
  expect(added.correlationId).not.toBe(record.correlationId);
  expect(added.customer?.customerId).toBe(customerId);
  expect(added.attempts.map(({ vendor, state }) => [vendor, state])).toEqual([['cove', 'succeeded']]);
  expect(await four.customersAt('cloud-cockpit', record.name)).toHaveLength(1);
});
