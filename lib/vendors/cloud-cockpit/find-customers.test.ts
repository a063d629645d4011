import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type CloudCockpitSetUp, setUpCloudCockpit } from '../testing/cloud-cockpit';
import { startRawServer } from '../testing/raw-server';
import { testCall } from '../testing/vendor-call';
import { contextOf, zeus } from '../testing/zeus';
import { demoData, type SimulatedCustomer } from './simulator/state';

const key = '0198c2aa-0000-7000-8000-000000007f3a';
const harbor = demoData.resellers[0]?.id ?? '';
const pine = demoData.resellers[1]?.id ?? '';

let number = 0;
function customer(
  companyName: string,
  rest: Partial<SimulatedCustomer> & { country?: string; hideReseller?: boolean } = {},
): SimulatedCustomer {
  number += 1;
  const { country = 'PT', ...others } = rest;
  return {
    id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    companyName,
    internalIdentifier: null,
    resellerId: null,
    isDeleted: false,
    correlationId: null,
    visibleFromMs: 0,
    view: { companyName, country, email: `${number}@x.example` },
    ...others,
  };
}

// Decoys around one customer that carries our key (R9).
const ours = customer('Zeus & Sons', { internalIdentifier: key, resellerId: harbor });
const data = [
  ours,
  customer('Zeus & Sons', { internalIdentifier: `${key}-2`, resellerId: harbor }), // contains our key
  customer('Zeus & Sons', { internalIdentifier: key.toUpperCase(), resellerId: harbor }), // in other case
  customer('Zeus & Sons', { internalIdentifier: key, isDeleted: true }),
  customer('Zeus & Sons', { resellerId: pine }),
  customer('zeus & SONS ', { resellerId: harbor }),
  customer('Zeus & Sons', { country: 'ES', resellerId: harbor }),
  customer('Zeus & Sons International', { resellerId: harbor }),
  customer('Zeus & Sons'),
];

let setUp: CloudCockpitSetUp;
beforeAll(async () => {
  setUp = await setUpCloudCockpit({ customers: data });
});
afterEach(() => setUp.simulator.control.reset());
afterAll(() => setUp.stop());

const find = async (query: { key?: string; name?: string; mappingId?: string | null }, correlationId = key) => {
  const call = testCall(setUp.connect(), { correlationId });
  const found = await setUp.adapter.findCustomers(call, {
    key: query.key ?? '',
    name: query.name ?? '',
    country: 'PT',
    mappingId: query.mappingId ?? null,
  });
  return { found, exchanges: call.exchanges.filter((one) => one.purpose === 'find') };
};
const at = (index: number) => data[index]?.id;

describe('finding a customer', () => {
  test('by our key: exactly one, whatever else resembles it', async () => {
    const { found, exchanges } = await find({ key, name: 'Zeus & Sons' });
    expect(found.map(({ vendorId, match }) => [vendorId, match])).toEqual([[ours.id, 'key']]);
    expect(exchanges.length).toBe(1); // a hit by key needs no search by name
  });

  test('a key that a person typed is worth no more than a name', async () => {
    const { found } = await find({ key }, randomUUID());
    expect(found.map(({ vendorId, match }) => [vendorId, match])).toEqual([[ours.id, 'name']]);
    const typed = customer('Typed', { internalIdentifier: 'Z-1' });
    const other = await setUpCloudCockpit({ customers: [typed] });
    const call = testCall(other.connect(), { correlationId: 'Z-1' });
    const query = { key: 'Z-1', name: '', country: 'PT', mappingId: null };
    expect((await other.adapter.findCustomers(call, query)).map((one) => one.match)).toEqual(['name']);
    await other.stop();
  });

  test('by name and country, exactly but for case and blanks; deleted ones left out', async () => {
    const { found } = await find({ key: randomUUID(), name: ' Zeus & sons ' });
    expect(new Set(found.map((one) => one.vendorId))).toEqual(new Set([0, 1, 2, 4, 5, 8].map(at)));
    expect(new Set(found.map((one) => one.match))).toEqual(new Set(['name']));
  });

  test('through a mapping nothing of another reseller, or of none, is seen', async () => {
    const { found } = await find({ key: randomUUID(), name: 'Zeus & Sons', mappingId: harbor });
    expect(new Set(found.map((one) => one.vendorId))).toEqual(new Set([0, 1, 2, 5].map(at)));
    expect((await find({ key, mappingId: pine })).found).toEqual([]);
  });

  test('the record of a look-up holds counts and ids, never the page or a name', async () => {
    const { exchanges } = await find({ key: randomUUID(), name: 'Zeus & Sons', mappingId: harbor });
    expect(exchanges[1]?.responseBody).toMatchObject({ rows: 6, hasNextPage: false });
    expect(exchanges[1]?.url).toContain('searchValue=‹string, 11 characters›');
    const kept = JSON.stringify(exchanges);
    expect(kept).not.toContain('x.example');
    expect(kept).not.toContain('International');
    expect(kept).not.toContain(at(6)); // in the page, not matched
  });

  test('our key stays readable in the record, as it is what support needs', async () => {
    const { exchanges } = await find({ key });
    expect(exchanges[0]?.url).toContain(`searchValue=${key}&`);
    expect(exchanges[0]?.requestHeaders['x-correlation-id']).toBe(key);
  });

  test('further pages are read, and the walk is bounded', async () => {
    const many = await setUpCloudCockpit({
      customers: Array.from({ length: 900 }, (_one, index) =>
        customer(index === 250 ? 'Zeus Ltd' : `Zeus Ltd ${index}`),
      ),
    });
    const call = testCall(many.connect());
    const query = { key: '', name: 'Zeus Ltd', country: 'PT', mappingId: null };
    await many.adapter.findCustomers(call, query);
    expect(call.exchanges.filter((one) => one.purpose === 'find').length).toBe(5);
    await many.stop();
  });

  test('what the section would send is what is looked for', () => {
    const { adapter } = setUp;
    const context = contextOf({ correlationId: key }, harbor);
    expect(adapter.toFindQuery(zeus, adapter.parseInput({}), context)).toEqual({
      key,
      name: 'Zeus & Sons',
      country: 'PT',
      mappingId: harbor,
    });
    const input = adapter.parseInput({ internalIdentifier: 'Z-1', companyName: 'Zeus Lda' });
    expect(adapter.toFindQuery(zeus, input, context)).toMatchObject({ key: 'Z-1', name: 'Zeus Lda' });
    expect([adapter.keyOf(input, context), adapter.keyOf(adapter.parseInput({}), context)]).toEqual(['Z-1', key]);
  });
});

