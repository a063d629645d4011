import { request } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import sample from './fixtures/add-partner.json' with { type: 'json' };
import { type CoveSimulator, startCoveSimulator } from './simulator';
import { demoData } from './simulator/state';

// Spoken to as the vendor's documentation says, by hand: our client has no part in this file.
let simulator: CoveSimulator;
beforeAll(async () => {
  simulator = await startCoveSimulator();
});
afterEach(() => simulator.control.reset());
afterAll(() => simulator.stop());

const answerSchema = z.looseObject({
  id: z.union([z.string(), z.number(), z.null()]).optional(),
  result: z.looseObject({ result: z.unknown() }).nullish(),
  error: z.looseObject({ code: z.number(), message: z.string(), data: z.number().optional() }).optional(),
  visa: z.string().optional(),
});

async function raw(body: unknown, options: { path?: string; method?: 'GET' | 'POST'; type?: string } = {}) {
  const { path = '/jsonapi', method = 'POST', type = 'application/json' } = options;
  const sent = method === 'GET' ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const answer = await request(simulator.url + path, { method, headers: { 'content-type': type }, ...sent });
  const text = await answer.body.text();
  return { status: answer.statusCode, text };
}
async function ask(body: unknown) {
  const { status, text } = await raw(body);
  expect(status).toBe(200);
  return answerSchema.parse(JSON.parse(text));
}

const credentials = { partner: 'Ridge IT', username: 'quayside-demo', password: 'demo-secret-cove' };
const signIn = (change: Record<string, unknown> = {}) =>
  ask({ jsonrpc: '2.0', id: '1', method: 'Login', params: { ...credentials, ...change } });
const visaOf = async (change: Record<string, unknown> = {}) => (await signIn(change)).visa ?? '';
const call = async (method: string, params: unknown, visa?: string) =>
  ask({ jsonrpc: '2.0', id: '2', visa: visa ?? (await visaOf()), method, params });
const asHarbor = { partner: 'Harbor Cloud', username: 'quayside-demo-harbor', password: 'demo-secret-cove-harbor' };

const good = { ParentId: 50210, Name: 'Zeus & Sons', Level: 'EndCustomer' };
const add = (info: Record<string, unknown>, rest: Record<string, unknown> = {}) =>
  call('AddPartner', { partnerInfo: { ...good, ...info }, ...rest });

describe('signing in (3.2)', () => {
  test('answers the user and the first visa', async () => {
    expect(await signIn()).toMatchObject({
      id: '1',
      jsonrpc: '2.0',
      result: { result: { PartnerId: 50121, Name: 'quayside-demo', RoleId: 1 } },
      visa: expect.stringMatching(/^33491-50121-1-\d+-[0-9A-F]+$/),
    });
  });

  test.each([
    { password: 'wrong' },
    { username: 'wrong' },
    { partner: '' },
    { partner: 'ridge it' },
    { partner: undefined },
  ])('%j: 2100', async (change) => {
    expect((await signIn(change)).error).toEqual({
      code: -32603,
      message: 'Unknown partner/username or bad password',
      data: 2100,
    });
  });
});

describe('the visa (3.2)', () => {
  test('sits at the top level: missing, damaged, or inside the parameters it is refused', async () => {
    const visa = await visaOf();
    const body = { jsonrpc: '2.0', id: '2', method: 'EnumerateLocations', params: {} };
    for (const wrong of [body, { ...body, visa: `${visa}0` }, { ...body, visa: 7 }, { ...body, params: { visa } }]) {
      expect((await ask(wrong)).error).toEqual({
        code: -32603,
        message: 'Visa is inconsistent/corrupted.',
        data: 1701,
      });
    }
  });

  test('each answer brings another, and any that has not run out is good', async () => {
    const first = await visaOf();
    const second = (await call('EnumerateLocations', {}, first)).visa ?? '';
    expect(second).not.toBe(first);
    for (const visa of [first, second, first])
      expect((await call('EnumerateLocations', {}, visa)).error).toBeUndefined();
  });

  test('lives fifteen minutes, and chains beyond', async () => {
    const first = await visaOf();
    simulator.control.advanceClock(899_000);
    const second = (await call('EnumerateLocations', {}, first)).visa ?? '';
    simulator.control.advanceClock(1_000);
    expect((await call('EnumerateLocations', {}, first)).error?.data).toBe(1701);
    simulator.control.advanceClock(898_000);
    expect((await call('EnumerateLocations', {}, second)).error).toBeUndefined();
  });

  test('comes beside some errors, too', async () => {
    const answer = await call('GetPartnerInfoById', { partnerId: 99 });
    expect(answer).toMatchObject({ error: { data: 2101 }, visa: expect.any(String) });
  });
});

