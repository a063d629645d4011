import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { type AvepointSetUp, setUpAvepoint } from '../testing/avepoint';
import { startRawServer } from '../testing/raw-server';
import { testCall } from '../testing/vendor-call';
import type { VendorConnection } from '../vendor';
import { countryCodeOf } from './country-names';
import { demoData, type SimulatedCustomer, simulatedCustomer } from './simulator/state';

const zeus = simulatedCustomer(900, 'Zeus & Sons', 'PT', { ownerEmail: 'Ana@Zeus.example' });
const crowd = (count: number, at: { readonly zeusAt: number }) =>
  Array.from({ length: count }, (_one, index) =>
    index === at.zeusAt
      ? zeus
      : simulatedCustomer(index + 1000, `Company ${index}`, 'DE', { ownerEmail: `${index}@x.example` }),
  );

let setUp: AvepointSetUp | null = null;
afterEach(async () => {
  await setUp?.stop();
  setUp = null;
});

async function started(customers: readonly SimulatedCustomer[]) {
  setUp = await setUpAvepoint({ customers });
  return setUp;
}

async function find(
  { adapter, connect }: AvepointSetUp,
  query: { readonly name?: string; readonly email?: string; readonly country?: string },
  rest: Partial<VendorConnection> = {},
) {
  const call = testCall(connect(rest));
  const found = await adapter.findCustomers(call, {
    key: '',
    name: query.name ?? '',
    country: query.country ?? 'PT',
    mappingId: null,
    ...(query.email === undefined ? {} : { email: query.email }),
  });
  return { found, exchanges: call.exchanges.filter((one) => one.purpose === 'find') };
}
const hits = (found: readonly { vendorId: string; match: string }[]) => found.map((one) => [one.vendorId, one.match]);

describe('finding a customer', () => {
  test('by its account without regard to case, with what a person needs to decide', async () => {
    const { found } = await find(await started([...demoData.customers, zeus]), { email: ' ANA@zeus.EXAMPLE ' });
    expect(found).toEqual([
      {
        vendorId: zeus.id,
        name: 'Zeus & Sons',
        country: 'PT',
        email: 'Ana@Zeus.example',
        key: null,
        mappingId: null,
        match: 'email',
      },
    ]);
  });

  test('by name and country, exactly but for case and blanks', async () => {
    const others = [
      simulatedCustomer(1, 'zeus  & SONS ', 'PT', { ownerEmail: 'a@x.example' }),
      simulatedCustomer(2, 'Zeus & Sons', 'ES', { ownerEmail: 'b@x.example' }),
      simulatedCustomer(3, 'Zeus & Sons International', 'PT', { ownerEmail: 'c@x.example' }),
    ];
    const { found } = await find(await started([...others, zeus]), { name: 'Zeus & Sons', email: 'ana@zeus.example' });
    expect(hits(found)).toEqual([
      [others[0]?.id, 'name'],
      [zeus.id, 'email'],
    ]);
  });

  test('without a name or an account nobody is found', async () => {
    const nameless = simulatedCustomer(1, '', 'PT', { ownerEmail: '' });
    expect((await find(await started([nameless, zeus]), {})).found).toEqual([]);
  });

  test('the whole list is walked, a hundred at a time, once', async () => {
    const { found, exchanges } = await find(await started(crowd(250, { zeusAt: 249 })), { email: 'ana@zeus.example' });
    expect(hits(found)).toEqual([[zeus.id, 'email']]);
    expect(exchanges.map((one) => new URL(one.url).search)).toEqual(
      [1, 2, 3].map((page) => `?pageIndex=${page}&pageSize=100`),
    );
    expect(exchanges.map((one) => one.requestBody)).toEqual([{}, {}, {}]);
  });

  test('a list that shifts between two pages is walked again', async () => {
    const at = await started(crowd(150, { zeusAt: 100 }));
    at.simulator.control.setFault({ ending: 'shift', path: '/customers/batch' });
    const { found, exchanges } = await find(at, { email: 'ana@zeus.example' });
    // The first walk misses her: she moved onto the page that was already read.
    expect(exchanges.map((one) => Object(one.responseBody).totalCount)).toEqual([150, 149, 149, 149]);
    expect(exchanges.slice(0, 2).map((one) => Object(one.responseBody).matched)).toEqual([[], []]);
    expect(hits(found)).toEqual([[zeus.id, 'email']]);
  });

  test('a list that never holds still is left after three walks', async () => {
    const at = await started(crowd(150, { zeusAt: 0 }));
    at.simulator.control.setFault({ ending: 'shift', path: '/customers/batch', times: null });
    const { found, exchanges } = await find(at, { email: 'nobody@x.example' });
    expect([found, exchanges.length]).toEqual([[], 6]);
  });

  test('the record of a look-up holds counts and ids, never the page, a name or an account', async () => {
    const { exchanges } = await find(await started([...demoData.customers, zeus]), { name: 'Zeus & Sons' });
    expect(exchanges.map((one) => one.responseBody)).toEqual([
      { rows: 5, totalCount: 5, matched: [{ vendorId: zeus.id, match: 'name' }] },
    ]);
    const kept = JSON.stringify(exchanges).toLowerCase();
    for (const { organization, ownerEmail } of [...demoData.customers, zeus]) {
      expect(kept).not.toContain(organization.toLowerCase());
      expect(kept).not.toContain(ownerEmail.toLowerCase());
    }
    expect(kept).not.toContain(demoData.customers[0]?.id);
  });

  test('an app that is allowed some customers does not see the others: absence is no proof', async () => {
    const at = await started([...demoData.customers, zeus]);
    const specific = {
      settings: { clientId: 'quayside-demo-specific', scope: '' },
      secrets: { clientSecret: 'demo-secret-avepoint-specific' },
    };
    expect((await find(at, { email: 'ana@zeus.example' }, specific)).found).toEqual([]);
    expect((await find(at, { email: 'admin@northwind.example' }, specific)).found.length).toBe(1);
  });
});

