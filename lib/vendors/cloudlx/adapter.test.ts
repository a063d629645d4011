import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { NotSent } from '../http/vendor-error';
import { type CloudlxSetUp, setUpCloudlx } from '../testing/cloudlx';
import { startRawServer } from '../testing/raw-server';
import { testCall, testConnection } from '../testing/vendor-call';
import { contextOf, zeus } from '../testing/zeus';
import { toGrant } from './client';
import answer from './fixtures/created-customer.json' with { type: 'json' };
import { demoData } from './simulator/state';

const asked = (search: string) => ({ search, parent: null, mappingId: null });

let setUp: CloudlxSetUp;
beforeAll(async () => {
  setUp = await setUpCloudlx();
});
afterEach(() => setUp.simulator.control.reset());
afterAll(() => setUp.stop());

describe('creating a customer', () => {
  test('arrives as the plan showed it, under our correlation id and with the vendor’s media type', async () => {
    const { adapter, simulator, connect } = setUp;
    const call = testCall(connect());
    const input = adapter.parseInput({
      realms: ['1', '7'],
      shownSubRealms: ['313', '328'],
      enabledSubRealms: ['328'],
    });
    const planned = adapter.toCreateCustomer(zeus, input, contextOf(call));
    const outcome = await adapter.createCustomer(call, zeus, input, contextOf(call));
    const made = simulator.control.customers().at(-1);
    expect(outcome).toEqual({ state: 'succeeded', vendorId: String(made?.id), vendorCorrelationId: null });
    expect(made).toMatchObject({
      name: 'Zeus & Sons',
      currency: 'EUR',
      country: 'PT',
      realms: [1, 7],
      shownSubRealms: [313, 328],
      enabledSubRealms: [328],
      correlationId: call.correlationId,
    });
    expect(simulator.control.users().at(-1)).toMatchObject({
      customerId: made?.id,
      email: 'ana@zeus.example',
      firstName: 'Ana',
      lastName: 'Silva',
      roleGroup: 'Admin',
    });
    expect(planned).toMatchObject({
      method: 'POST',
      path: '/api/customers',
      headers: {
        accept: 'application/vnd.cloudlx.v1+json',
        'content-type': 'application/json',
        'x-correlation-id': call.correlationId,
      },
    });
    const sent = call.exchanges.find((one) => one.purpose === 'create');
    expect(sent).toMatchObject({ requestBody: planned.body, requestHeaders: planned.headers });
    expect(sent?.responseBody).toMatchObject({
      id: made?.id,
      sub_realms: [{ has_access: false }, { has_access: true }],
    });
    // Every documented key may be stored, so the mask changes nothing here.
    expect(adapter.mask(planned.body)).toEqual(planned.body);
  });

  test('what breaks the vendor’s rules is refused here: nothing is sent, not even a sign-in', async () => {
    const { adapter, simulator, connect } = setUp;
    const call = testCall(connect());
    const input = adapter.parseInput({ country: 'ZZ', realms: ['one'], shownSubRealms: ['0'] });
    const outcome = await adapter.createCustomer(call, { ...zeus, email: '', lastName: '' }, input, contextOf(call));
    expect(outcome).toMatchObject({
      state: 'refused',
      problem: { kind: 'invalid-request', effect: 'none', status: null, params: { vendor: 'CloudLX' } },
    });
    const fields = outcome.state === 'refused' ? outcome.problem.fieldErrors.map((one) => one.field) : [];
    expect(new Set(fields)).toEqual(
      new Set(['country', 'currency', 'realms', 'shownSubRealms', 'customer.email', 'customer.lastName']),
    );
    expect([simulator.control.log(), call.exchanges, call.marks.count, call.turns.taken]).toEqual([[], [], 0, 0]);
  });

  test('the vendor’s complaints land on our fields, with every word kept', async () => {
    const { adapter, simulator, connect } = setUp;
    const call = testCall(connect());
    simulator.control.setFault({
      ending: 'refuse',
      method: 'POST',
      path: '/api/customers',
      description: 'Could not create new customer.',
      errors: {
        currency_iso: ['The selected currency iso is invalid.', 'Ask your account manager.'],
        'realms.1': ['The selected realms.1 is invalid.'],
        email: 'Not like this.',
        whatever: [7, 'Something else.'],
      },
    });
    const outcome = await adapter.createCustomer(call, zeus, adapter.parseInput({}), contextOf(call));
    expect(outcome).toMatchObject({
      state: 'refused',
      problem: {
        kind: 'rejected',
        status: 422,
        message: 'rejected',
        vendorDescription: 'Could not create new customer.',
        fieldErrors: [
          {
            field: 'currency',
            vendorField: 'currency_iso',
            messages: ['The selected currency iso is invalid.', 'Ask your account manager.'],
          },
          { field: 'realms', vendorField: 'realms.1', messages: ['The selected realms.1 is invalid.'] },
          { field: 'customer.email', vendorField: 'email', messages: ['Not like this.'] },
          { field: null, vendorField: 'whatever', messages: ['Something else.'] },
        ],
      },
    });
    expect(JSON.stringify(call.exchanges)).toContain('Ask your account manager.');
  });

  test('an attempt that may no longer be sent is not: the reason passes through', async () => {
    const { adapter, simulator, connect } = setUp;
    const reason = new NotSent('the rights changed');
    const call = testCall(connect(), { beforeEffect: () => Promise.reject(reason) });
    await expect(adapter.createCustomer(call, zeus, adapter.parseInput({}), contextOf(call))).rejects.toBe(reason);
    expect(simulator.control.customers().length).toBe(demoData.customers.length);
  });

  test.each(['//', '/api', '/api/'])('a base URL that ends with %s does no harm', async (end) => {
    const { adapter, simulator, connect } = setUp;
    const call = testCall(connect({ baseUrl: simulator.url + end }));
    expect((await adapter.createCustomer(call, zeus, adapter.parseInput({}), contextOf(call))).state).toBe('succeeded');
  });

  test('no key of ours is promised: CloudLX has no place for it', () => {
    const context = contextOf({ correlationId: 'ours' });
    expect(setUp.adapter.keyOf(setUp.adapter.parseInput({}), context)).toBeNull();
    expect(setUp.adapter.toFindQuery(zeus, setUp.adapter.parseInput({}), context)).toEqual({
      key: '',
      name: 'Zeus & Sons',
      country: 'PT',
      mappingId: null,
      email: 'ana@zeus.example',
      also: { currency: 'EUR' },
    });
  });
});

