import { createServer } from 'node:net';
import { request } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { catalogEntries } from '../catalog';
import { startSimulators } from '../simulators';
import sample from './fixtures/create-customer.json' with { type: 'json' };
import { type CloudCockpitSimulator, startCloudCockpitSimulator } from './simulator';
import { demoData } from './simulator/state';

// Spoken to as the vendor's documentation says, by hand: our client has no part in this file.
let simulator: CloudCockpitSimulator;
const portal = 'portal.ridge-it.example';
const harbor = demoData.resellers[0]?.id ?? '';
const pine = demoData.resellers[1]?.id ?? '';

beforeAll(async () => {
  simulator = await startCloudCockpitSimulator();
});
afterEach(() => simulator.control.reset());
afterAll(() => simulator.stop());

interface Said {
  readonly status: number;
  readonly text: string;
  readonly json: unknown;
}

async function ask(
  method: 'GET' | 'POST',
  path: string,
  options: { headers?: Record<string, string>; body?: string } = {},
): Promise<Said> {
  const answer = await request(simulator.url + path, { method, ...options });
  const text = await answer.body.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status: answer.statusCode, text, json };
}

const form = (change: Record<string, string> = {}) =>
  new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: 'quayside-demo',
    client_secret: 'demo-secret-cloud-cockpit',
    scope: demoData.scope,
    ...change,
  }).toString();

const tokenPath = '/4e806121-ff28-4286-ab4e-3be0a08f9ce0/oauth2/v2.0/token';
const signIn = (change: Record<string, string> = {}) =>
  ask('POST', tokenPath, { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: form(change) });

async function headers(change: Record<string, string> = {}, client: Record<string, string> = {}) {
  const { json } = await signIn(client);
  const token = typeof json === 'object' && json !== null && 'access_token' in json ? String(json.access_token) : '';
  return { authorization: `Bearer ${token}`, 'x-tenant': portal, 'content-type': 'application/json', ...change };
}
const asHarbor = { client_id: 'quayside-demo-harbor', client_secret: 'demo-secret-cloud-cockpit-harbor' };