describe('a vendor that ignores our filters and shows other shapes', () => {
  const row = (end: number, rest: Record<string, unknown>) => ({
    id: `00000000-0000-4000-8000-0000000000${end}`,
    companyName: 'Zeus & Sons',
    country: 'PT',
    internalIdentifier: null,
    ...rest,
  });
  const rows = [
    row(10, { resellerId: harbor }),
    row(11, { resellerId: harbor, isDeleted: true }),
    row(12, { resellerId: harbor, deleted: true }),
    row(13, { resellerId: harbor, deletedAt: '2026-01-01T00:00:00Z' }),
    row(14, { resellerId: harbor, status: { name: 'Deleted' } }),
    row(15, { resellerId: pine }),
    row(16, { customerAssociations: [{ resellerId: pine }, { resellerId: harbor.toUpperCase() }] }),
    row(17, {}),
    row(18, {
      resellerId: harbor,
      companyName: undefined,
      company: { name: 'ZEUS & SONS', country: { name: 'PT' } },
      country: null,
    }),
    row(19, { resellerId: harbor, country: { name: 'ES' } }),
    row(20, { resellerId: null, internalIdentifier: key }),
    row(21, { resellerId: pine, internalIdentifier: key }),
  ];

  const search = async (query: { key: string; mappingId: string | null }) => {
    const server = await startRawServer((one) => {
      const token = '{"token_type":"Bearer","expires_in":3599,"access_token":"t"}';
      one.reply(200, one.text.startsWith('POST') ? token : JSON.stringify({ items: rows, unknown: true }));
    });
    const connection = setUp.connect({ baseUrl: server.url, tokenUrl: `${server.url}/token` });
    const call = testCall(connection, { correlationId: key });
    const found = await setUp.adapter.findCustomers(call, { name: 'Zeus & Sons', country: 'PT', ...query });
    await server.stop();
    return found.map((one) => `${one.match} ${one.vendorId.slice(-2)}`);
  };

  test('for the owner: every live row of that name and country', async () => {
    expect(await search({ key: '', mappingId: null })).toEqual(
      ['10', '15', '16', '17', '18', '20', '21'].map((end) => `name ${end}`),
    );
  });

  test('through a mapping: only what says that it belongs there', async () => {
    expect(await search({ key: '', mappingId: harbor })).toEqual(['name 10', 'name 16', 'name 18']);
  });

  test('by our key: unless the row names another reseller', async () => {
    expect(await search({ key, mappingId: harbor })).toEqual(['key 20']);
    expect(await search({ key, mappingId: null })).toEqual(['key 20', 'key 21']);
  });
});

describe('confirming an id', () => {
  const get = (vendorId: string, rest: Parameters<CloudCockpitSetUp['connect']>[0] = {}) =>
    setUp.adapter.getCustomer(testCall(setUp.connect(rest)), vendorId);

  test('there, not there, deleted, no id at all', async () => {
    expect(await get(ours.id)).toMatchObject({ vendorId: ours.id, match: 'id', key, mappingId: harbor });
    expect(await get(ours.id.toUpperCase())).toMatchObject({ match: 'id' });
    expect(await get(randomUUID())).toBeNull();
    expect(await get(at(3) ?? '')).toBeNull();
    setUp.simulator.control.clearLog();
    expect(await get('../Resellers')).toBeNull();
    expect(setUp.simulator.control.log()).toEqual([]);
  });

  test('with a reseller’s credentials another reseller’s customer is not there', async () => {
    const asHarbor = {
      settings: { tenantDomain: 'portal.ridge-it.example', clientId: 'quayside-demo-harbor', scope: '' },
      secrets: { clientSecret: 'demo-secret-cloud-cockpit-harbor' },
    };
    expect((await get(ours.id, asHarbor))?.vendorId).toBe(ours.id);
    expect(await get(at(4) ?? '', asHarbor)).toBeNull();
  });

  test('a refused sign-in is not an absence', async () => {
    await expect(get(ours.id, { secrets: { clientSecret: 'wrong' } })).rejects.toMatchObject({
      problem: { kind: 'forbidden', message: 'sign-in-refused' },
    });
  });
});
