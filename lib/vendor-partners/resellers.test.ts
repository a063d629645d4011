import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../auth/actor';
import { lookUp } from '../connections/look-up';
import { loadCustomerPage } from '../customers/customer-page';
import { asSystem } from '../db/as-system';
import { closeDatabases } from '../db/client';
import { openAdoption } from '../onboarding/adopt';
import { getOnboardingRecord } from '../onboarding/get-onboarding-record';
import { planOnboarding } from '../onboarding/plan';
import { runAttempts } from '../onboarding/run-attempts';
import { checkAttempt, settleByHand } from '../onboarding/settle';
import { testDatabase } from '../testing/database';
import { onboardedAttempt, onlyAttempt } from '../testing/engine';
import { cockpitSubmission, ownWord } from '../testing/submissions';
import { addActor, addCockpit, addMapping, addPartner, addTree } from '../testing/world';
import { type CloudCockpitSimulator, startCloudCockpitSimulator } from '../vendors/cloud-cockpit/simulator';
import { closeVendors } from '../vendors/registry';
import { addVendorPartner } from './add-partner';
import { loadPartnerForm } from './load-partner-form';
import type { PartnerSubmission } from './partner-submission';
import { planPartner } from './plan-partner';
import { getVendorPartner, listVendorPartners, loadVendorPartnersPage } from './read-partners';

const database = await testDatabase();
let simulator: CloudCockpitSimulator;
let tree: Awaited<ReturnType<typeof addTree>>;
let admin: Actor;
let cockpit: string;

beforeAll(async () => {
  simulator = await startCloudCockpitSimulator();
  tree = await addTree();
  admin = await addActor({ partnerId: tree.csp, role: 'admin' });
  const { url: baseUrl, tokenUrl } = simulator;
  cockpit = await addCockpit({ ownerPartnerId: tree.csp, baseUrl, tokenUrl, timeoutMs: 2_000 });
});
afterEach(() => simulator.control.clearFaults());
afterAll(async () => {
  await closeVendors();
  await simulator.stop();
  await closeDatabases();
  await database.drop();
});

function submissionFor(rest: Partial<PartnerSubmission> = {}): PartnerSubmission {
  const { facts } = cockpitSubmission({ partnerId: tree.csp, connectionId: cockpit, name: `Reseller ${ownWord()}` });
  return {
    correlationId: uuidv7(),
    connectionId: cockpit,
    partnerId: tree.csp,
    parentId: null,
    facts,
    input: {},
    mapTo: null,
    anyway: false,
    retryOf: null,
    ...rest,
  };
}

async function submitted(actor: Actor, submission: PartnerSubmission) {
  const { planHash } = await planPartner(actor, submission);
  const answer = await addVendorPartner(actor, planHash, submission);
  if (answer.kind !== 'opened') throw new Error('the plan moved');
  await runAttempts(answer.attempts);
  return onlyAttempt(actor, submission.correlationId);
}

const list = (actor: Actor, asked: { search?: string; offset?: number; parent?: string } = {}) =>
  listVendorPartners(actor, {
    connectionId: cockpit,
    partnerId: null,
    parent: null,
    search: '',
    offset: 0,
    ...asked,
  });
const get = (actor: Actor, vendorPartnerId: string | null) =>
  getVendorPartner(actor, { connectionId: cockpit, partnerId: null, vendorPartnerId });
const resellerNamed = (name: string) => simulator.control.resellers().filter((one) => one.companyName === name);
const posts = (name: string) =>
  simulator.control.log().filter((one) => one.method === 'POST' && one.companyName === name);

