import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { NotSent } from '../http/vendor-error';
import { type CloudCockpitSetUp, setUpCloudCockpit } from '../testing/cloud-cockpit';
import { testCall } from '../testing/vendor-call';
import { contextOf, zeus } from '../testing/zeus';
import { demoData } from './simulator/state';

const harbor = demoData.resellers[0]?.id ?? '';
const pine = demoData.resellers[1]?.id ?? '';
const instance = demoData.instances[0]?.id ?? '';

const asked = (search: string) => ({ search, parent: null, mappingId: null });

let setUp: CloudCockpitSetUp;
beforeAll(async () => {
  setUp = await setUpCloudCockpit();
});
afterEach(() => setUp.simulator.control.reset());
afterAll(() => setUp.stop());

const asHarbor = {
  settings: { tenantDomain: 'portal.ridge-it.example', clientId: 'quayside-demo-harbor', scope: '' },
  secrets: { clientSecret: 'demo-secret-cloud-cockpit-harbor' },
};

describe('creating a customer', () => {
  test('arrives as the plan showed it, under our correlation id and portal domain', async () => {
    const { adapter, simulator, connect } = setUp;
    const call = testCall(connect());
    const input = adapter.parseInput({
      providerCustomers: [{ providerInstanceId: instance, data: { domain: 'zeus' } }],
    });
    const context = { ...contextOf(call), settings: call.connection.settings };
    const planned = adapter.toCreateCustomer(zeus, input, context);
    const outcome = await adapter.createCustomer(call, zeus, input, context);
    const made = simulator.control.customers().at(-1);
    expect(outcome).toEqual({ state: 'succeeded', vendorId: made?.id, vendorCorrelationId: null });
    expect(made).toMatchObject({ view: planned.body, correlationId: call.correlationId });
    expect(planned.headers).toEqual({
      'content-type': 'application/json',
      'x-tenant': 'portal.ridge-it.example',
      'x-correlation-id': call.correlationId,
    });
    const sent = call.exchanges.find((one) => one.purpose === 'create');
    expect(sent).toMatchObject({ requestBody: planned.body, requestHeaders: planned.headers });
    // Every documented key may be stored, so the mask changes nothing here.
    expect(adapter.mask(planned.body)).toEqual(planned.body);
  });

  test('what breaks the vendor’s rules is refused here: nothing is sent, not even a sign-in', async () => {
    const { adapter, simulator, connect } = setUp;
    const call = testCall(connect());
    const input = adapter.parseInput({
      zip: 'x'.repeat(31),
      id: 'no-uuid',
      providerCustomers: [{ providerInstanceId: instance, data: { acceptedMca: true, agreementDate: 'soon' } }],
    });
    const outcome = await adapter.createCustomer(call, { ...zeus, city: '', phone: '' }, input, contextOf(call));
    expect(outcome).toMatchObject({
      state: 'refused',
      problem: { kind: 'invalid-request', effect: 'none', status: null, message: 'invalid-request' },
    });
    const fields = outcome.state === 'refused' ? outcome.problem.fieldErrors.map((one) => one.field) : [];
    expect(new Set(fields)).toEqual(new Set(['zip', 'id', 'customer.city', 'customer.phone', 'providerCustomers.0']));
    expect([simulator.control.log(), call.exchanges, call.marks.count, call.turns.taken]).toEqual([[], [], 0, 0]);
  });

  test('the vendor’s complaints land on our fields, with every word kept', async () => {
    const { adapter, simulator, connect } = setUp;
    const call = testCall(connect());
    simulator.control.setFault({
      ending: 'refuse',
      method: 'POST',
      path: '/v1/customers',
      description: 'Two things are wrong.',
      errors: [
        { propertyName: 'ZipCode', description: ['The postal code is unknown.', 'Use eight digits.'] },
        { propertyName: `ProviderCustomers[${instance}].ProviderCustomerData.Domain`, description: ['Taken.'] },
        { propertyName: 'Whatever', description: null },
        { propertyName: null, description: ['Something else.'] },
      ],
    });
    const input = adapter.parseInput({
      providerCustomers: [{ providerInstanceId: instance, data: { domain: 'zeus' } }],
    });
    const outcome = await adapter.createCustomer(call, zeus, input, contextOf(call));
    expect(outcome).toMatchObject({
      state: 'refused',
      problem: {
        kind: 'rejected',
        status: 400,
        vendorType: 'ValidationException',
        vendorDescription: 'Two things are wrong.',
        vendorCorrelationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        fieldErrors: [
          {
            field: 'customer.zip',
            vendorField: 'ZipCode',
            messages: ['The postal code is unknown.', 'Use eight digits.'],
          },
          { field: 'providerCustomers.0.data.domain', messages: ['Taken.'] },
          { field: null, vendorField: 'Whatever', messages: [] },
          { field: null, vendorField: null, messages: ['Something else.'] },
        ],
      },
    });
    const kept = JSON.stringify(call.exchanges);
    for (const word of ['Use eight digits.', 'Two things are wrong.', 'Whatever']) expect(kept).toContain(word);
  });

  test('a fault of the vendor that speaks of an existing customer stays unknown', async () => {
    const { adapter, simulator, connect } = setUp;
    const call = testCall(connect());
    simulator.control.setFault({ ending: 'error-after', path: '/v1/customers' });
    const outcome = await adapter.createCustomer(call, zeus, adapter.parseInput({}), contextOf(call));
    expect(outcome).toMatchObject({
      state: 'unknown',
      problem: { vendorType: 'Exception', message: 'vendor-failure' },
    });
  });

  test('a mapping decides the reseller at the vendor; the CSP picks one, or none', async () => {
    const { adapter, simulator, connect } = setUp;
    for (const [mappingId, typed, expected] of [
      [harbor, '', harbor],
      [harbor, pine, harbor],
      [null, pine, pine],
      [null, '', null],
    ] as const) {
      const call = testCall(connect());
      await adapter.createCustomer(call, zeus, adapter.parseInput({ resellerId: typed }), contextOf(call, mappingId));
      expect(simulator.control.customers().at(-1)?.resellerId).toBe(expected);
    }
  });

  test('a reseller’s credentials create for that reseller, and cannot send another', async () => {
    const { adapter, simulator, connect } = setUp;
    const own = testCall(connect(asHarbor));
    await adapter.createCustomer(own, zeus, adapter.parseInput({}), contextOf(own));
    expect(simulator.control.customers().at(-1)?.resellerId).toBe(harbor);
    const other = testCall(connect(asHarbor));
    const outcome = await adapter.createCustomer(
      other,
      zeus,
      adapter.parseInput({ resellerId: pine }),
      contextOf(other),
    );
    expect(outcome).toMatchObject({ state: 'refused', problem: { kind: 'forbidden', status: 403 } });
  });

  test('an attempt that may no longer be sent is not: the reason passes through', async () => {
    const { adapter, simulator, connect } = setUp;
    const reason = new NotSent('the rights changed');
    const call = testCall(connect(), { beforeEffect: () => Promise.reject(reason) });
    await expect(adapter.createCustomer(call, zeus, adapter.parseInput({}), contextOf(call))).rejects.toBe(reason);
    expect(simulator.control.log().filter((one) => one.path === '/v1/Customers')).toEqual([]);
  });

  test('slashes at the end of the base URL do no harm', async () => {
    const { adapter, simulator, connect } = setUp;
    const call = testCall(connect({ baseUrl: `${simulator.url}//` }));
    expect((await adapter.createCustomer(call, zeus, adapter.parseInput({}), contextOf(call))).state).toBe('succeeded');
  });
});

