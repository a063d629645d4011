import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import errors from '../../messages/en/vendor-errors.json' with { type: 'json' };
import { NotSent } from '../http/vendor-error';
import { type AvepointSetUp, contextOf, password, setUpAvepoint, westEurope } from '../testing/avepoint';
import { startRawServer } from '../testing/raw-server';
import { type TestCall, testCall } from '../testing/vendor-call';
import { zeus } from '../testing/zeus';
import { secretMarker, type VendorConnection } from '../vendor';
import sampleReply from './fixtures/created.json' with { type: 'json' };
import { defaultScope } from './vocabulary';

let setUp: AvepointSetUp;
beforeAll(async () => {
  setUp = await setUpAvepoint();
});
afterEach(() => setUp.simulator.control.reset());
afterAll(() => setUp.stop());

const withPassword = (connection: VendorConnection): TestCall => testCall(connection, { initialSecrets: { password } });
const inputOf = (rest: Record<string, unknown> = {}) =>
  setUp.adapter.parseInput({ dataCenter: westEurope, tags: ['gold'], managementMode: 'yes', ...rest });

describe('creating a customer', () => {
  test.each([null, '2026-07', '2025-09'])('arrives as the plan showed it, contract %s', async (profile) => {
    const { adapter, simulator, connect } = setUp;
    const call = withPassword(connect());
    const context = contextOf(call, profile);
    const planned = adapter.toCreateCustomer(zeus, inputOf(), context);
    expect(planned).toMatchObject({
      method: 'POST',
      path: '/partner/external/v3/general/customers',
      headers: { 'content-type': 'application/json' },
      body: { password: secretMarker },
    });
    const outcome = await adapter.createCustomer(call, zeus, inputOf(), context);
    const made = simulator.control.customers().at(-1);
    expect(outcome).toEqual({
      state: 'succeeded',
      vendorId: made?.id,
      vendorCorrelationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(made).toMatchObject({
      organization: 'Zeus & Sons',
      ownerEmail: 'ana@zeus.example',
      countryCode: 'PT',
      telephoneNumber: '+351 210 000 000',
      dataCenter: westEurope,
      tags: ['gold'],
      managementMode: 1,
      passwordGiven: true,
    });
    const sent = call.exchanges.find((one) => one.purpose === 'create');
    const { body } = planned;
    const without = (value: unknown) => ({ ...Object(value), password: undefined });
    expect(without(sent?.requestBody)).toEqual(without(body));
    expect(sent?.responseBody).toEqual({ status: 1, id: made?.id });
  });

  test.each([
    ['2026-07', '', 2],
    ['2026-07', 'no', 0],
    ['2025-09', '', 0],
    ['2025-09', 'yes', 1],
  ] as const)('contract %s, management mode “%s”: %d at the vendor', async (profile, managementMode, expected) => {
    const { adapter, simulator, connect } = setUp;
    const call = withPassword(connect());
    await adapter.createCustomer(call, zeus, inputOf({ managementMode }), contextOf(call, profile));
    expect(simulator.control.customers().at(-1)?.managementMode).toBe(expected);
  });

  test('no header but the documented ones', async () => {
    const { adapter, connect } = setUp;
    const call = withPassword(connect());
    await adapter.createCustomer(call, zeus, inputOf(), contextOf(call));
    const sent = call.exchanges.find((one) => one.purpose === 'create');
    expect(sent?.requestHeaders).toEqual({ accept: 'application/json', 'content-type': 'application/json' });
  });

  test('the password is in no record, no plan and no outcome, whatever the vendor echoes', async () => {
    const { adapter, simulator, connect } = setUp;
    for (const description of ['', `The password ${password} is too weak.`]) {
      const call = withPassword(connect());
      const errors = [{ code: 'Weak', field: 'password', message: description }];
      if (description !== '') simulator.control.setFault({ ending: 'refuse', path: '/customers', description, errors });
      const outcome = await adapter.createCustomer(call, zeus, inputOf(), contextOf(call));
      const kept = JSON.stringify([
        call.exchanges,
        outcome,
        adapter.toCreateCustomer(zeus, inputOf(), contextOf(call)),
      ]);
      expect(kept).not.toContain(password);
      expect(kept).not.toContain('demo-secret');
      const control = JSON.stringify([simulator.control.log(), simulator.control.customers()]);
      expect(control).not.toContain(password);
      if (description === '') continue;
      expect(outcome).toMatchObject({
        problem: { fieldErrors: [{ field: 'password', messages: ['The password ‹secret› is too weak.'] }] },
      });
    }
  });

  test('the plan’s masked body shows where the password goes; another value is never shown', () => {
    const { adapter } = setUp;
    const { body } = adapter.toCreateCustomer(zeus, inputOf(), contextOf({ correlationId: 'c' }));
    expect(adapter.mask(body)).toEqual(body);
    expect(JSON.stringify(adapter.mask({ ...Object(body), password }))).not.toContain(password);
    expect(adapter.mask({ password, other: 'x' })).toEqual({ password: '‹string, 20 characters›', '‹other keys›': 1 });
  });

  test('without a password nothing is sent, not even a sign-in', async () => {
    const { adapter, simulator, connect } = setUp;
    for (const initialSecrets of [{}, { password: ' ' }]) {
      const call = testCall(connect(), { initialSecrets });
      const outcome = await adapter.createCustomer(call, zeus, inputOf(), contextOf(call));
      expect(outcome).toMatchObject({
        state: 'refused',
        problem: { kind: 'invalid-request', effect: 'none', fieldErrors: [{ field: 'password' }] },
      });
      expect([simulator.control.log(), call.exchanges, call.marks.count, call.turns.taken]).toEqual([[], [], 0, 0]);
    }
  });

  test('what breaks the vendor’s rules is refused here, field by field', async () => {
    const { adapter, simulator, connect } = setUp;
    const call = withPassword(connect());
    const input = inputOf({ dataCenter: 'Europe', countryCode: 'XX' });
    const outcome = await adapter.createCustomer(call, { ...zeus, email: '', firstName: '' }, input, contextOf(call));
    const fields = outcome.state === 'refused' ? outcome.problem.fieldErrors.map((one) => one.field) : [];
    expect(new Set(fields)).toEqual(new Set(['dataCenter', 'countryCode', 'customer.email', 'customer.firstName']));
    expect(simulator.control.log()).toEqual([]);
  });

  test('the vendor’s complaints land on our fields, with every word kept', async () => {
    const { adapter, simulator, connect } = setUp;
    const call = withPassword(connect());
    simulator.control.setFault({
      ending: 'refuse',
      path: '/customers',
      description: 'Two things are wrong.',
      errors: [
        { code: 'InvalidParameter', field: 'RegistrationAccount', message: 'Not an address.' },
        { code: 'InvalidParameter', field: 'dataCenter', message: 'Not available.' },
        { field: 'whatever', message: null },
        { message: 'Something else.' },
      ],
    });
    const outcome = await adapter.createCustomer(call, zeus, inputOf(), contextOf(call));
    expect(outcome).toMatchObject({
      state: 'refused',
      problem: {
        kind: 'rejected',
        effect: 'none',
        status: 400,
        vendorType: 'InvalidParameter',
        vendorDescription: 'Two things are wrong.',
        vendorCorrelationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        fieldErrors: [
          { field: 'customer.email', vendorField: 'RegistrationAccount', messages: ['Not an address.'] },
          { field: 'dataCenter', messages: ['Not available.'] },
          { field: null, vendorField: 'whatever', messages: [] },
          { field: null, vendorField: null, messages: ['Something else.'] },
        ],
      },
    });
    expect(JSON.stringify(call.exchanges)).toContain('Two things are wrong.');
  });

  test('an attempt that may no longer be sent is not: the reason passes through', async () => {
    const { adapter, simulator, connect } = setUp;
    const reason = new NotSent('the rights changed');
    const call = testCall(connect(), { initialSecrets: { password }, beforeEffect: () => Promise.reject(reason) });
    await expect(adapter.createCustomer(call, zeus, inputOf(), contextOf(call))).rejects.toBe(reason);
    expect(simulator.control.customers().length).toBe(4);
  });

  test('slashes at the end of the base URL do no harm', async () => {
    const { adapter, simulator, connect } = setUp;
    const call = withPassword(connect({ baseUrl: `${simulator.url}//` }));
    expect((await adapter.createCustomer(call, zeus, inputOf(), contextOf(call))).state).toBe('succeeded');
  });
});

describe('the status in a 200 decides (1.5, 1.8)', () => {
  const rows: readonly (readonly [number, string, string])[] = [
    [2, 'refused rejected/none', 'avepoint.status-2'],
    [3, 'refused rejected/none', 'avepoint.status-3'],
    [4, 'refused rejected/none', 'avepoint.status-4'],
    [5, 'refused already-exists/earlier', 'avepoint.status-5'],
    [6, 'refused rejected/none', 'avepoint.status-6'],
    [7, 'refused already-exists/earlier', 'avepoint.status-7'],
    [0, 'unknown invalid-reply/unknown', 'avepoint.status-other'],
    [8, 'unknown invalid-reply/unknown', 'avepoint.status-other'],
    [99, 'unknown invalid-reply/unknown', 'avepoint.status-other'],
  ];
  test.each(rows)('status %d: %s', async (code, expected, message) => {
    const { adapter, simulator, connect } = setUp;
    const call = withPassword(connect());
    const outcome = await adapter.createCustomer(
      call,
      { ...zeus, name: `Zeus sim:status-${code}` },
      inputOf(),
      contextOf(call),
    );
    if (outcome.state === 'succeeded') throw new Error('A status that is not 1 is no success');
    const { problem } = outcome;
    expect([`${outcome.state} ${problem.kind}/${problem.effect}`, problem.message]).toEqual([expected, message]);
    expect(problem).toMatchObject({ status: 200, retryable: false, params: { code: String(code) } });
    expect(problem.vendorCorrelationId).toMatch(/^[0-9a-f-]{36}$/);
    expect(simulator.control.customers().length).toBe(4);
    const key = message.replace('avepoint.', '');
    expect(errors.avepoint).toHaveProperty([key]);
    // A number is always decoded, and named.
    if (key !== 'status-other')
      expect(Object.entries(errors.avepoint).find(([one]) => one === key)?.[1]).toContain(`Status ${code}`);
  });

  test('2, 3 and 4 say that the account may exist', () => {
    for (const key of ['status-2', 'status-3', 'status-4'] as const) {
      expect(errors.avepoint[key]).toContain('may exist: look it up before trying again');
    }
  });

  test.each([
    ['the partner’s own account', 'partner@ridge-it.example', 6],
    ['a customer of the partner', 'ADMIN@northwind.example', 5],
    ['an account of somebody else', 'owner@elsewhere.example', 7],
  ])('%s (%s): status %d', async (_name, email, code) => {
    const { adapter, connect } = setUp;
    const call = withPassword(connect());
    const outcome = await adapter.createCustomer(call, { ...zeus, email }, inputOf(), contextOf(call));
    expect(outcome).toMatchObject({ state: 'refused', problem: { message: `avepoint.status-${code}` } });
  });
});

describe('the id in a yes', () => {
  const answered = async (body: unknown, headers: Record<string, string> = {}) => {
    const server = await startRawServer((one) => {
      const token = '{"token_type":"Bearer","expires_in":3600,"access_token":"t"}';
      if (one.text.includes('/token ')) one.reply(200, token);
      else one.reply(200, JSON.stringify(body), headers);
    });
    const call = withPassword(setUp.connect({ baseUrl: server.url, tokenUrl: `${server.url}/token` }));
    const outcome = await setUp.adapter.createCustomer(call, zeus, inputOf(), contextOf(call));
    await server.stop();
    return outcome;
  };
  const id = '76f5dc9e-0000-4000-8000-d7efa0b53615';

  test.each([
    ['as id', { status: 1, id }, id],
    ['as customerId', { status: 1, id: null, customerId: id }, id],
    ['as both', { status: 1, id, customerId: 'other' }, id],
    ['the founding document’s sample', sampleReply, sampleReply.customerId],
    ['with more besides', { status: 1, id, more: {} }, id],
  ])('%s', async (_name, body, expected) => {
    expect(await answered(body)).toEqual({ state: 'succeeded', vendorId: expected, vendorCorrelationId: null });
  });

  test.each([
    ['none', { status: 1 }],
    ['null', { status: 1, id: null }],
    ['empty', { status: 1, id: '' }],
    ['the empty GUID', { status: 1, id: '00000000-0000-0000-0000-000000000000' }],
    ['no id at all', { status: 1, id: '../customers' }],
  ])('a yes with an id that is %s is unknown', async (_name, body) => {
    expect(await answered(body)).toMatchObject({
      state: 'unknown',
      problem: { kind: 'invalid-reply', effect: 'unknown', message: 'avepoint.no-id' },
    });
  });

  test.each([
    ['a status in words', { status: '1', id }],
    ['no status', { id }],
    ['a list', [{ status: 1, id }]],
  ])('%s breaks the contract and is unknown', async (_name, body) => {
    expect(await answered(body)).toMatchObject({
      state: 'unknown',
      problem: { kind: 'invalid-reply', message: 'invalid-reply' },
    });
  });

  test('the id of the request is kept, under whichever of the usual names it comes', async () => {
    for (const name of ['request-id', 'x-request-id', 'x-ms-request-id', 'x-correlation-id']) {
      expect(await answered({ status: 1, id }, { [name]: 'r-1' })).toMatchObject({ vendorCorrelationId: 'r-1' });
      expect(await answered({ status: 7 }, { [name]: 'r-2' })).toMatchObject({
        problem: { vendorCorrelationId: 'r-2' },
      });
    }
  });
});

describe('what AvePoint has no slot for', () => {
  test('no key, no look-ups, no mapping', () => {
    const { adapter } = setUp;
    expect(adapter.keyOf(inputOf(), contextOf({ correlationId: 'c' }))).toBeNull();
    expect(adapter.lookups).toEqual({});
  });

  test('what the section would send is what is looked for', () => {
    const { adapter } = setUp;
    const context = contextOf({ correlationId: 'c' });
    expect(adapter.toFindQuery(zeus, inputOf(), context)).toEqual({
      key: '',
      name: 'Zeus & Sons',
      country: 'PT',
      mappingId: null,
      email: 'ana@zeus.example',
    });
    const typed = inputOf({ organizationName: 'Zeus PT', registrationAccount: 'it@zeus.example', countryCode: 'es' });
    expect(adapter.toFindQuery(zeus, typed, context)).toMatchObject({
      name: 'Zeus PT',
      country: 'ES',
      email: 'it@zeus.example',
    });
  });
});

describe('signing in', () => {
  test('asks for the four permissions, unless the connection says otherwise', async () => {
    const { adapter, connect } = setUp;
    for (const scope of ['', 'elements.customers.read.all']) {
      const call = testCall(connect({ settings: { clientId: 'quayside-demo', scope } }));
      await adapter.getCustomer(call, crypto.randomUUID());
      expect(call.exchanges[0]).toMatchObject({ purpose: 'token', requestBody: { scope: scope || defaultScope } });
    }
  });

  test('an app that may only read cannot create', async () => {
    const { adapter, simulator, connect } = setUp;
    const call = withPassword(
      connect({ settings: { clientId: 'quayside-demo', scope: 'elements.customers.read.all' } }),
    );
    const outcome = await adapter.createCustomer(call, zeus, inputOf(), contextOf(call));
    expect(outcome).toMatchObject({
      state: 'refused',
      problem: { kind: 'forbidden', status: 403, message: 'forbidden' },
    });
    expect(simulator.control.customers().length).toBe(4);
  });

  test('64 creates with one cold token: one sign-in, 64 customers, each once', async () => {
    const { adapter, simulator, connect } = setUp;
    const connection = connect();
    const outcomes = await Promise.all(
      Array.from({ length: 64 }, (_one, number) => {
        const call = withPassword(connection);
        return adapter.createCustomer(call, { ...zeus, email: `${number}@zeus.example` }, inputOf(), contextOf(call));
      }),
    );
    expect(new Set(outcomes.map((one) => one.state))).toEqual(new Set(['succeeded']));
    const log = simulator.control.log();
    expect(log.filter((one) => one.path.endsWith('/token')).length).toBe(1);
    expect(simulator.control.customers().length).toBe(4 + 64);
  });
});
