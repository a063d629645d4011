import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { FindCustomerQuery } from '../found-customer';
import { asHarborLogin, type CoveSetUp, callsOf, setUpCove } from '../testing/cove';
import { type TestCall, testCall } from '../testing/vendor-call';
import { contextOf, zeus } from '../testing/zeus';
import type { VendorConnection } from '../vendor';

const harbor = '50210';
const schools = '50211';
const pine = '50220';

let setUp: CoveSetUp;
let connection: VendorConnection;
beforeAll(async () => {
  setUp = await setUpCove();
});
afterEach(() => setUp.simulator.control.reset());
afterAll(() => setUp.stop());

/** Creates at the simulator and returns the call and the new id. */
async function made(typed: Record<string, unknown> = {}, mappingId: string | null = null, name = zeus.name) {
  connection = setUp.connect();
  const call = testCall(connection);
  const { adapter } = setUp;
  const facts = { ...zeus, name };
  const outcome = await adapter.createCustomer(call, facts, adapter.parseInput(typed), contextOf(call, mappingId));
  if (outcome.state !== 'succeeded') throw new Error(JSON.stringify(outcome.problem));
  const query = adapter.toFindQuery(facts, adapter.parseInput(typed), contextOf(call, mappingId));
  return { call, vendorId: outcome.vendorId, query };
}
const again = (call: TestCall) => testCall(connection, { correlationId: call.correlationId });
const find = async (call: TestCall, query: FindCustomerQuery) => setUp.adapter.findCustomers(again(call), query);

describe('by our key', () => {
  test('the customer that carries it, with the parent as its mapping', async () => {
    const { call, vendorId, query } = await made({}, harbor);
    const looking = again(call);
    expect(await setUp.adapter.findCustomers(looking, query)).toEqual([
      {
        vendorId,
        name: 'Zeus & Sons',
        country: 'PT',
        email: null,
        key: call.correlationId,
        mappingId: harbor,
        match: 'key',
      },
    ]);
    // One read settles it, and the record holds the id that matched.
    expect(looking.exchanges.map((one) => one.responseBody)).toEqual([
      { jsonrpc: '2.0', result: { rows: 1, matched: [{ vendorId }] }, visa: expect.stringContaining('‹') },
    ]);
    expect(JSON.stringify(looking.exchanges)).not.toContain('Zeus');
  });

  test('below a parent picked under the mapping', async () => {
    const { call, vendorId, query } = await made({ parentId: schools }, harbor);
    expect(await find(call, query)).toMatchObject([{ vendorId, mappingId: schools, match: 'key' }]);
  });

  test('a customer renamed or with a decoy beside it is told by the key', async () => {
    const { call, vendorId, query } = await made({}, harbor);
    await made({}, harbor, 'ZEUS & SONS');
    expect(await find(call, { ...query, name: 'Something else' })).toMatchObject([{ vendorId, match: 'key' }]);
    expect((await find(call, query)).map((hit) => hit.vendorId)).toEqual([vendorId]);
  });

  test('a key that is part of another’s reference is no hit', async () => {
    await made({ externalCode: 'prefix-0198c2aa-0000-7000-8000-000000007f3a' }, harbor, 'Decoy');
    const call = testCall(connection, { correlationId: '0198c2aa-0000-7000-8000-000000007f3a' });
    const query = { key: call.correlationId, name: '', country: 'PT', mappingId: harbor };
    expect(await setUp.adapter.findCustomers(call, query)).toEqual([]);
  });

  test('a reference that a person typed is worth no more than a name', async () => {
    const { call, query } = await made({ externalCode: 'ZS-1' }, harbor);
    expect(await find(call, query)).toMatchObject([{ key: 'ZS-1', match: 'name' }]);
  });

  test('where the paged method is refused, the one without pages is asked', async () => {
    const { call, vendorId, query } = await made({}, harbor);
    setUp.simulator.control.setFault({ ending: 'forbidden', body: '"EnumerateChildPartners"', times: null });
    expect(await find(call, query)).toMatchObject([{ vendorId, match: 'key' }]);
    expect(callsOf(setUp, 'EnumeratePartners').length).toBe(1);
  });

  test('a fault in between is said, not taken for absence', async () => {
    const { call, query } = await made({}, harbor);
    setUp.simulator.control.setFault({ ending: 'error-before', body: '"EnumerateChildPartners"', times: null });
    await expect(find(call, query)).rejects.toMatchObject({ problem: { kind: 'vendor-failure', effect: 'none' } });
  });

  test('a vendor that ignores the pattern is asked for four pages, no more', async () => {
    const call = testCall(setUp.connect());
    // `%` is anything to this vendor: all ten thousand rows would come.
    const query = { key: '%', name: '', country: 'PT', mappingId: '50300' };
    expect(await setUp.adapter.findCustomers(call, query)).toEqual([]);
    expect(callsOf(setUp, 'EnumerateChildPartners').length).toBe(4);
  });
});

