import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../auth/actor';
import { emptyCustomerFacts } from '../customers/customer-facts';
import { asSystem } from '../db/as-system';
import { closeDatabases } from '../db/client';
import { runAttempts } from '../onboarding/run-attempts';
import { testDatabase } from '../testing/database';
import { onlyAttempt } from '../testing/engine';
import { addActor, addAvepoint, addCove, addMapping, addTree } from '../testing/world';
import { type CoveSimulator, startCoveSimulator } from '../vendors/cove/simulator';
import { demoData } from '../vendors/cove/simulator/state';
import { closeVendors } from '../vendors/registry';
import { addVendorPartner } from './add-partner';
import { loadPartnerForm } from './load-partner-form';
import { type PartnerSubmission, partnerSubmissionSchema } from './partner-submission';
import { planPartner } from './plan-partner';
import { getVendorPartner, listVendorPartners, loadVendorPartnersPage } from './read-partners';

const database = await testDatabase();
let simulator: CoveSimulator;
let tree: Awaited<ReturnType<typeof addTree>>;
let admin: Actor;
let operator: Actor;
let harborAdmin: Actor;
let viewer: Actor;
let cove: string;

/** Ids in the simulated tree: the distributor, its two resellers, what is below them, and a neighbour. */
const at = {
  ridge: '50121',
  harbor: '50210',
  pine: '50220',
  tagus: '50300',
  bakery: '50212',
  kiel: '50221',
  root: '1',
};
const neighbour = '60001';

beforeAll(async () => {
  const [crowd] = demoData.crowds;
  if (crowd === undefined) throw new Error('the demo has a crowd');
  simulator = await startCoveSimulator({ crowds: [{ ...crowd, count: 20_000 }] });
  tree = await addTree();
  admin = await addActor({ partnerId: tree.csp, role: 'admin' });
  operator = await addActor({ partnerId: tree.csp, role: 'operator' });
  harborAdmin = await addActor({ partnerId: tree.harbor, role: 'admin' });
  viewer = await addActor({ partnerId: tree.csp, role: 'viewer' });
  cove = await addCove({ ownerPartnerId: tree.csp, baseUrl: simulator.baseUrl, timeoutMs: 2_000 });
  await addMapping({ connectionId: cove, partnerId: tree.harbor, externalId: at.harbor });
  await addMapping({ connectionId: cove, partnerId: tree.pine, externalId: at.pine });
});
afterEach(() => {
  simulator.control.clearFaults();
  simulator.control.clearLog();
});
afterAll(async () => {
  await closeVendors();
  await simulator.stop();
  await closeDatabases();
  await database.drop();
});

const list = (actor: Actor, asked: { parent?: string | null; search?: string; offset?: number } = {}) =>
  listVendorPartners(actor, { connectionId: cove, partnerId: null, parent: null, search: '', offset: 0, ...asked });
const names = async (...asked: Parameters<typeof list>) => (await list(...asked)).rows.map((row) => row?.name ?? null);
const get = (actor: Actor, vendorPartnerId: string | null) =>
  getVendorPartner(actor, { connectionId: cove, partnerId: null, vendorPartnerId });