const good = {
  companyName: 'Zeus & Sons',
  country: 'PT',
  addressLine1: 'Rua do Porto 1',
  city: 'Lisboa',
  state: 'Lisboa',
  zip: '1000',
  firstName: 'Ana',
  lastName: 'Silva',
  email: 'ana@zeus.example',
  phone: '+351 21',
};
const post = async (body: unknown, change: Record<string, string> = {}) =>
  ask('POST', '/v1/Customers', {
    headers: await headers(change),
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

const instance = 'cb3cd15b-1d6e-45be-b493-c71549cbfd87';
const provider = (rest: Record<string, unknown>) => ({
  ...good,
  providerCustomers: { [instance]: { providerName: 'Microsoft', ...rest } },
});

describe('signing in (2.2)', () => {
  test('answers as Entra does', async () => {
    expect((await signIn()).json).toEqual({
      token_type: 'Bearer',
      expires_in: 3599,
      ext_expires_in: 3599,
      access_token: expect.stringMatching(/^eyJ0/),
    });
  });

  test.each([
    [{ client_secret: 'wrong' }, 401, 'invalid_client'],
    [{ client_id: 'wrong' }, 400, 'unauthorized_client'],
    [{ scope: 'wrong' }, 400, 'invalid_scope'],
    [{ grant_type: 'password' }, 400, 'unsupported_grant_type'],
  ])('%j: %d %s', async (change, status, error) => {
    expect(await signIn(change)).toMatchObject({ status, json: { error, error_codes: [expect.any(Number)] } });
  });

  test('a token ends with its life', async () => {
    const kept = await headers();
    expect((await ask('GET', '/v1/Customers', { headers: kept })).status).toBe(200);
    simulator.control.advanceClock(3599_000);
    expect(await ask('GET', '/v1/Customers', { headers: kept })).toMatchObject({ status: 401, text: '' });
  });
});

describe('POST /v1/Customers (2.4)', () => {
  test('201 with the id as a bare JSON string', async () => {
    const answer = await post(good);
    expect([answer.status, answer.text]).toEqual([201, expect.stringMatching(/^"[0-9a-f-]{36}"$/)]);
    expect(simulator.control.customers().at(-1)).toMatchObject({ companyName: 'Zeus & Sons', resellerId: null });
  });

  test('the founding document’s sample, with ids where it says string', async () => {
    const body = { ...sample, id: crypto.randomUUID(), resellerId: harbor, email: 'a@zeus.example' };
    expect((await post(body)).status).toBe(201);
    expect(simulator.control.customers().at(-1)).toMatchObject({
      id: body.id,
      internalIdentifier: 'string',
      resellerId: harbor,
    });
  });

  // What is sent, the field that is complained of; null is accepted.
  const rows: readonly (readonly [string, unknown, string | null])[] = [
    ...Object.keys(good).map(
      (key) => [`no ${key}`, { ...good, [key]: null }, key.charAt(0).toUpperCase() + key.slice(1)] as const,
    ),
    ['a name of 256', { ...good, companyName: 'ab'.repeat(128) }, 'CompanyName'],
    ['a postal code of 31', { ...good, zip: `${'12'.repeat(15)}3` }, 'Zip'],
    ['a phone of 31', { ...good, phone: `${'12'.repeat(15)}3` }, 'Phone'],
    ['a country that is none', { ...good, country: 'XX' }, 'Country'],
    ['a number for a text', { ...good, city: 7 }, '$.city'],
    ['an id that is none', { ...good, id: 'x' }, 'Id'],
    ['a reseller that is not there', { ...good, resellerId: crypto.randomUUID() }, 'ResellerId'],
    ['a name of one character', { ...good, companyName: 'Z' }, 'CompanyName'],
    ['a name of special characters', { ...good, companyName: '&&' }, 'CompanyName'],
    ['a spaced name', { ...good, companyName: 'A C M E' }, 'CompanyName'],
    ['a repeated character', { ...good, companyName: 'Zeuuus' }, 'CompanyName'],
    ['test as a name', { ...good, firstName: 'Test' }, 'FirstName'],
    ['microsoft.com', { ...good, email: 'a@microsoft.com' }, 'Email'],
    ['unknown keys', { ...good, somethingElse: { a: 1 } }, null],
    ['keys in other case', { ...good, COMPANYNAME: 'Zeus', companyName: undefined }, null],
    ['no JSON', '{', '$'],
    ['a list', '[]', '$'],
    ['an unknown instance', { ...good, providerCustomers: { x: {} } }, 'ProviderCustomers[x]'],
    [
      'provider data that is an object',
      provider({ providerCustomerData: {} }),
      `ProviderCustomers[${instance}].ProviderCustomerData`,
    ],
    [
      'provider data that is no JSON',
      provider({ providerCustomerData: 'x' }),
      `ProviderCustomers[${instance}].ProviderCustomerData`,
    ],
    [
      'an unknown margin rule',
      provider({ margin: { marginRule: { name: 'x' }, value: 1 } }),
      `ProviderCustomers[${instance}].Margin.MarginRule`,
    ],
    ['a margin rule in other case', provider({ margin: { marginRule: { name: 'MARKUP' }, value: 1 } }), null],
    [
      'a margin in words',
      provider({ margin: { marginRule: { name: 'markup' }, value: '1' } }),
      `ProviderCustomers[${instance}].Margin.Value`,
    ],
    [
      'an unknown status',
      provider({ microsoftCustomerAgreement: { status: { name: 'x' } } }),
      `ProviderCustomers[${instance}].MicrosoftCustomerAgreement.Status`,
    ],
  ];
  test.each(rows)('%s', async (_name, body, propertyName) => {
    const answer = await post(body);
    if (propertyName === null) {
      expect(answer.status).toBe(201);
      return;
    }
    expect(answer).toMatchObject({
      status: 400,
      json: {
        statusCode: 400,
        type: 'ValidationException',
        description: expect.any(String),
        correlationId: expect.any(String),
        errors: expect.arrayContaining([{ propertyName, description: [expect.any(String)] }]),
      },
    });
    expect(simulator.control.customers().length).toBe(4);
  });

  test('who may not: no token, another portal, no portal, another content type, another reseller', async () => {
    expect((await post(good, { authorization: 'Bearer x' })).status).toBe(401);
    expect((await post(good, { 'x-tenant': 'portal.else.example' })).status).toBe(403);
    expect((await post(good, { 'x-tenant': '' })).status).toBe(400);
    expect((await post(good, { 'content-type': 'text/plain' })).status).toBe(415);
    const body = JSON.stringify({ ...good, resellerId: pine });
    expect((await ask('POST', '/v1/customers/', { headers: await headers({}, asHarbor), body })).status).toBe(403);
    expect(simulator.control.customers().length).toBe(4);
  });
});

describe('reading (2.5, 2.6)', () => {
  const get = async (path: string, client: Record<string, string> = {}) =>
    ask('GET', path, { headers: await headers({}, client) });
  const names = (said: Said) => {
    const json: unknown = said.json;
    const items =
      typeof json === 'object' && json !== null && 'items' in json && Array.isArray(json.items) ? json.items : [];
    return items.map((item: { companyName?: string; alias?: string }) => item.companyName ?? item.alias);
  };

  test('deleted customers are shown unless told otherwise', async () => {
    expect(names(await get('/v1/Customers'))).toContain('Closed Doors Ltd');
    expect(names(await get('/v1/Customers?includeDeleted=false'))).not.toContain('Closed Doors Ltd');
  });

  test('the search matches parts, in any case of path and text', async () => {
    expect(names(await get('/v1/CUSTOMERS?searchValue=BAKE'))).toEqual(['Atlas Bakery']);
    expect(names(await get('/v1/customers?searchField=InternalIdentifier&searchValue=w-1'))).toEqual([
      'Northwind Harbour Lda',
    ]);
    expect((await get('/v1/customers?searchField=Nonsense')).status).toBe(400);
  });

  test('pages', async () => {
    expect((await get('/v1/Customers?pageSize=3&pageNumber=2')).json).toMatchObject({
      items: [{ companyName: 'Northwind Harbour Lda' }],
      paginationParameters: { pageNumber: 2, pageSize: 3 },
      totalPages: 2,
      totalCount: 4,
      hasPreviousPage: true,
      hasNextPage: false,
    });
    for (const query of ['pageSize=0', 'pageSize=2001', 'pageNumber=0', 'pageNumber=x']) {
      expect((await get(`/v1/Customers?${query}`)).status).toBe(400);
    }
  });

  test('a reseller sees its own customers and no resellers', async () => {
    expect(names(await get('/v1/Customers', asHarbor))).toEqual(['Atlas Bakery']);
    expect((await get('/v1/Resellers', asHarbor)).status).toBe(403);
    expect(names(await get('/v1/Resellers?searchValue=cloud'))).toEqual(['Harbor Cloud']);
    expect(names(await get('/v1/Providers/Instances')).length).toBe(3);
  });

  test('one customer: there, not there, not related', async () => {
    const atlas = demoData.customers[1]?.id ?? '';
    const kiel = demoData.customers[2]?.id ?? '';
    expect((await get(`/v1/Customers/${atlas}`)).json).toMatchObject({
      id: atlas,
      resellerId: harbor,
      isDeleted: false,
    });
    expect((await get(`/v1/Customers/${crypto.randomUUID()}`)).json).toMatchObject({ statusCode: 404 });
    expect((await get(`/v1/Customers/${kiel}`, asHarbor)).status).toBe(403);
    expect((await get(`/v1/Customers/${kiel}?resellerId=${harbor}`)).status).toBe(403);
    expect((await get('/v2/else')).status).toBe(404);
  });
});

describe('control', () => {
  const control = (method: 'GET' | 'POST', action: string, body?: unknown) =>
    ask(method, `/__control/${action}`, body === undefined ? {} : { body: JSON.stringify(body) });

  test('faults by method, path, header and count', async () => {
    await control('POST', 'faults', [
      { ending: 'error-before', method: 'POST', path: '/v1/customers', after: 1, times: 1 },
      { ending: 'forbidden', header: { name: 'X-Correlation-Id', contains: 'marked' }, times: null },
    ]);
    const statuses: number[] = [];
    for (const change of [{}, {}, {}, { 'x-correlation-id': 'a-marked-one' }])
      statuses.push((await post(good, change)).status);
    expect(statuses).toEqual([201, 500, 201, 403]);
    await control('POST', 'clear-faults');
    expect((await post(good, { 'x-correlation-id': 'a-marked-one' })).status).toBe(201);
    expect((await control('POST', 'faults', { ending: 'nonsense' })).status).toBe(400);
  });

  test('state, log, clock, reset', async () => {
    await post(good, { 'x-correlation-id': 'c-1' });
    expect((await control('GET', 'state')).json).toMatchObject({ customers: { length: 5 } });
    expect((await control('GET', 'log')).json).toMatchObject([
      { path: tokenPath, status: 200 },
      {
        path: '/v1/Customers',
        correlationId: 'c-1',
        companyName: 'Zeus & Sons',
        applied: true,
        status: 201,
        ending: null,
      },
    ]);
    const kept = await headers();
    await control('POST', 'clock', { advanceMs: 4_000_000 });
    expect((await ask('GET', '/v1/Customers', { headers: kept })).status).toBe(401);
    expect((await control('POST', 'clock', { now: 'soon' })).status).toBe(400);
    await control('POST', 'reset');
    expect([simulator.control.customers().length, simulator.control.log().length]).toEqual([4, 0]);
    expect((await control('GET', 'nonsense')).status).toBe(404);
  });

  test('the log holds neither tokens nor secrets', async () => {
    const kept = await headers();
    await post(good);
    const text = (await control('GET', 'log')).text;
    expect(text).not.toContain('demo-secret');
    expect(text).not.toContain(kept.authorization.slice(7, 40));
  });
});

describe('all simulators', () => {
  test('one per vendor of the catalogue, each on its own port, and they stop', async () => {
    const running = await startSimulators();
    expect(Object.keys(running.urls)).toEqual(catalogEntries.map((entry) => entry.vendor));
    const baseUrl = running.urls['cloud-cockpit']?.baseUrl ?? '';
    expect((await request(`${baseUrl}/__control/state`)).statusCode).toBe(200);
    await running.stop();
    await expect(request(`${baseUrl}/__control/state`)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('a taken port is told by its code', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await expect(startSimulators({ ports: { 'cloud-cockpit': port } })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await new Promise((resolve) => other.close(resolve));
  });
});
