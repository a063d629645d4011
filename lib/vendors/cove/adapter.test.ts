import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { refusalCode } from '../http/refusal-inside';
import { NotSent } from '../http/vendor-error';
import { asHarborLogin, type CoveSetUp, callsOf, setUpCove } from '../testing/cove';
import { type TestCall, testCall } from '../testing/vendor-call';
import { contextOf, zeus } from '../testing/zeus';
import { secretMarker } from '../vendor';
import { ownParentMarker } from './vocabulary';

const ridge = 50121;
const harbor = '50210';
const schools = '50211';
const pine = '50220';

let setUp: CoveSetUp;
beforeAll(async () => {
  setUp = await setUpCove();
});
afterEach(() => setUp.simulator.control.reset());
afterAll(() => setUp.stop());

const whole = {
  parentId: pine,
  level: 'EndCustomer',
  state: 'InTrial',
  locationId: '18',
  flags: ['CanInvoiceOthers'],
  externalCode: 'ZS-1',
  company: { district: 'Centre', faxNumber: '+1', billingContactPersonId: '42', bankAccountNumber: 'PT50' },
  trialRegistration: '2026-12-01',
  trialExpiration: '2026-12-31',
  regionId: '2',
  responsibleUserId: '33491',
  createDefaultAccount: true,
};

const create = (call: TestCall, typed: unknown = {}, mappingId: string | null = null, facts = zeus) =>
  setUp.adapter.createCustomer(call, facts, setUp.adapter.parseInput(typed), contextOf(call, mappingId));