describe('a refusal of the first user alone', () => {
  const refuse = (errors: unknown, description?: string) =>
    setUp.simulator.control.setFault({
      ending: 'refuse',
      method: 'POST',
      path: '/api/customers',
      errors,
      ...(description === undefined ? {} : { description }),
    });
  const run = async (name = zeus.name) => {
    const call = testCall(setUp.connect());
    const input = setUp.adapter.parseInput({});
    return { call, outcome: await setUp.adapter.createCustomer(call, { ...zeus, name }, input, contextOf(call)) };
  };

  test.each([
    ['the e-mail address', { email: ['The email has already been taken.'] }, undefined],
    ['the role group', { role_group: ['The selected role group is invalid.'] }, undefined],
    ['e-mail and name of the user', { email: ['Taken.'], 'user.first_name': ['Bad.'] }, undefined],
    ['the e-mail address, in the message alone', [], 'The email has already been taken.'],
  ])('%s: refused, with its own words, when the vendor then shows no such customer', async (_name, errors, text) => {
    refuse(errors, text);
    const { call, outcome } = await run();
    expect(outcome).toMatchObject({
      state: 'refused',
      problem: { kind: 'rejected', effect: 'none', status: 422, message: 'cloudlx.user-refused' },
    });
    expect(call.exchanges.map((one) => one.purpose)).toEqual(['token', 'create', 'find']);
  });

  test('unknown when a customer of that name is there: it may be this one, or one from before', async () => {
    refuse({ email: ['The email has already been taken.'] });
    const { outcome } = await run('Atlas Bakery');
    expect(outcome).toMatchObject({
      state: 'unknown',
      problem: {
        kind: 'rejected',
        effect: 'unknown',
        message: 'cloudlx.user-refused-unknown',
        params: { effect: 'unknown' },
        fieldErrors: [{ field: 'customer.email' }],
      },
    });
  });

  test.each([
    ['the customer’s own field among them', { email: ['Taken.'], currency_iso: ['Bad.'] }],
    ['a field nobody knows among them', { email: ['Taken.'], more: ['Bad.'] }],
    ['nothing named at all', {}],
  ])('%s: an ordinary refusal, and nothing is read', async (_name, errors) => {
    refuse(errors);
    const { call, outcome } = await run();
    expect(outcome).toMatchObject({ state: 'refused', problem: { kind: 'rejected', message: 'rejected' } });
    expect(call.exchanges.map((one) => one.purpose)).toEqual(['token', 'create']);
  });
});