describe('a vendor that answers in other shapes', () => {
  const row = (end: number, rest: Record<string, unknown>) => ({
    id: `00000000-0000-4000-8000-0000000000${end}`,
    organization: 'Zeus & Sons',
    ownerEmail: 'ana@zeus.example',
    ...rest,
  });
  const search = async (pages: readonly unknown[], query: { readonly name?: string; readonly email?: string }) => {
    setUp = await setUpAvepoint();
    const server = await startRawServer((one) => {
      const token = '{"token_type":"Bearer","expires_in":3600,"access_token":"t"}';
      const page = Number(/pageIndex=(\d+)/.exec(one.text)?.[1] ?? 1);
      one.reply(200, one.text.includes('/token ') ? token : JSON.stringify(pages[page - 1] ?? { data: [] }));
    });
    const at = { baseUrl: server.url, tokenUrl: `${server.url}/token` };
    const { found, exchanges } = await find(setUp, query, at);
    await server.stop();
    return {
      found: found.map((one) => `${one.match} ${one.vendorId.slice(-2)} ${one.country}`),
      reads: exchanges.length,
    };
  };

  test('a country by code, by name, by another name, or none', async () => {
    const rows = [
      row(10, { countryOrRegion: 'pt' }),
      row(11, { countryOrRegion: 'Portugal' }),
      row(12, { countryOrRegion: 'Spain' }),
      row(13, { countryOrRegion: 'Portuguese Republic' }),
      row(14, { countryOrRegion: null }),
      row(15, {}),
    ];
    const { found } = await search([{ data: rows, metadata: { totalCount: 6 } }], { name: 'Zeus & Sons' });
    expect(found).toEqual(['name 10 PT', 'name 11 PT', 'name 13 Portuguese Republic', 'name 14 null', 'name 15 null']);
  });

  test('fewer rows than asked for: the walk goes on until all are seen', async () => {
    const pages = [
      { data: [row(10, { ownerEmail: 'a@x.example' })], metadata: { pageSize: 1, totalCount: 2 } },
      { data: [row(11, {})], metadata: { pageSize: 1, totalCount: 2 } },
    ];
    expect(await search(pages, { email: 'ana@zeus.example' })).toEqual({ found: ['email 11 null'], reads: 2 });
  });

  test('no total: the walk ends with the first empty page', async () => {
    const pages = [{ data: [row(10, {})] }, { data: [row(11, { ownerEmail: null })], metadata: null }];
    expect(await search(pages, { email: 'ana@zeus.example' })).toEqual({ found: ['email 10 null'], reads: 3 });
  });
});

describe('confirming an id', () => {
  test('there, in any case, not there, no id at all', async () => {
    const at = await started([...demoData.customers, zeus]);
    const get = (vendorId: string) => at.adapter.getCustomer(testCall(at.connect()), vendorId);
    expect(await get(zeus.id)).toMatchObject({ vendorId: zeus.id, name: 'Zeus & Sons', match: 'id' });
    expect(await get(` ${zeus.id.toUpperCase()} `)).toMatchObject({ vendorId: zeus.id, match: 'id' });
    expect(await get(randomUUID())).toBeNull();
    at.simulator.control.clearLog();
    expect(await get('../services')).toBeNull();
    expect(at.simulator.control.log()).toEqual([]);
  });

  test('the id asked for is all that leaves, and one row is all that is kept', async () => {
    const at = await started([...demoData.customers, zeus]);
    const call = testCall(at.connect());
    await at.adapter.getCustomer(call, zeus.id);
    expect(call.exchanges.at(-1)).toMatchObject({
      requestBody: { customerIds: [zeus.id] },
      responseBody: { rows: 1, totalCount: 1, matched: [{ vendorId: zeus.id, match: 'id' }] },
    });
  });

  test('a vendor that ignores the filter does not answer somebody else', async () => {
    setUp = await setUpAvepoint();
    const server = await startRawServer((one) => {
      const token = '{"token_type":"Bearer","expires_in":3600,"access_token":"t"}';
      one.reply(200, one.text.includes('/token ') ? token : JSON.stringify({ data: [{ id: zeus.id }] }));
    });
    const call = testCall(setUp.connect({ baseUrl: server.url, tokenUrl: `${server.url}/token` }));
    expect(await setUp.adapter.getCustomer(call, randomUUID())).toBeNull();
    await server.stop();
  });

  test('a refused sign-in and a missing permission are no absence', async () => {
    const at = await started([zeus]);
    const get = (rest: Partial<VendorConnection>) => at.adapter.getCustomer(testCall(at.connect(rest)), zeus.id);
    await expect(get({ secrets: { clientSecret: 'wrong' } })).rejects.toMatchObject({
      problem: { kind: 'forbidden', message: 'sign-in-refused' },
    });
    const scope = 'elements.customers.readwrite.all';
    await expect(get({ settings: { clientId: 'quayside-demo', scope } })).rejects.toMatchObject({
      problem: { kind: 'forbidden', message: 'forbidden' },
    });
  });
});

describe('countries by name', () => {
  test.each([
    ['Portugal', 'PT'],
    ['united states', 'US'],
    ['Côte d’Ivoire', 'CI'],
    ["Cote d'Ivoire", 'CI'],
    ['DE', 'DE'],
    ['Bosnia and Herzegovina', 'BA'],
    ['Atlantis', null],
    ['', null],
  ])('%s: %s', (name, code) => {
    expect(countryCodeOf(name)).toBe(code);
  });
});
