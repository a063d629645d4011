import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FindCustomerQuery } from '../found-customer';
import { type CloudlxSetUp, setUpCloudlx } from '../testing/cloudlx';
import { startRawServer } from '../testing/raw-server';
import { testCall } from '../testing/vendor-call';
import type { SimulatedCustomer, SimulatedUser } from './simulator/state';

let number = 7000;
function customer(name: string, rest: Partial<SimulatedCustomer> = {}): SimulatedCustomer {
  number += 1;
  return {
    id: number,
    name,
    currency: 'EUR',
    country: 'PT',
    realms: [],
    shownSubRealms: [],
    enabledSubRealms: [],
    correlationId: null,
    visibleFromMs: 0,
    ...rest,
  };
}
const user = (customerId: number, email: string): SimulatedUser => ({
  id: customerId + 1000,
  customerId,
  email,
  firstName: 'A',
  lastName: 'B',
  roleGroup: 'Admin',
  visibleFromMs: 0,
});

// Decoys around one customer (R9).
const zeus = customer('Zeus & Sons');
const twin = customer('Zeus & Sons');
const hera = customer('Hera Lda');
const data = [
  zeus,
  twin,
  hera,
  customer('Zeus & Sons', { country: 'ES' }),
  customer('Zeus & Sons', { currency: 'USD' }),
  customer('Zeus & Sons International'),
  customer('Zeus'),
];
const unlisted = 7999;
const users = [
  user(zeus.id, 'Ana@Zeus.example'),
  user(hera.id, 'hera@hera.example'),
  user(hera.id, 'second@hera.example'),
  user(unlisted, 'lost@zeus.example'),
  user(twin.id, 'ana@zeus.example.com'),
];

let setUp: CloudlxSetUp;
beforeAll(async () => {
  setUp = await setUpCloudlx({ customers: data, users });
});
afterAll(() => setUp.stop());

async function find(change: Partial<FindCustomerQuery>) {
  const call = testCall(setUp.connect());
  const query = { key: '', name: '', country: 'PT', mappingId: null, also: { currency: 'EUR' }, ...change };
  const found = await setUp.adapter.findCustomers(call, query);
  return { call, found, hits: found.map(({ vendorId, match }) => `${vendorId} ${match}`) };
}