describe('by name', () => {
  const byName = (name: string, mappingId: string | null, parent = '') => {
    const query = { key: crypto.randomUUID(), name, country: 'PT', mappingId, also: { parent } };
    return setUp.adapter.findCustomers(testCall(setUp.connect()), query);
  };

  test('the same name within the mapping', async () => {
    expect(await byName('Atlas Bakery', harbor)).toMatchObject([
      { vendorId: '50212', key: 'AB-7', mappingId: harbor, match: 'name' },
    ]);
  });

  test('the same name below another partner: for the owner’s side only', async () => {
    expect(await byName('Kiel Marine Parts', harbor)).toEqual([]);
    expect(await byName('Kiel Marine Parts', null)).toMatchObject([{ vendorId: '50221', mappingId: pine }]);
  });

  test('what these credentials may not see is not there', async () => {
    expect(await byName('Other Coast Bakery', null)).toEqual([]);
    const call = testCall(setUp.connect(asHarborLogin));
    const query = { key: '', name: 'Kiel Marine Parts', country: 'DE', mappingId: null };
    expect(await setUp.adapter.findCustomers(call, query)).toEqual([]);
  });

  test('the same name in other letters beside it', async () => {
    expect(await byName('atlas  bakery', harbor)).toEqual([]);
    expect(await byName('ATLAS BAKERY', harbor)).toMatchObject([{ vendorId: '50212', match: 'name' }]);
    expect(await byName('Atlas', harbor)).toEqual([]);
  });

  test('a partner deep below the mapping counts as within it, the mapping itself does not', async () => {
    expect(await byName('Atlas Bakery Mill Street', harbor)).toMatchObject([{ vendorId: '50213', mappingId: '50212' }]);
    expect(await byName('Harbor Cloud', harbor)).toEqual([]);
  });

  test('a parent named outside the mapping does not widen what is answered', async () => {
    expect(await byName('Kiel Marine Parts', harbor, pine)).toEqual([]);
    expect(await byName('Atlas Bakery', harbor, pine)).toMatchObject([{ vendorId: '50212' }]);
  });
});

describe('by id', () => {
  test.each([
    ['50212', 'Atlas Bakery'],
    ['700042', 'Tagus Reseller 00042'],
  ])('%s is %s', async (vendorId, name) => {
    expect(await setUp.adapter.getCustomer(testCall(setUp.connect()), vendorId)).toMatchObject({
      vendorId,
      name,
      match: 'id',
    });
  });

  test.each([
    ['its parent', '50210', true],
    ['a partner two levels above', '50121', true],
    ['itself', '50212', false],
    ['a neighbour of its parent', '50220', false],
    ['no id', 'harbor', false],
  ])('within %s (%s): seen is %s', async (_, within, seen) => {
    const there = await setUp.adapter.getCustomer(testCall(setUp.connect()), '50212', within);
    expect(there?.name ?? null).toBe(seen ? 'Atlas Bakery' : null);
  });

  test.each(['99999999', '60002', 'Atlas', '', '-1', '1.5', '50212; drop', '99999999999'])(
    '%j is nobody',
    async (vendorId) => {
      expect(await setUp.adapter.getCustomer(testCall(setUp.connect()), vendorId)).toBeNull();
    },
  );
});