describe('look-ups', () => {
  test('provider instances, with what the form needs', async () => {
    const { adapter, connect } = setUp;
    const options = await adapter.lookups['provider-instances']?.(testCall(connect()), asked('united'));
    expect(options).toEqual([
      {
        value: '2c8a54a4-51c3-4b7f-9a51-7f7d54d7a9b2',
        label: 'Microsoft CSP United States',
        detail: 'Microsoft',
        data: { providerName: 'Microsoft', offerTypes: ['license', 'azurePlan'] },
      },
    ]);
  });

  test('resellers by name; the record holds a count', async () => {
    const { adapter, connect } = setUp;
    const call = testCall(connect());
    const options = await adapter.lookups.resellers?.(call, asked('pine'));
    expect(options).toEqual([{ value: pine, label: 'Pine Systems', detail: 'Kiel, DE' }]);
    expect(call.exchanges.at(-1)?.responseBody).toEqual({ rows: 1, totalCount: 1 });
    expect(JSON.stringify(call.exchanges)).not.toContain('Pine');
    expect((await adapter.lookups.resellers?.(testCall(connect()), asked('')))?.length).toBe(12);
  });

  test('resellers are for the CSP alone', async () => {
    const { adapter, connect } = setUp;
    await expect(adapter.lookups.resellers?.(testCall(connect(asHarbor)), asked(''))).rejects.toMatchObject({
      problem: { kind: 'forbidden', effect: 'none' },
    });
  });
});

describe('many at once', () => {
  test('64 creates with one cold token: one sign-in, 64 customers, each once', async () => {
    const { adapter, simulator, connect } = setUp;
    const connection = connect();
    const calls = Array.from({ length: 64 }, () => testCall(connection));
    const outcomes = await Promise.all(
      calls.map((call) => adapter.createCustomer(call, zeus, adapter.parseInput({}), contextOf(call))),
    );
    expect(new Set(outcomes.map((one) => one.state))).toEqual(new Set(['succeeded']));
    const log = simulator.control.log();
    expect(log.filter((one) => one.path.endsWith('/token')).length).toBe(1);
    const ids = log.filter((one) => one.path === '/v1/Customers').map((one) => one.correlationId);
    expect([ids.length, new Set(ids).size]).toEqual([64, 64]);
  });

  test('64 creates around the end of a token: one more sign-in, no failure', async () => {
    const { adapter, simulator, connect } = setUp;
    const connection = connect();
    await adapter.getCustomer(testCall(connection), crypto.randomUUID());
    simulator.control.revokeTokens();
    simulator.control.clearLog();
    const calls = Array.from({ length: 64 }, () => testCall(connection));
    const outcomes = await Promise.all(
      calls.map((call) => adapter.createCustomer(call, zeus, adapter.parseInput({}), contextOf(call))),
    );
    expect(new Set(outcomes.map((one) => one.state))).toEqual(new Set(['succeeded']));
    expect(simulator.control.log().filter((one) => one.path.endsWith('/token')).length).toBe(1);
    expect(simulator.control.customers().length).toBe(4 + 64);
  });
});