describe('the envelope (3.1)', () => {
  test.each([
    ['no JSON', '{', -32700],
    ['a list', '[]', -32700],
    ['no version', { id: '1', method: 'Login', params: {} }, -32600],
    ['another version', { jsonrpc: '1.0', id: '1', method: 'Login', params: {} }, -32600],
    ['no id', { jsonrpc: '2.0', method: 'Login', params: {} }, -32600],
    ['no method', { jsonrpc: '2.0', id: '1', params: {} }, -32600],
    ['parameters by place', { jsonrpc: '2.0', id: '1', method: 'Login', params: ['Ridge IT'] }, -32600],
  ])('%s is refused', async (_name, body, code) => {
    expect((await ask(body)).error?.code).toBe(code);
  });

  test('methods are case-sensitive, the id is echoed as it came', async () => {
    expect((await call('enumerateLocations', {})).error?.message).toContain('enumerateLocations');
    const answer = await ask({ jsonrpc: '2.0', id: 7, visa: await visaOf(), method: 'GetServerInfo', params: {} });
    expect(answer.id).toBe(7);
  });

  test('one address, one verb, one media type', async () => {
    expect((await raw({}, { path: '/' })).status).toBe(404);
    expect((await raw({}, { method: 'GET' })).status).toBe(405);
    expect((await raw('{}', { type: 'text/plain' })).status).toBe(415);
  });
});