function submissionFor(rest: Partial<PartnerSubmission> = {}, name = `Bad input ${uuidv7()}`): PartnerSubmission {
  return {
    correlationId: uuidv7(),
    connectionId: cove,
    partnerId: tree.csp,
    parentId: at.ridge,
    facts: { ...emptyCustomerFacts, name, country: 'PT' },
    input: { level: 'Reseller' },
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

describe('the tree of the owner', () => {
  test('begins with the connection’s own partner, says who is mapped, and names the way to each', async () => {
    expect(await get(admin, null)).toMatchObject({ vendorId: at.ridge, level: 'Distributor', children: 7, path: [] });
    const rows = (await list(operator)).rows;
    expect(rows.find((row) => row?.vendorId === at.harbor)).toMatchObject({
      name: 'Harbor Cloud',
      level: 'Reseller',
      children: 2,
      mappedTo: expect.stringContaining('harbor'),
    });
    expect(await get(operator, at.bakery)).toMatchObject({
      name: 'Atlas Bakery',
      key: 'AB-7',
      path: [
        { vendorId: at.ridge, name: 'Ridge IT' },
        { vendorId: at.harbor, name: 'Harbor Cloud' },
      ],
    });
  });

  test('finds by a part of a name, by reference, and an exact name or id anywhere', async () => {
    expect(await names(admin, { search: 'northwind' })).toEqual(['Northwind Harbour Lda']);
    expect(await names(admin, { search: 'nw-1' })).toEqual(['Northwind Harbour Lda']);
    expect(await names(admin, { search: 'Atlas Bakery' })).toEqual(['Atlas Bakery']);
    expect(await names(admin, { search: at.kiel })).toEqual(['Kiel Marine Parts']);
    expect(await names(admin, { search: 'ab-7', parent: at.harbor })).toEqual(['Atlas Bakery']);
    expect(await names(admin, { search: 'Other Coast Bakery' })).toEqual([]);
  });

  test('a node with 20,000 children answers in pages of 100, any of them, in one request', async () => {
    const first = await list(admin, { parent: at.tagus });
    expect([first.rows.length, first.total, first.more]).toEqual([100, 20_000, true]);
    const last = await list(admin, { parent: at.tagus, offset: 19_900 });
    expect([last.rows.at(-1)?.name, last.more]).toEqual(['Tagus Reseller 20000', false]);
    const asked = simulator.control.log().filter(({ rpcMethod }) => rpcMethod === 'EnumerateChildPartners');
    expect(asked).toHaveLength(2);
    expect(await names(admin, { parent: at.tagus, search: 'Reseller 19999' })).toEqual(['Tagus Reseller 19999']);
  });

  test('where the method with pages is refused, the one without is read and cut', async () => {
    simulator.control.setFault({ ending: 'forbidden', body: '"EnumerateChildPartners"', times: null });
    const rest = await list(admin, { offset: 5 });
    expect([rest.rows.length, rest.total, rest.more]).toEqual([2, 7, false]);
    expect(await names(admin, { search: 'northwind' })).toEqual(['Northwind Harbour Lda']);
  });

  test('a vendor that fails is said with its kind, and a refused sign-in breaks the connection', async () => {
    simulator.control.setFault({ ending: 'html', body: '"EnumerateChildPartners"', times: null });
    await expect(list(admin)).rejects.toMatchObject({ problem: { kind: 'invalid-reply' } });
    const connectionId = await addCove({ ownerPartnerId: tree.csp, baseUrl: simulator.baseUrl });
    simulator.control.setFault({ ending: 'refuse', path: 'token', times: null });
    const asked = { connectionId, partnerId: null, parent: null, search: '', offset: 0 };
    await expect(listVendorPartners(admin, asked)).rejects.toMatchObject({ problem: { message: 'sign-in-refused' } });
    simulator.control.clearFaults();
    await expect(listVendorPartners(admin, asked)).rejects.toThrow(/refused/);
    expect(await loadVendorPartnersPage(admin, asked)).toMatchObject({ unusable: 'broken', mayAdd: true });
  });
});

describe('below the owner', () => {
  test('the tree begins with what the mapping names', async () => {
    expect(await loadVendorPartnersPage(harborAdmin, { connectionId: cove, partnerId: null })).toMatchObject({
      partnerId: tree.harbor,
      mappingId: at.harbor,
      mayAdd: true,
    });
    expect(await get(harborAdmin, null)).toMatchObject({ vendorId: at.harbor, path: [] });
    expect(await names(harborAdmin)).toEqual(['Harbor Cloud Schools', 'Atlas Bakery']);
    expect(await get(harborAdmin, at.bakery)).toMatchObject({ path: [{ vendorId: at.harbor }] });
  });

  test.each(
    Object.entries({ ...at, neighbour, nothing: '999999', words: 'x y', huge: '99999999999' }).filter(
      ([, id]) => id !== at.harbor && id !== at.bakery,
    ),
  )('the id of %s is not there: as a parent, on its own, in the form and in the plan', async (_, id) => {
    await expect(get(harborAdmin, id)).rejects.toMatchObject({ name: 'NotFound' });
    await expect(list(harborAdmin, { parent: id })).rejects.toMatchObject({ name: 'NotFound' });
    await expect(loadPartnerForm(harborAdmin, cove, { parent: id })).rejects.toMatchObject({ name: 'NotFound' });
    const submission = submissionFor({ partnerId: tree.harbor, parentId: id, input: { level: 'Site' }, anyway: true });
    const plan = await planPartner(harborAdmin, submission);
    expect(plan).toMatchObject({ verdict: 'blocked', reason: 'parent-gone', parent: null, request: null });
    await expect(addVendorPartner(harborAdmin, plan.planHash, submission)).rejects.toThrow(/blocked/);
    expect(simulator.control.log().filter(({ rpcMethod }) => rpcMethod === 'AddPartner')).toEqual([]);
  });

  test('the parent that the section names is not the one that counts', async () => {
    const input = { level: 'EndCustomer', parentId: at.pine, parentLevel: 'Root', parentName: 'Mine' };
    const submission = submissionFor({ partnerId: tree.harbor, parentId: at.harbor, input });
    const plan = await planPartner(harborAdmin, submission);
    expect(plan.request?.body).toMatchObject({ params: { partnerInfo: { ParentId: Number(at.harbor) } } });
  });

  test('a search shows nothing outside of the mapping', async () => {
    for (const search of ['Pine Systems', 'Kiel Marine Parts', at.kiel, at.ridge, 'Ridge IT', 'NW-1']) {
      expect(await names(harborAdmin, { search })).toEqual([]);
    }
  });

  test('what is linked to another branch stays hidden inside of the mapping, too', async () => {
    const customerId = uuidv7();
    const partnerId = tree.pine;
    await asSystem('seed', async (tx) => {
      await tx.customer.create({ data: { id: customerId, partnerId, name: 'Linked elsewhere', country: 'PT' } });
      const link = {
        customerId,
        partnerId,
        connectionId: cove,
        vendor: 'cove',
        vendorId: at.bakery,
        origin: 'adopted',
      };
      await tx.vendorAccount.create({ data: { id: uuidv7(), correlationId: uuidv7(), ...link } });
    });
    expect(await names(harborAdmin)).toEqual(['Harbor Cloud Schools', null]);
    await expect(get(harborAdmin, at.bakery)).rejects.toMatchObject({ name: 'NotFound' });
    expect(await names(admin, { parent: at.harbor })).toEqual(['Harbor Cloud Schools', 'Atlas Bakery']);
    await asSystem('seed', (tx) =>
      tx.vendorAccount.updateMany({ where: { customerId }, data: { vendorId: uuidv7() } }),
    );
  });

  test('without a mapping nothing is read, and the page says why', async () => {
    const connectionId = await addCove({ ownerPartnerId: tree.csp, baseUrl: simulator.baseUrl });
    const place = { connectionId, partnerId: null };
    expect(await loadVendorPartnersPage(harborAdmin, place)).toMatchObject({ unusable: 'mapping-missing' });
    await expect(getVendorPartner(harborAdmin, { ...place, vendorPartnerId: null })).rejects.toThrow(/not mapped/);
    const submission = submissionFor({ connectionId, partnerId: tree.harbor, parentId: null, anyway: true });
    expect(await planPartner(harborAdmin, submission)).toMatchObject({ reason: 'mapping-missing', request: null });
    expect(simulator.control.log()).toEqual([]);
  });

  test('another partner’s eyes cannot be borrowed', async () => {
    for (const partnerId of [tree.csp, tree.pine, tree.foreign, 'x', uuidv7()]) {
      const asked = { connectionId: cove, partnerId, parent: null, search: '', offset: 0 };
      await expect(listVendorPartners(harborAdmin, asked)).rejects.toMatchObject({ name: 'NotFound' });
      await expect(loadPartnerForm(harborAdmin, cove, { partner: partnerId })).rejects.toMatchObject({
        name: 'NotFound',
      });
    }
    const below = { connectionId: cove, partnerId: tree.harbor, vendorPartnerId: null };
    expect(await getVendorPartner(admin, below)).toMatchObject({ vendorId: at.harbor });
  });

  test('a viewer reads no vendor, and a vendor without partners has no such page', async () => {
    await expect(list(viewer)).rejects.toThrow(/not permitted/);
    const baseUrl = 'http://127.0.0.1:9';
    const avepoint = await addAvepoint({ ownerPartnerId: tree.csp, baseUrl, tokenUrl: baseUrl });
    for (const connectionId of [avepoint, uuidv7(), 'x']) {
      await expect(loadVendorPartnersPage(admin, { connectionId, partnerId: null })).rejects.toMatchObject({
        name: 'NotFound',
      });
    }
  });
});

describe('bad input', () => {
  test.each([
    ['Distributor', at.ridge, 'level', 'cove.level-not-below'],
    ['SubRoot', at.tagus, 'level', 'cove.level-not-below'],
    ['EndCustomer', at.bakery, 'level', 'cove.level-not-below'],
  ])('a %s below %s breaks the rule about %s', async (level, parentId, field, message) => {
    const submission = submissionFor({ parentId, input: { level } });
    const plan = await planPartner(admin, submission);
    expect(plan).toMatchObject({ verdict: 'blocked', reason: 'invalid', request: null });
    expect(plan.findings).toContainEqual(expect.objectContaining({ level: 'error', field, message }));
  });

  test.each(['SubDistributor', 'Reseller', 'ServiceOrganization', 'EndCustomer', 'Site'])(
    'every level below the parent’s can be added: %s',
    async (level) => {
      const attempt = await submitted(admin, submissionFor({ input: { level } }));
      expect(attempt.state).toBe('succeeded');
      expect(await get(admin, attempt.vendorId)).toMatchObject({ level });
    },
  );

  test('a kind of service that the parent may not give', async () => {
    const input = { level: 'Reseller', serviceType: 'SoftwareOnly', childServiceTypes: ['SoftwareOnly'] };
    const plan = await planPartner(admin, submissionFor({ input }));
    const broken = plan.findings.filter(({ level }) => level === 'error').map(({ field }) => field);
    expect(broken).toEqual(['serviceType', 'childServiceTypes']);
  });

  test('a parent whose state allows nothing below it', async () => {
    const plan = await planPartner(admin, submissionFor({ parentId: '50250', input: { level: 'EndCustomer' } }));
    expect(plan.findings).toContainEqual(expect.objectContaining({ message: 'cove.parent-state' }));
  });

  test('a parent removed before the plan, and after it', async () => {
    const parent = await submitted(admin, submissionFor());
    const submission = submissionFor({ parentId: parent.vendorId, input: { level: 'EndCustomer' } });
    const { planHash } = await planPartner(admin, submission);
    simulator.control.reset();
    const answer = await addVendorPartner(admin, planHash, submission);
    if (answer.kind !== 'opened') throw new Error('the plan moved');
    await runAttempts(answer.attempts);
    expect(await onlyAttempt(admin, submission.correlationId)).toMatchObject({
      state: 'refused',
      problem: { message: 'cove.parent-not-found' },
    });
    expect(await planPartner(admin, { ...submission, correlationId: uuidv7() })).toMatchObject({
      reason: 'parent-gone',
    });
  });

  test.each([
    ['255 characters', 'N'.repeat(250) + uuidv7().slice(-5)],
    ['right to left', `شركة النور ${uuidv7().slice(-4)}`],
    ['with an emoji and quotes', `Zeus "& Sons" 🚢 ${uuidv7().slice(-4)}`],
  ])('a name of %s arrives as it was typed', async (_, name) => {
    const attempt = await submitted(admin, submissionFor({}, name));
    expect(attempt).toMatchObject({ state: 'succeeded', partner: { name } });
    expect(await get(admin, attempt.vendorId)).toMatchObject({ name });
  });

  test('a name of 256 characters, none, and one that cannot be stored are no submission', () => {
    for (const name of ['N'.repeat(256), ' ', 'a\u0000b']) {
      expect(partnerSubmissionSchema.safeParse(submissionFor({}, name)).success).toBe(false);
    }
  });

  test('a name that differs in case alone is shown to a person, who decides; Cove tells them apart', async () => {
    const name = `Casing ${uuidv7()}`;
    await submitted(admin, submissionFor({}, name));
    const shout = submissionFor({}, name.toUpperCase());
    expect(await planPartner(admin, shout)).toMatchObject({
      verdict: 'blocked',
      reason: 'name-known',
      found: [{ name, match: 'name' }],
      mayAddAnyway: true,
    });
    expect(await submitted(admin, { ...shout, anyway: true })).toMatchObject({ state: 'succeeded' });
  });

  test('fields that nobody asked for are refused at the top, and reach no vendor from within', async () => {
    expect(partnerSubmissionSchema.safeParse({ ...submissionFor(), role: 'admin' }).success).toBe(false);
    const facts = { ...submissionFor().facts, partnerId: tree.foreign };
    expect(partnerSubmissionSchema.safeParse({ ...submissionFor(), facts }).success).toBe(false);
    const input = { level: 'Reseller', ParentId: 1, Id: 50210, company: { Secret: 'x', city: 'Porto' } };
    const plan = await planPartner(admin, submissionFor({ input }));
    expect(JSON.stringify(plan.request)).not.toMatch(/Secret|50210|"Id"/);
    expect(plan.request?.body).toMatchObject({ params: { partnerInfo: { ParentId: Number(at.ridge) } } });
  });

  test('a section that cannot be read is blocked, and nothing is sent', async () => {
    const plan = await planPartner(admin, submissionFor({ input: { level: 7 } }));
    expect(plan).toMatchObject({ reason: 'invalid', request: null });
  });

  test('what nobody could read blocks, until a person says otherwise', async () => {
    simulator.control.setFault({ ending: 'error-before', body: '"EnumerateChildPartners"', times: null });
    const submission = submissionFor();
    expect(await planPartner(admin, submission)).toMatchObject({
      reason: 'look-up-failed',
      mayAddAnyway: true,
      problem: { kind: 'vendor-failure' },
    });
    expect(await submitted(admin, { ...submission, anyway: true })).toMatchObject({ state: 'succeeded' });
  });

  test('evidence of another form is worth nothing', async () => {
    const submission = submissionFor();
    const { planHash } = await planPartner(admin, submission);
    const other = { ...submission, parentId: at.tagus };
    expect(await addVendorPartner(admin, planHash, other)).toMatchObject({
      kind: 'plan-moved',
      plan: { reason: 'look-up-failed' },
    });
  });
});

describe('the form as it opens', () => {
  test.each([
    [at.ridge, 'Reseller'],
    [at.tagus, 'Reseller'],
    [at.harbor, 'EndCustomer'],
    [at.bakery, 'Site'],
  ])('below %s it begins with a level that may stand there: %s', async (parent, level) => {
    const form = await loadPartnerForm(admin, cove, { parent });
    expect(form.input).toMatchObject({ level, parentId: parent });
  });
});