describe('creating a customer', () => {
  test('arrives as the plan showed it, but for the markers; the attempt’s id is the JSON-RPC id', async () => {
    const { adapter, simulator, connect } = setUp;
    const call = testCall(connect());
    const planned = adapter.toCreateCustomer(zeus, adapter.parseInput(whole), contextOf(call));
    const outcome = await create(call, whole);
    const made = simulator.control.customers().at(-1);
    expect(outcome).toEqual({ state: 'succeeded', vendorId: String(made?.id), vendorCorrelationId: null });
    expect(made).toMatchObject({
      parentId: Number(pine),
      name: 'Zeus & Sons',
      state: 'InTrial',
      locationId: 18,
      externalCode: 'ZS-1',
      withAccount: true,
      requestId: call.attemptId,
    });
    const sent = call.exchanges.find((one) => one.purpose === 'create');
    expect(planned).toMatchObject({ method: 'POST', path: '/jsonapi', body: { visa: secretMarker } });
    // Every documented key is kept, but the visa is masked in what was sent.
    expect(sent?.requestBody).toEqual({
      ...Object.fromEntries(Object.entries(planned.body ?? {})),
      id: call.attemptId,
      visa: expect.stringMatching(/^‹string, \d+ characters›$/),
    });
    expect(adapter.mask(planned.body)).toEqual(planned.body);
    expect(sent?.responseBody).toEqual({
      id: call.attemptId,
      jsonrpc: '2.0',
      result: { result: made?.id },
      visa: expect.stringMatching(/^‹string/),
    });
  });

  test('a real visa in a body is masked, wherever it comes from', () => {
    const body = {
      jsonrpc: '2.0',
      visa: '33491-50121-1-1512736778-A99E',
      params: { partnerInfo: { Name: 'Z' }, more: 1 },
    };
    const masked = JSON.stringify(setUp.adapter.mask(body));
    expect(masked).not.toContain('33491');
    expect(masked).toContain('"Name":"Z"');
  });

  test('the sign-in leaves no password and no visa in the record', async () => {
    const { connect } = setUp;
    const call = testCall(connect());
    await create(call);
    const login = call.exchanges.find((one) => one.purpose === 'token');
    expect(login?.requestBody).toEqual({
      jsonrpc: '2.0',
      id: call.attemptId,
      method: 'Login',
      params: { partner: 'Ridge IT', username: 'quayside-demo', password: '‹string, 16 characters›' },
    });
    expect(login?.responseBody).toMatchObject({ result: { result: { PartnerId: ridge } }, visa: /‹/ });
    expect(JSON.stringify(call.exchanges)).not.toContain('demo-secret');
  });

  test('the record names each call, and a no within a 200 is no yes', async () => {
    const { connect } = setUp;
    const call = testCall(connect());
    await create(call, {}, null, { ...zeus, name: 'Zeus Named' });
    expect(call.exchanges.map((one) => [one.method, one.failure])).toEqual(
      ['Login', 'AddPartner'].map((name) => [`POST ${name}`, null]),
    );
    const again = testCall(connect());
    await create(again, {}, null, { ...zeus, name: 'Zeus Named' });
    const refused = again.exchanges.find((one) => one.method === 'POST AddPartner');
    expect(refused).toMatchObject({ status: 200, failure: expect.stringMatching(/^answer:\d+$/) });
    expect(refusalCode(refused?.failure ?? null)).toMatch(/^\d+$/);
    expect(refusalCode('timeout')).toBeNull();
  });

  test('our correlation id is the customer reference when none is typed', async () => {
    const { adapter, simulator, connect } = setUp;
    const call = testCall(connect());
    await create(call);
    expect(simulator.control.customers().at(-1)?.externalCode).toBe(call.correlationId);
    expect(adapter.keyOf(adapter.parseInput({}), contextOf(call))).toBe(call.correlationId);
    expect(adapter.keyOf(adapter.parseInput({ externalCode: ' ZS-1 ' }), contextOf(call))).toBe('ZS-1');
  });

  test('without mapping or choice the parent is the partner of the sign-in, read when it is sent', async () => {
    const { adapter, simulator, connect } = setUp;
    const call = testCall(connect());
    const planned = adapter.toCreateCustomer(zeus, adapter.parseInput({}), contextOf(call));
    expect(planned.body).toMatchObject({ params: { partnerInfo: { ParentId: ownParentMarker } } });
    await create(call);
    expect(simulator.control.customers().at(-1)?.parentId).toBe(ridge);
    const own = testCall(connect(asHarborLogin));
    await create(own, {}, null, { ...zeus, name: 'Zeus of Harbor' });
    expect(simulator.control.customers().at(-1)?.parentId).toBe(Number(harbor));
  });

  test('a mapping decides the parent; below it another may be picked, outside of it none', async () => {
    const { simulator, connect } = setUp;
    for (const [mappingId, parentId, expected] of [
      [harbor, '', harbor],
      [harbor, harbor, harbor],
      [harbor, schools, schools],
      [null, pine, pine],
    ] as const) {
      const call = testCall(connect());
      await create(call, { parentId }, mappingId, { ...zeus, name: `Zeus ${mappingId} ${parentId}` });
      expect(String(simulator.control.customers().at(-1)?.parentId)).toBe(expected);
    }
  });

  test.each([
    ['another reseller', pine],
    ['the owner itself', String(ridge)],
    ['the root of everything', '1'],
    ['another distributor’s', '60001'],
    ['nobody', '99999999'],
  ])(
    '%s as the parent of a mapped partner’s customer is refused here: AddPartner never leaves',
    async (_name, parentId) => {
      const { connect } = setUp;
      const call = testCall(connect());
      expect(await create(call, { parentId }, harbor)).toMatchObject({
        state: 'refused',
        problem: {
          kind: 'invalid-request',
          effect: 'none',
          message: 'cove.parent-outside',
          fieldErrors: [{ field: 'parentId' }],
        },
      });
      expect([callsOf(setUp, 'AddPartner').length, call.marks.count]).toEqual([0, 0]);
    },
  );

  test('what breaks the contract is refused here: nothing is sent, not even a sign-in', async () => {
    const { simulator, connect } = setUp;
    const call = testCall(connect());
    const typed = { parentId: 'Harbor', locationId: 'Lisbon', company: { country: 'Atlantis' }, regionId: 'x' };
    const outcome = await create(call, typed, null, { ...zeus, name: '' });
    expect(outcome).toMatchObject({
      state: 'refused',
      problem: { kind: 'invalid-request', message: 'invalid-request' },
    });
    const fields = outcome.state === 'refused' ? outcome.problem.fieldErrors.map((one) => one.field) : [];
    expect(new Set(fields)).toEqual(
      new Set(['parentId', 'customer.name', 'company.country', 'locationId', 'regionId']),
    );
    expect([simulator.control.log(), call.exchanges, call.marks.count, call.turns.taken]).toEqual([[], [], 0, 0]);
  });

  test('a name that is taken anywhere: it exists already, on the name’s field, with the number decoded', async () => {
    const { connect } = setUp;
    const call = testCall(connect());
    expect(await create(call, {}, null, { ...zeus, name: 'Other Coast Bakery' })).toMatchObject({
      state: 'refused',
      problem: {
        kind: 'already-exists',
        effect: 'earlier',
        status: 200,
        message: 'cove.already-exists',
        params: { code: '2115' },
        vendorType: '2115 PartnerWithSameNameAlreadyExists',
        vendorDescription: 'Partner with the same name already exists.',
        fieldErrors: [{ field: 'customer.name', vendorField: 'Name' }],
      },
    });
  });

  test('a parent whose state allows no customers: refused, on the parent’s field', async () => {
    const call = testCall(setUp.connect());
    expect(await create(call, { parentId: '50250' })).toMatchObject({
      state: 'refused',
      problem: { kind: 'rejected', message: 'cove.parent-state', fieldErrors: [{ field: 'parentId' }] },
    });
  });

  test('a complaint without a number, such as a level that is not below, may have taken effect', async () => {
    const call = testCall(setUp.connect());
    expect(await create(call, { parentId: harbor, level: 'Distributor' })).toMatchObject({
      state: 'unknown',
      problem: { kind: 'vendor-failure', effect: 'unknown', message: 'cove.fault', params: { code: 'none' } },
    });
  });

  test('a vendor that repeats our visa and password in its words does not get them into the record', async () => {
    const { simulator, connect } = setUp;
    simulator.control.setFault({
      ending: 'rpc-error',
      code: 4711,
      body: '"AddPartner"',
      description: 'demo-secret-cove was sent',
    });
    const call = testCall(connect());
    const outcome = await create(call);
    const kept = JSON.stringify([outcome, call.exchanges]);
    expect(kept).toContain('‹secret› was sent');
    expect(kept).not.toContain('demo-secret-cove');
  });

  test('an attempt that may no longer be sent is not: the reason passes through', async () => {
    const reason = new NotSent('the rights changed');
    const call = testCall(setUp.connect(), { beforeEffect: () => Promise.reject(reason) });
    await expect(create(call)).rejects.toBe(reason);
    expect(callsOf(setUp, 'AddPartner')).toEqual([]);
  });

  test.each(['', '/', '/jsonapi', '/jsonapi//'])('a base URL that ends in %j reaches the one address', async (path) => {
    const { simulator, connect } = setUp;
    const call = testCall(connect({ baseUrl: simulator.url + path }));
    expect((await create(call)).state).toBe('succeeded');
    expect(new Set(simulator.control.log().map((one) => one.path))).toEqual(new Set(['/jsonapi']));
  });
});