describe('look-ups', () => {
  test('realms and sub-realms by name, description or number; the record holds a count', async () => {
    const { adapter, connect } = setUp;
    const call = testCall(connect());
    expect(await adapter.lookups.realms?.(call, asked(''))).toEqual([
      { value: '1', label: 'Default', detail: 'Account administration and support.' },
      { value: '2', label: 'Networking', detail: 'Cloud Link Exchange' },
      { value: '7', label: 'Voice', detail: expect.stringContaining('toll free') },
    ]);
    expect(call.exchanges.at(-1)?.responseBody).toEqual({ rows: 3 });
    expect((await adapter.lookups.realms?.(call, asked('link')))?.map((one) => one.value)).toEqual(['2']);
    expect(await adapter.lookups['sub-realms']?.(call, asked('sbc'))).toEqual([
      { value: '328', label: 'Cloud SBC & Conversion', detail: null },
    ]);
    expect((await adapter.lookups['sub-realms']?.(call, asked('313')))?.map((one) => one.label)).toEqual(['SD WAN']);
  });

  test.each(['not-found', 'forbidden', 'html', 'wrong-shape', 'truncated', 'redirect', 'refuse'] as const)(
    'an endpoint that answers with %s offers nothing, and breaks nothing',
    async (ending) => {
      const { adapter, simulator, connect } = setUp;
      simulator.control.setFault({ ending, path: 'realms', times: null });
      for (const name of ['realms', 'sub-realms']) {
        expect(await adapter.lookups[name]?.(testCall(connect()), asked(''))).toEqual([]);
      }
    },
  );

  test('an account whose realms cannot be read at all offers none', async () => {
    const other = await setUpCloudlx({ listsRealms: false });
    try {
      expect(await other.adapter.lookups.realms?.(testCall(other.connect()), asked(''))).toEqual([]);
    } finally {
      await other.stop();
    }
  });

  test('a refused sign-in and a vendor in trouble are said, not hidden behind an empty list', async () => {
    const { adapter, simulator, connect } = setUp;
    const wrong = testCall(connect({ secrets: { clientSecret: 'wrong' } }));
    await expect(adapter.lookups.realms?.(wrong, asked(''))).rejects.toMatchObject({
      problem: { kind: 'forbidden', message: 'sign-in-refused' },
    });
    simulator.control.setFault({ ending: 'unavailable', path: 'realms', times: null });
    await expect(adapter.lookups.realms?.(testCall(connect()), asked(''))).rejects.toMatchObject({
      problem: { kind: 'vendor-failure' },
    });
  });
});

describe('where the sign-in is', () => {
  test.each([
    [
      'https://x.example',
      null,
      'https://x.example/api/oauth2/access-token',
      'https://x.example/api/oauth2/refresh-token',
    ],
    [
      'https://x.example/api/',
      null,
      'https://x.example/api/oauth2/access-token',
      'https://x.example/api/oauth2/refresh-token',
    ],
    [
      'https://x.example',
      'https://y.example/z/access-token/',
      'https://y.example/z/access-token/',
      'https://y.example/z/refresh-token',
    ],
  ])('%s with %s: %s, %s', (baseUrl, tokenUrl, access, refresh) => {
    const grant = toGrant(testConnection({ baseUrl, tokenUrl }));
    expect([grant.tokenUrl.href, grant.dialect?.refreshUrl.href]).toEqual([access, refresh]);
  });

  test('a token URL of the connection’s own is used', async () => {
    const { adapter, simulator, connect } = setUp;
    const call = testCall(connect({ tokenUrl: `${simulator.url}/api/oauth2/access-token` }));
    expect((await adapter.probe(call)).ok).toBe(true);
  });
});

describe('the founding document’s exchange, on a socket of its own', () => {
  test('the answer of the sample is a yes; the token goes out as Bearer, whatever its type is called', async () => {
    const server = await startRawServer((one) => {
      if (one.text.includes('/oauth2/')) {
        one.reply(
          200,
          '{"access_token":"abc","token_type":"client_credentials","expires_in":3600,"refresh_token":"r"}',
        );
      } else one.reply(200, JSON.stringify({ ...answer, new_key: 1 }));
    });
    try {
      const call = testCall(setUp.connect({ baseUrl: server.url }));
      const input = setUp.adapter.parseInput({ shownSubRealms: ['313', '328'], enabledSubRealms: ['313'] });
      const outcome = await setUp.adapter.createCustomer(call, zeus, input, contextOf(call));
      expect(outcome).toEqual({ state: 'succeeded', vendorId: '6918', vendorCorrelationId: null });
      expect(server.requests[1]).toContain('authorization: Bearer abc\r\n');
      expect(server.requests.every((text) => text.includes('accept: application/vnd.cloudlx.v1+json\r\n'))).toBe(true);
    } finally {
      await server.stop();
    }
  });
});