describe('adding a reseller at Cloud Cockpit', () => {
  test('every field is planned and sent; it is listed, found by name and identifier, and mapped', async () => {
    const ours = await addPartner({ key: `ours-${uuidv7()}`, kind: 'reseller', parentId: tree.csp });
    const submission = submissionFor({ mapTo: ours });
    const facts = { ...submission.facts, taxId: 'PT123', addressLine2: 'Floor 2', middleName: 'Maria' };
    const plan = await planPartner(admin, { ...submission, facts });
    const body = {
      companyName: facts.name,
      taxId: 'PT123',
      country: 'PT',
      addressLine1: 'Rua Nova 1',
      addressLine2: 'Floor 2',
      city: 'Lisboa',
      state: 'Lisboa',
      zipCode: '1000-001',
      firstName: 'Ana',
      lastName: 'Silva',
      email: facts.email,
      phone: facts.phone,
      internalIdentifier: submission.correlationId,
    };
    expect(plan.request).toMatchObject({ method: 'POST', path: '/v1/Resellers' });
    expect(plan.request?.body).toEqual(body);
    const attempt = await submitted(admin, { ...submission, facts });
    expect(attempt).toMatchObject({ state: 'succeeded', partner: { parent: null, mapTo: { standing: 'mapped' } } });
    expect(resellerNamed(facts.name)).toMatchObject([{ id: attempt.vendorId, view: body }]);
    expect((await list(admin, { search: submission.correlationId })).rows).toMatchObject([{ name: facts.name }]);
    expect((await list(admin, { search: facts.name.slice(2) })).rows).toMatchObject([{ vendorId: attempt.vendorId }]);
    expect(await get(admin, attempt.vendorId)).toMatchObject({
      key: submission.correlationId,
      facts: { city: 'Lisboa' },
    });
    const mapping = await asSystem('seed', (tx) => tx.mapping.findMany({ where: { partnerId: ours } }));
    expect(mapping).toMatchObject([{ connectionId: cockpit, externalId: attempt.vendorId, externalName: facts.name }]);
  });

  test('a name that is there blocks until a person says otherwise', async () => {
    const submission = submissionFor();
    const named = { ...submission, facts: { ...submission.facts, name: 'harbor  CLOUD' } };
    expect(await planPartner(admin, named)).toMatchObject({ reason: 'name-known', found: [{ name: 'Harbor Cloud' }] });
    expect(await submitted(admin, { ...named, anyway: true })).toMatchObject({ state: 'succeeded' });
  });

  test.each([
    ['255 characters', `${ownWord()} `.padEnd(255, 'Norte ').trim()],
    ['right to left', `شركة الميناء ${ownWord()}`],
    ['with quotes and signs', `Zeus "& Sons" <b> ${ownWord()}`],
  ])('a name of %s arrives as it was typed, and is listed so', async (_, name) => {
    const submission = submissionFor();
    const attempt = await submitted(admin, { ...submission, facts: { ...submission.facts, name } });
    expect(attempt).toMatchObject({ state: 'succeeded', partner: { name } });
    expect(resellerNamed(name)).toHaveLength(1);
    expect(await get(admin, attempt.vendorId)).toMatchObject({ name });
  });

  test.each([
    ['zip', { zip: '' }, 'customer.zip'],
    ['contact', { firstName: 'test' }, 'customer.firstName'],
    ['name', { name: 'AAA Cloud' }, 'customer.name'],
    ['phone of 31 characters', { phone: '1'.repeat(31) }, 'customer.phone'],
  ])('the vendor’s rules about a %s stop it', async (_, fault, field) => {
    const submission = submissionFor();
    const plan = await planPartner(admin, { ...submission, facts: { ...submission.facts, ...fault } });
    expect(plan).toMatchObject({ verdict: 'blocked', reason: 'invalid' });
    expect(plan.findings).toContainEqual(expect.objectContaining({ level: 'error', field }));
  });

  test('a refusal leads to the field it speaks of, and is tried again', async () => {
    const submission = submissionFor();
    const errors = [{ propertyName: 'ZipCode', description: ['The zip is not valid for the country.'] }];
    simulator.control.setFault({ ending: 'refuse', method: 'POST', path: '/v1/Resellers', errors });
    const refused = await submitted(admin, submission);
    expect(refused.problem?.fieldErrors).toMatchObject([{ field: 'customer.zip', vendorField: 'ZipCode' }]);
    const form = await loadPartnerForm(admin, cockpit, { retry: refused.attemptId });
    expect(form).toMatchObject({ facts: submission.facts, parent: null });
    const facts = { ...submission.facts, zip: '1000-002' };
    const attempt = await submitted(admin, { ...submission, facts, retryOf: refused.attemptId });
    expect(attempt).toMatchObject({ state: 'succeeded' });
    expect(posts(facts.name)).toHaveLength(2);
    expect(resellerNamed(facts.name)).toHaveLength(1);
  });

  test.each([
    ['conflict', 'refused', 0, 'cloud-cockpit.reseller-exists'],
    ['error-after', 'unknown', 1, 'vendor-failure'],
    ['hang', 'unknown', 0, 'timeout'],
    ['forbidden', 'refused', 0, 'forbidden'],
    ['bare-id', 'succeeded', 1, null],
    ['status-200', 'succeeded', 1, null],
  ] as const)('%s: %s, %i there', async (ending, state, count, message) => {
    const submission = submissionFor();
    simulator.control.setFault({ ending, method: 'POST', path: '/v1/Resellers' });
    const attempt = await submitted(admin, submission);
    expect([attempt.state, attempt.problem?.message ?? null]).toEqual([state, message]);
    expect(resellerNamed(submission.facts.name)).toHaveLength(count);
    if (state === 'unknown' && count === 1) {
      expect(await checkAttempt(admin, attempt.attemptId)).toEqual({ kind: 'settled', state: 'succeeded' });
    }
  });

  test('thousands are read page by page', async () => {
    const all = simulator.control.resellers().length;
    const page = await list(admin);
    expect([page.rows.length, page.total, page.more]).toEqual([Math.min(all, 100), all, all > 100]);
    await expect(list(admin, { parent: 'x' })).rejects.toMatchObject({ name: 'NotFound' });
  });
});