describe('AddPartner (3.4, founding document 003)', () => {
  test('the founding document’s sample, with a visa and a parent that is there', async () => {
    const { partnerInfo } = sample.params;
    const body = { ...sample, visa: await visaOf(), params: { partnerInfo: { ...partnerInfo, ParentId: 50121 } } };
    expect(await ask(body)).toEqual({
      id: 'jsonrpc',
      jsonrpc: '2.0',
      result: { result: expect.any(Number) },
      visa: expect.any(String),
    });
    // `Country` beside the name is no field: it is ignored, and the location is the parent's (3.8).
    expect(simulator.control.customers().at(-1)).toMatchObject({
      name: 'Zeus & Sons',
      locationId: 7,
      withAccount: false,
    });
  });

  test('the location follows the country of the address, by code or English name', async () => {
    await add({ Company: { PostAddress: { Country: 'US' } } });
    await add({ Name: 'Zeus DE', Company: { PostAddress: { Country: 'Germany' } } });
    await add({ Name: 'Zeus GB', LocationId: 19, Company: { PostAddress: { Country: 'GB' } } });
    expect(simulator.control.customers().map((one) => one.locationId)).toEqual([18, 4, 19]);
  });

  // What is sent, and the number of the error; null is accepted, undefined an error without a number.
  const rows: readonly (readonly [string, Record<string, unknown>, number | null | undefined])[] = [
    ['nothing but parent and name', { Level: undefined }, null],
    ['unknown keys', { Country: 'Greece', somethingElse: { a: 1 } }, null],
    ['keys in other letters', { name: 'Another', level: 'King' }, null],
    ['flags that are null', { Flags: null }, null],
    ['no name', { Name: undefined }, undefined],
    ['an empty name', { Name: '' }, undefined],
    ['no parent', { ParentId: undefined }, undefined],
    ['a parent as a text', { ParentId: '50210' }, undefined],
    ['a parent that is not there', { ParentId: 99 }, 2101],
    ['a parent out of sight', { ParentId: 60001 }, 13501],
    ['a parent that has expired', { ParentId: 50250 }, 2104],
    ['a parent in trial', { ParentId: 50240 }, null],
    ['a name that is taken', { Name: 'Atlas Bakery' }, 2115],
    ['a name that is taken out of sight', { Name: 'Other Coast Bakery' }, 2115],
    ['a name in other letters', { Name: 'ATLAS BAKERY' }, null],
    ['the level of the parent', { Level: 'Reseller' }, undefined],
    ['a level above the parent', { Level: 'Distributor' }, undefined],
    ['a level that is none', { Level: 'King' }, undefined],
    ['a service that is none', { ServiceType: 'Some' }, undefined],
    ['a state that is none', { State: 'inproduction' }, undefined],
    ['services as a text', { ChildServiceTypes: 'AllInclusive' }, undefined],
    ['a flag that is none', { Flags: ['Some'] }, undefined],
    ['a location as a text', { LocationId: '18' }, undefined],
    ['a location that is not there', { LocationId: 99 }, undefined],
    ['a billing contact as a text', { Company: { BillingContactPersonId: '42' } }, undefined],
    ['a country that is none', { Company: { PostAddress: { Country: 'Atlantis' } } }, undefined],
    ['a trial time as a text', { TrialExpirationTime: '2026-12-31' }, undefined],
    ['half a second', { TrialExpirationTime: 1.5 }, undefined],
    ['a region as a text', { AdvancedPartnerProperties: { RegionId: '1' } }, undefined],
  ];
  test.each(rows)('%s', async (_name, info, number) => {
    const answer = await add(info);
    if (number === null) expect(answer.result?.result).toEqual(simulator.control.customers().at(-1)?.id);
    else {
      expect(answer.error).toMatchObject({ code: -32603 });
      expect(answer.error?.data).toBe(number);
      expect(simulator.control.customers()).toEqual([]);
    }
  });

  test('a default account is a yes or a no', async () => {
    expect((await add({}, { createDefaultAccount: 'yes' })).error).toBeDefined();
    await add({}, { createDefaultAccount: true });
    expect(simulator.control.customers().at(-1)?.withAccount).toBe(true);
  });

  test('a reseller’s user adds below the reseller alone', async () => {
    const visa = await visaOf(asHarbor);
    const below = (ParentId: number) => call('AddPartner', { partnerInfo: { ...good, ParentId } }, visa);
    expect((await below(50220)).error?.data).toBe(13501);
    expect((await below(50211)).result?.result).toEqual(expect.any(Number));
  });
});