describe('finding a customer', () => {
  test('by exact name, currency and country: both twins, for a person to decide', async () => {
    const { hits, found } = await find({ name: 'Zeus & Sons' });
    expect(hits).toEqual([`${zeus.id} name`, `${twin.id} name`]);
    expect(found[0]).toEqual({
      vendorId: String(zeus.id),
      name: 'Zeus & Sons',
      country: 'PT',
      email: null,
      key: null,
      mappingId: null,
      match: 'name',
    });
  });

  test('case, blanks and the form of an accent do not make another name', async () => {
    expect((await find({ name: '  ZEUS  &  sons ' })).hits.length).toBe(2);
  });

  test('by the e-mail address of a user, without regard to case: the stronger sign', async () => {
    const { hits, found } = await find({ name: 'Zeus & Sons', email: ' ANA@zeus.EXAMPLE ' });
    expect(hits).toEqual([`${zeus.id} email`, `${twin.id} name`]);
    expect(found[0]?.email).toBe('Ana@Zeus.example');
  });

  test('a customer of another name is found by its second user, too', async () => {
    expect((await find({ name: 'Somebody', email: 'second@hera.example' })).hits).toEqual([`${hera.id} email`]);
  });

  test('a user whose customer the list does not show is not lost', async () => {
    const { found } = await find({ email: 'lost@zeus.example' });
    expect(found).toMatchObject([{ vendorId: String(unlisted), match: 'email', country: null }]);
  });

  test.each([
    [{ name: 'Zeus & Son' }],
    [{ name: 'Zeus & Sons', country: 'DE' }],
    [{ name: 'Zeus & Sons', also: { currency: 'GBP' } }],
    [{ email: 'na@zeus.example' }],
    [{ name: '', email: '' }],
  ])('nothing like %j', async (change) => {
    expect((await find(change)).hits).toEqual([]);
  });

  test('without an e-mail address the users are not read', async () => {
    const { call } = await find({ name: 'Zeus & Sons' });
    expect(call.exchanges.filter((one) => one.url.endsWith('/api/users'))).toEqual([]);
  });

  test('whoever is bound to a mapping is shown nothing, and nothing is asked', async () => {
    const { call, hits } = await find({ name: 'Zeus & Sons', mappingId: 'somebody' });
    expect([hits, call.exchanges]).toEqual([[], []]);
  });

  test('the record holds counts and ids, never the list, a name or an address', async () => {
    const { call } = await find({ name: 'Zeus & Sons', email: 'ana@zeus.example' });
    const reads = call.exchanges.filter((one) => one.purpose === 'find');
    expect(reads.map((one) => one.responseBody)).toEqual([
      {
        rows: 7,
        matched: [
          { vendorId: String(zeus.id), match: 'name' },
          { vendorId: String(twin.id), match: 'name' },
        ],
      },
      { rows: 5, matched: [{ vendorId: String(zeus.id), match: 'email' }] },
    ]);
    expect(JSON.stringify(call.exchanges)).not.toMatch(/Zeus|Hera|hera\.example|ana@/);
  });

  test('a row that says neither currency nor country is shown: a person can tell', async () => {
    const bare = { customers: [{ id: 1, name: 'Zeus & Sons' }, { id: 2 }] };
    const server = await startRawServer((one) =>
      one.reply(200, one.text.includes('/oauth2/') ? '{"access_token":"abc","expires_in":3600}' : JSON.stringify(bare)),
    );
    try {
      const call = testCall(setUp.connect({ baseUrl: server.url }));
      const query = { key: '', name: 'Zeus & Sons', country: 'PT', mappingId: null, also: { currency: 'EUR' } };
      expect(await setUp.adapter.findCustomers(call, query)).toMatchObject([{ vendorId: '1', country: null }]);
    } finally {
      await server.stop();
    }
  });

  test('a list of five thousand customers, past a megabyte, is read whole', async () => {
    const many = Array.from({ length: 5000 }, (_, at) =>
      customer(`Customer ${at}`, { id: 20_000 + at, realms: [1, 2, 7], shownSubRealms: [313, 328] }),
    );
    const large = await setUpCloudlx({ customers: many });
    try {
      const call = testCall(large.connect({ timeoutMs: 10_000 }));
      const query = { key: '', name: 'Customer 4999', country: 'PT', mappingId: null, also: { currency: 'EUR' } };
      expect((await large.adapter.findCustomers(call, query)).map((one) => one.vendorId)).toEqual(['24999']);
      expect(call.exchanges.at(-1)?.responseBytes).toBeGreaterThan(1024 * 1024);
    } finally {
      await large.stop();
    }
  });
});

describe('reading one customer', () => {
  const get = (id: string) => setUp.adapter.getCustomer(testCall(setUp.connect()), id);

  test('by its id', async () => {
    expect(await get(String(zeus.id))).toMatchObject({ vendorId: String(zeus.id), name: 'Zeus & Sons', match: 'id' });
  });

  test.each(['1', '0', '-1', 'abc', '', '7001/../7002', '9'.repeat(30)])('%j is not there', async (id) => {
    expect(await get(id)).toBeNull();
  });

  test('a record without a name: the id and a count are kept', async () => {
    const call = testCall(setUp.connect());
    await setUp.adapter.getCustomer(call, String(zeus.id));
    expect(call.exchanges.at(-1)?.responseBody).toEqual({ rows: 1, matched: [{ vendorId: String(zeus.id) }] });
  });

  test('403 is not visible, hence not there; a refused sign-in is no answer about a customer', async () => {
    setUp.simulator.control.setFault({ ending: 'forbidden', path: '/api/customers' });
    expect(await get(String(zeus.id))).toBeNull();
    const wrong = testCall(setUp.connect({ secrets: { clientSecret: 'wrong' } }));
    await expect(setUp.adapter.getCustomer(wrong, String(zeus.id))).rejects.toMatchObject({
      problem: { message: 'sign-in-refused' },
    });
  });
});