describe('two resellers, each as itself and as nobody else', () => {
  /** A partner of ours, added and mapped as a reseller, with a login and a customer of its own. */
  async function reseller() {
    const partnerId = await addPartner({ key: `reseller-${uuidv7()}`, kind: 'reseller', parentId: tree.csp });
    const added = await submitted(admin, submissionFor({ mapTo: partnerId }));
    const operator = await addActor({ partnerId, role: 'operator' });
    const head = await addActor({ partnerId, role: 'admin' });
    const submission = cockpitSubmission({ partnerId, connectionId: cockpit });
    const attempt = await onboardedAttempt(operator, submission);
    const record = await getOnboardingRecord(operator, submission.correlationId);
    const resellerId = added.vendorId ?? '';
    return {
      partnerId,
      resellerId,
      operator,
      head,
      submission,
      attempt,
      customerId: record.customer?.customerId ?? '',
    };
  }
  let one: Awaited<ReturnType<typeof reseller>>;
  let other: Awaited<ReturnType<typeof reseller>>;
  beforeAll(async () => {
    one = await reseller();
    other = await reseller();
  });

  test('a customer of a login becomes that reseller’s at Cloud Cockpit, without an id typed', () => {
    for (const { attempt, resellerId } of [one, other]) {
      expect(attempt).toMatchObject({ state: 'succeeded', mappingId: resellerId });
      const there = simulator.control.customers().find(({ id }) => id === attempt.vendorId);
      expect(there?.resellerId).toBe(resellerId);
    }
    expect(one.resellerId).not.toBe(other.resellerId);
  });

  test('in the address: the other’s records are not there', async () => {
    await expect(getOnboardingRecord(one.operator, other.submission.correlationId)).rejects.toMatchObject({
      name: 'NotFound',
    });
    await expect(loadCustomerPage(one.operator, other.customerId)).rejects.toMatchObject({ name: 'NotFound' });
    await expect(get(one.operator, other.resellerId)).rejects.toMatchObject({ name: 'NotFound' });
    await expect(
      loadVendorPartnersPage(one.operator, { connectionId: cockpit, partnerId: other.partnerId }),
    ).rejects.toMatchObject({ name: 'NotFound' });
  });

  test('in lists and pickers: each sees the one reseller that it is', async () => {
    for (const { operator, resellerId } of [one, other]) {
      expect((await list(operator)).rows).toMatchObject([{ vendorId: resellerId }]);
      expect((await list(operator, { search: 'harbor' })).rows).toEqual([]);
      const picker = { connectionId: cockpit, name: 'resellers', search: '' };
      expect((await lookUp(operator, picker)).options.map(({ value }) => value)).toEqual([resellerId]);
    }
  });

  test('in the form: the other’s reseller id is refused by the rules, and could not be sent', async () => {
    const mine = cockpitSubmission({ partnerId: one.partnerId, connectionId: cockpit });
    const [vendor] = mine.vendors;
    if (vendor === undefined) throw new Error('a form has a vendor');
    const typed = { ...mine, vendors: [{ ...vendor, input: { resellerId: other.resellerId } }] };
    const [row] = (await planOnboarding(one.operator, typed)).rows;
    expect(row).toMatchObject({ verdict: 'blocked', reason: 'invalid' });
    expect(row?.request?.body).toMatchObject({ resellerId: one.resellerId });
    expect(row?.findings).toContainEqual(expect.objectContaining({ message: 'cloud-cockpit.reseller-not-yours' }));
  });

  test('in hidden fields: the other’s partner, customer and attempt are not there', async () => {
    const mine = cockpitSubmission({ partnerId: one.partnerId, connectionId: cockpit });
    const asOther = { ...mine, partnerId: other.partnerId };
    await expect(planOnboarding(one.operator, asOther)).rejects.toMatchObject({ name: 'NotFound' });
    const ofOther = { ...mine, customerId: other.customerId };
    await expect(planOnboarding(one.operator, ofOther)).rejects.toMatchObject({ name: 'NotFound' });
    await expect(openAdoption(one.head, other.attempt.attemptId, other.attempt.vendorId ?? '')).rejects.toMatchObject({
      name: 'NotFound',
    });
    await expect(checkAttempt(one.operator, other.attempt.attemptId)).rejects.toMatchObject({ name: 'NotFound' });
  });

  test('in a settlement: the other’s customer cannot be claimed by its id', async () => {
    const mine = cockpitSubmission({ partnerId: one.partnerId, connectionId: cockpit });
    simulator.control.setFault({ ending: 'reset-before', method: 'POST', path: '/v1/Customers' });
    const unknown = await onboardedAttempt(one.operator, mine);
    expect(unknown.state).toBe('unknown');
    const claim = settleByHand(one.head, {
      attemptId: unknown.attemptId,
      state: 'succeeded',
      vendorId: other.attempt.vendorId,
      note: 'I say that it is mine.',
    });
    await expect(claim).rejects.toThrow(/No customer with this id/);
  });

  test('nobody below the CSP adds a reseller, with whatever ids', async () => {
    await expect(loadPartnerForm(one.head, cockpit, {})).rejects.toMatchObject({ name: 'NotFound' });
    for (const partnerId of [one.partnerId, other.partnerId, tree.csp]) {
      const submission = submissionFor({ partnerId });
      await expect(planPartner(one.head, submission)).rejects.toMatchObject({ name: 'NotFound' });
      await expect(addVendorPartner(one.head, '0'.repeat(64), submission)).rejects.toMatchObject({ name: 'NotFound' });
      expect(posts(submission.facts.name)).toEqual([]);
    }
    expect(await loadVendorPartnersPage(one.head, { connectionId: cockpit, partnerId: null })).toMatchObject({
      mayAdd: false,
      mappingId: one.resellerId,
    });
  });

  test('a mapping cannot be given away twice', async () => {
    const third = await addPartner({ key: `third-${uuidv7()}`, kind: 'reseller', parentId: tree.csp });
    await expect(addMapping({ connectionId: cockpit, partnerId: third, externalId: one.resellerId })).rejects.toThrow(
      /Unique/,
    );
  });
});