describe('reading (3.4, 3.6)', () => {
  const children = async (params: Record<string, unknown>) => {
    const answer = await call('EnumerateChildPartners', params);
    const node = z.looseObject({ ActualChildCount: z.number(), Children: z.array(z.unknown()).nullable() });
    return node.parse(answer.result?.result);
  };

  test('a partner by exact name and by id, with what the live service adds', async () => {
    const byName = await call('GetPartnerInfo', { name: 'Atlas Bakery' });
    expect(byName.result?.result).toMatchObject({
      Id: 50212,
      ParentId: 50210,
      Level: 'EndCustomer',
      ExternalCode: 'AB-7',
      Privilege: 'Regular',
      Company: { PostAddress: { Country: 'PT' } },
    });
    expect((await call('GetPartnerInfoById', { partnerId: 50212 })).result).toEqual(byName.result);
    expect((await call('GetPartnerInfo', { name: 'atlas bakery' })).error?.data).toBe(2101);
    expect((await call('GetPartnerInfo', { name: 'Other Coast Bakery' })).error?.data).toBe(13501);
    expect((await call('GetPartnerInfoById', { partnerId: '50212' })).error?.data).toBe(2101);
  });

  test('children come in pages, by level and name, with the fields asked for', async () => {
    const filter = { SortOrder: 'ByLevelAndName' };
    const page = await children({
      partnerId: 50121,
      fields: [0],
      range: { Offset: 1, Size: 2 },
      partnerFilter: filter,
    });
    expect(page.ActualChildCount).toBe(7);
    expect(page.Children).toEqual([
      {
        Info: {
          Id: 50230,
          ParentId: 50121,
          Name: 'Altamar Informática',
          Privilege: 'Regular',
          Company: { PostAddress: null },
        },
        ActualChildCount: 0,
        Children: null,
      },
      expect.objectContaining({ Info: expect.objectContaining({ Name: 'Blue Fjord IT' }) }),
    ]);
  });

  test('ten thousand children are made when they are asked for', async () => {
    const page = await children({ partnerId: 50300, fields: [0], range: { Offset: 9998, Size: 50 } });
    expect([page.ActualChildCount, page.Children?.length]).toEqual([10_000, 2]);
    expect((await call('GetPartnerInfo', { name: 'Tagus Reseller 10000' })).result?.result).toMatchObject({
      Id: 710_000,
    });
    expect((await call('GetPartnerInfo', { name: 'Tagus Reseller 10001' })).error?.data).toBe(2101);
  });

  test('children by pattern of name and reference, by level and state', async () => {
    const count = async (partnerFilter: Record<string, unknown>) =>
      (await children({ partnerId: 50121, fields: [0], range: { Offset: 0, Size: 50 }, partnerFilter })).Children
        ?.length ?? 0;
    expect(await count({ NamePattern: 'cloud' })).toBe(1);
    expect(await count({ ExternalCodePattern: 'NW-1' })).toBe(1);
    expect(await count({ Levels: ['EndCustomer'] })).toBe(1);
    expect(await count({ States: ['InTrial', 'Expired'] })).toBe(2);
    expect(await count({ NamePattern: 'nobody' })).toBe(0);
  });

  test('the list without pages, ancestors, locations, regions', async () => {
    const all = { parentPartnerId: 50210, fetchRecursively: true, fields: [0] };
    expect((await call('EnumeratePartners', all)).result?.result).toHaveLength(3);
    expect((await call('EnumeratePartners', { ...all, fetchRecursively: false })).result?.result).toHaveLength(2);
    expect((await call('EnumeratePartners', { parentPartnerId: 50210 })).error).toBeDefined();
    const ancestors = await call('EnumerateAncestorPartners', { partnerId: 50213 });
    expect(ancestors.result?.result).toMatchObject([{ Id: 50212 }, { Id: 50210 }, { Id: 50121 }]);
    expect((await call('EnumerateLocations', {})).result?.result).toHaveLength(demoData.locations.length);
    expect((await call('EnumerateRegions', {})).result?.result).toHaveLength(demoData.regions.length);
  });
});

describe('the log', () => {
  test('tells methods and names apart, and holds neither visa nor password', async () => {
    await add({});
    const log = simulator.control.log();
    expect(log.map((one) => [one.rpcMethod, one.withVisa, one.withPassword, one.applied])).toEqual([
      ['Login', 'no', 'yes', false],
      ['AddPartner', 'yes', 'no', true],
    ]);
    expect(log[1]).toMatchObject({ requestId: '2', name: 'Zeus & Sons', parentId: '50210' });
    const state = (await raw(null, { path: '/__control/state', method: 'GET' })).text;
    for (const kept of [JSON.stringify(log), state]) {
      expect(kept).not.toContain('demo-secret');
      expect(kept).not.toMatch(/33491-50121-1-/);
    }
  });

  test('endings come over HTTP by the method’s name in the body', async () => {
    const fault = { ending: 'rpc-error', code: 2116, body: '"EnumerateLocations"' };
    expect((await raw(fault, { path: '/__control/faults' })).status).toBe(200);
    expect((await call('GetServerInfo', {})).error).toBeUndefined();
    expect((await call('EnumerateLocations', {})).error?.data).toBe(2116);
    expect((await call('EnumerateLocations', {})).error).toBeUndefined();
  });
});