const ask = (name: string, call: TestCall, rest: { search?: string; parent?: string; mappingId?: string } = {}) => {
  const { search = '', parent = null, mappingId = null } = rest;
  const lookup = setUp.adapter.lookups[name];
  if (lookup === undefined) throw new Error(`There is no look-up ${name}`);
  return lookup(call, { search, parent, mappingId });
};
const labels = async (options: ReturnType<typeof ask>) => (await options).map(({ label }) => label);

describe('the tree, level by level', () => {
  test('the top: partners below the connection’s own, resellers by level and name, no end customers', async () => {
    const options = await ask('parents', testCall(setUp.connect()));
    expect(options.map(({ label }) => label)).toEqual([
      'Tagus Distribution',
      'Altamar Informática',
      'Blue Fjord IT',
      'Canal Networks',
      'Harbor Cloud',
      'Pine Systems',
    ]);
    expect(options.at(-2)).toEqual({
      value: harbor,
      label: 'Harbor Cloud',
      detail: 'Reseller',
      data: { level: 'Reseller', hasChildren: true },
    });
    expect(options.at(1)?.data).toEqual({ level: 'Reseller', hasChildren: false });
  });

  test('a level below is read when it is opened, a hundred at a time', async () => {
    const call = testCall(setUp.connect());
    const options = await ask('parents', call, { parent: '50300' });
    expect([options.length, options[0]?.label]).toEqual([100, 'Tagus Reseller 00001']);
    expect(call.exchanges.at(-1)?.responseBody).toMatchObject({ result: { rows: 100 } });
    expect(JSON.stringify(call.exchanges)).not.toContain('Tagus');
  });

  test('a search on a long level finds what it does not show', async () => {
    const call = testCall(setUp.connect());
    expect(await labels(ask('parents', call, { parent: '50300', search: 'seller 09999' }))).toEqual([
      'Tagus Reseller 09999',
    ]);
  });

  test('an exact name is found at any depth, an end customer too, a site never', async () => {
    const connection = setUp.connect();
    const search = (text: string) => labels(ask('partners', testCall(connection), { search: text }));
    expect(await search('Tagus Reseller 00042')).toEqual(['Tagus Reseller 00042']);
    expect(await search('Atlas Bakery')).toEqual(['Atlas Bakery']);
    expect(await search('Atlas Bakery Mill Street')).toEqual([]);
    expect(await search('pine')).toEqual(['Pine Systems']);
    expect(await search('Other Coast Distribution')).toEqual([]);
  });

  test('where a pattern is understood otherwise, the first page is searched here', async () => {
    const { simulator, connect } = setUp;
    const call = testCall(connect());
    // This vendor takes `%` for anything: as a plain text it is part of no name.
    expect(await labels(ask('partners', call, { search: 'Harbor%' }))).toEqual([]);
    simulator.control.clearLog();
    expect(await labels(ask('partners', testCall(connect()), { search: 'bor clo' }))).toEqual(['Harbor Cloud']);
  });

  test('a mapped partner sees what lies below its mapping, and nothing else', async () => {
    const connection = setUp.connect();
    const inside = (rest: { search?: string; parent?: string }) =>
      labels(ask('parents', testCall(connection), { ...rest, mappingId: harbor }));
    expect(await inside({})).toEqual(['Harbor Cloud Schools']);
    expect(await inside({ parent: harbor })).toEqual(['Harbor Cloud Schools']);
    expect(await inside({ parent: schools })).toEqual([]);
    expect(await inside({ search: 'Atlas Bakery' })).toEqual(['Atlas Bakery']);
    for (const parent of [pine, String(ridge), '1', '60001', '99999999', 'no number']) {
      expect([parent, await inside({ parent })]).toEqual([parent, []]);
      expect([parent, await inside({ parent, search: 'a' })]).toEqual([parent, []]);
    }
    for (const search of ['Pine Systems', 'Kiel Marine Parts', 'Tagus', 'Ridge IT']) {
      expect([search, await inside({ search })]).toEqual([search, []]);
    }
  });
});

describe('flat lists', () => {
  test('locations and regions by name; the record holds a count', async () => {
    const call = testCall(setUp.connect());
    expect(await ask('locations', call, { search: 'united' })).toEqual([
      { value: '5', label: 'United Kingdom', detail: null },
      { value: '18', label: 'United States', detail: null },
    ]);
    expect(call.exchanges.at(-1)?.responseBody).toMatchObject({ result: { rows: 8 } });
    expect(await labels(ask('regions', call))).toEqual(['Central Europe', 'Iberia', 'Nordics']);
  });
});
