import { request } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import sample from './fixtures/create-customer.json' with { type: 'json' };
import { type AvepointSimulator, startAvepointSimulator } from './simulator';
import { demoData, permissions } from './simulator/state';

// Spoken to as the vendor's documentation says, by hand: our client has no part in this file.
let simulator: AvepointSimulator;
beforeAll(async () => {
  simulator = await startAvepointSimulator();
});
afterEach(() => simulator.control.reset());
afterAll(() => simulator.stop());

interface Said {
  readonly status: number;
  readonly text: string;
  readonly json: unknown;
  readonly requestId: unknown;
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
  return { status: answer.statusCode, text, json, requestId: answer.headers['request-id'] };
}

const scopes = permissions.slice(0, 4).join(' ');
const signIn = (change: Record<string, string> = {}, type = 'application/x-www-form-urlencoded') =>
  ask('POST', '/connect/token', {
    headers: { 'content-type': type },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'quayside-demo',
      client_secret: 'demo-secret-avepoint',
      scope: scopes,
      ...change,
    }).toString(),
  });

async function headers(change: Record<string, string> = {}, client: Record<string, string> = {}) {
  const { json } = await signIn(client);
  const token = typeof json === 'object' && json !== null && 'access_token' in json ? String(json.access_token) : '';
  return { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...change };
}

const customers = '/partner/external/v3/general/customers';
const good = {
  firstName: 'Ana',
  lastName: 'Silva',
  organizationName: 'Zeus & Sons',
  registrationAccount: 'ana@zeus.example',
  password: 'Pass-4711-word',
  countryCode: 'PT',
  telephoneNumber: '+351 21',
  dataCenter: '4f93bdff-9b11-47b9-aa68-a86bfa09f61c',
  tags: ['gold'],
  managementMode: true,
};
const post = async (body: unknown, change: Record<string, string> = {}, client: Record<string, string> = {}) =>
  ask('POST', customers, {
    headers: await headers(change, client),
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const batch = async (query: string, body: unknown = {}, client: Record<string, string> = {}) =>
  ask('POST', `${customers}/batch${query}`, { headers: await headers({}, client), body: JSON.stringify(body) });

describe('signing in (1.2)', () => {
  test('answers as the document says', async () => {
    expect(await signIn()).toMatchObject({
      status: 200,
      json: { access_token: expect.stringMatching(/^eyJ/), expires_in: 3600, token_type: 'Bearer', scope: scopes },
    });
  });

  const all = permissions.join(' ');
  test.each([
    [{ client_secret: 'wrong' }, 'invalid_client'],
    [{ client_id: 'wrong' }, 'invalid_client'],
    [{ grant_type: 'password' }, 'unsupported_grant_type'],
    [{ grant_type: '' }, 'invalid_request'],
    [{ scope: '' }, 'invalid_scope'],
    [{ scope: 'elements.everything' }, 'invalid_scope'],
    // Known and allowed, but longer than 300 characters.
    [{ scope: all }, 'invalid_scope'],
    // Known, short enough, but not this app's.
    [
      {
        client_id: 'quayside-demo-specific',
        client_secret: 'demo-secret-avepoint-specific',
        scope: 'elements.jobs.read.all',
      },
      'invalid_scope',
    ],
  ])('%j: 400 %s', async (change, error) => {
    expect(all.length).toBeGreaterThan(300);
    expect(await signIn(change)).toMatchObject({ status: 400, json: { error } });
  });

  test('JSON is no form', async () => {
    expect(await signIn({}, 'application/json')).toMatchObject({ status: 400, json: { error: 'invalid_request' } });
  });

  test('a token ends with its life', async () => {
    const kept = await headers();
    const read = () => ask('POST', `${customers}/batch`, { headers: kept, body: '{}' });
    expect((await read()).status).toBe(200);
    simulator.control.advanceClock(3600_000);
    expect((await read()).status).toBe(401);
  });
});

describe('POST /general/customers (1.5)', () => {
  test('200 with status 1 and the id, and a request id', async () => {
    expect(await post(good)).toMatchObject({
      status: 200,
      json: { status: 1, id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(simulator.control.customers().at(-1)).toMatchObject({
      organization: 'Zeus & Sons',
      ownerEmail: 'ana@zeus.example',
      telephoneNumber: '+351 21',
      tags: ['gold'],
      managementMode: 1,
      passwordGiven: true,
    });
  });

  test('the founding document’s sample, RegistrationAccount and all', async () => {
    expect((await post(sample)).json).toMatchObject({ status: 1 });
    expect(simulator.control.customers().at(-1)).toMatchObject({
      organization: 'test_open_api_07',
      ownerEmail: 'test_open_api_07@163.com',
      countryCode: 'AF',
      dataCenter: sample.dataCenter,
      tags: ['test3'],
      managementMode: 2,
    });
  });

  // What is sent, the field that is complained of; null is accepted.
  const rows: readonly (readonly [string, unknown, string | null])[] = [
    ...[
      'firstName',
      'lastName',
      'organizationName',
      'registrationAccount',
      'password',
      'countryCode',
      'dataCenter',
    ].flatMap((key) => [
      [`no ${key}`, { ...good, [key]: undefined }, key] as const,
      [`${key} null`, { ...good, [key]: null }, key] as const,
      [`${key} blank`, { ...good, [key]: ' ' }, key] as const,
      [`${key} a number`, { ...good, [key]: 7 }, key] as const,
    ]),
    ['no telephoneNumber', { ...good, telephoneNumber: undefined }, null],
    ['telephoneNumber a number', { ...good, telephoneNumber: 7 }, 'telephoneNumber'],
    ['no tags', { ...good, tags: undefined }, null],
    ['tags a text', { ...good, tags: 'gold' }, 'tags'],
    ['tags of numbers', { ...good, tags: [7] }, 'tags'],
    ['no managementMode', { ...good, managementMode: undefined }, null],
    ['managementMode in words', { ...good, managementMode: 'true' }, 'managementMode'],
    ['managementMode as read', { ...good, managementMode: 1 }, 'managementMode'],
    ['a country that is none', { ...good, countryCode: 'XX' }, 'countryCode'],
    ['a country’s name', { ...good, countryCode: 'Portugal' }, 'countryCode'],
    ['an account that is no address', { ...good, registrationAccount: 'ana' }, 'registrationAccount'],
    ['a data centre’s name', { ...good, dataCenter: 'West Europe' }, 'dataCenter'],
    ['a data centre with a digit too many', { ...good, dataCenter: `${good.dataCenter}1` }, 'dataCenter'],
    ['a data centre off the list', { ...good, dataCenter: sample.dataCenter }, null],
    ['unknown keys', { ...good, somethingElse: 1 }, null],
    ['no JSON', '{', '$'],
    ['a list', '[]', '$'],
  ];
  test.each(rows)('%s', async (_name, body, field) => {
    const answer = await post(body);
    if (field === null) {
      expect(answer.json).toMatchObject({ status: 1 });
      return;
    }
    expect(answer).toMatchObject({
      status: 400,
      json: {
        statusCode: 400,
        message: 'Bad Request',
        errors: [{ code: 'InvalidParameter', field, message: expect.any(String) }],
        requestId: expect.any(String),
        timestamp: expect.any(String),
        traceId: expect.any(String),
      },
    });
    expect(simulator.control.customers().length).toBe(4);
  });

  test.each([
    ['a customer of this partner', 'ADMIN@northwind.example', 5],
    ['the partner itself', 'partner@ridge-it.example', 6],
    ['an account elsewhere on the platform', 'Owner@elsewhere.example', 7],
  ])('%s (%s): 200 with status %d, nothing created', async (_name, registrationAccount, status) => {
    expect(await post({ ...good, registrationAccount })).toMatchObject({ status: 200, json: { status, id: null } });
    expect(simulator.control.customers().length).toBe(4);
  });

  test('who may not: no token, a token without the permission, another content type', async () => {
    expect((await post(good, { authorization: 'Bearer x' })).status).toBe(401);
    for (const scope of permissions.filter((one) => one !== 'elements.customers.readwrite.all')) {
      expect((await post(good, {}, { scope })).status).toBe(403);
    }
    expect((await post(good, { 'content-type': 'text/plain' })).status).toBe(415);
    expect(simulator.control.customers().length).toBe(4);
  });

  test('there is no GET, no update and no delete', async () => {
    expect((await ask('GET', customers, { headers: await headers() })).status).toBe(404);
    expect((await ask('POST', '/general/customers', { headers: await headers(), body: '{}' })).status).toBe(404);
  });
});

describe('POST /general/customers/batch (1.4, 1.7, 1.9)', () => {
  test('rows as the read model has them, without tags or password', async () => {
    const northwind = demoData.customers[0];
    expect((await batch('', { customerIds: [northwind?.id.toUpperCase()] })).json).toEqual({
      data: [
        {
          id: northwind?.id,
          organization: 'Northwind Harbour Lda',
          ownerEmail: 'admin@northwind.example',
          jobStatus: 5,
          countryOrRegion: 'Portugal',
          managementMode: 1,
          tenants: [{ id: northwind?.id, name: 'Northwind Harbour Lda' }],
        },
      ],
      metadata: { pageIndex: 1, pageSize: 50, totalCount: 1 },
    });
  });

  test('pages from 1; past the end there is nothing', async () => {
    expect((await batch('?pageIndex=2&pageSize=3')).json).toMatchObject({
      data: [{ organization: 'Tidewater Freight' }],
      metadata: { pageIndex: 2, pageSize: 3, totalCount: 4 },
    });
    expect((await batch('?pageIndex=9')).json).toMatchObject({ data: [], metadata: { totalCount: 4 } });
    for (const query of ['?pageIndex=0', '?pageSize=0', '?pageSize=101', '?pageIndex=x', '?pageSize=-1']) {
      expect((await batch(query)).status).toBe(400);
    }
    expect((await batch('', { customerIds: 'x' })).status).toBe(400);
  });

  test('reading needs the permission to read: readwrite does not include it', async () => {
    expect((await batch('', {}, { scope: 'elements.customers.readwrite.all' })).status).toBe(403);
    expect((await batch('', {}, { scope: 'elements.customers.read.all' })).status).toBe(200);
  });

  test('an app for specific customers sees these, and not what it creates', async () => {
    const specific = { client_id: 'quayside-demo-specific', client_secret: 'demo-secret-avepoint-specific' };
    expect((await post(good, {}, specific)).json).toMatchObject({ status: 1 });
    expect((await batch('', {}, specific)).json).toMatchObject({ metadata: { totalCount: 1 } });
    expect((await batch('')).json).toMatchObject({ metadata: { totalCount: 5 } });
  });
});

describe('endings that only AvePoint has', () => {
  const named = (ending: string) => post({ ...good, organizationName: `Zeus sim:${ending}` });

  test.each([2, 3, 4, 5, 6, 7, 0, 8, 99])('sim:status-%d: 200 with that status, nothing created', async (status) => {
    expect(await named(`status-${status}`)).toMatchObject({ status: 200, json: { status, id: null } });
    expect(simulator.control.customers().length).toBe(4);
  });

  test('a status that says yes is not given without a customer', async () => {
    expect((await named('status-1')).json).toMatchObject({ status: 4 });
    expect((await named('status')).json).toMatchObject({ status: 4 });
  });

  test('sim:customer-id, sim:no-id: created, answered otherwise', async () => {
    const answer = await named('customer-id');
    expect(answer.json).toEqual({ status: 1, customerId: simulator.control.customers().at(-1)?.id });
    simulator.control.reset();
    expect((await named('no-id')).json).toEqual({ status: 1 });
    expect(simulator.control.customers().length).toBe(5);
  });

  test('shift: the second page misses a row', async () => {
    const ids = (said: Said) => {
      const { json } = said;
      if (typeof json !== 'object' || json === null || !('data' in json) || !Array.isArray(json.data)) return [];
      return json.data.map((row: { id: string }) => row.id);
    };
    const all = demoData.customers.map((one) => one.id);
    await ask('POST', '/__control/faults', { body: JSON.stringify({ ending: 'shift', path: '/batch' }) });
    expect(ids(await batch('?pageSize=2'))).toEqual(all.slice(0, 2));
    expect(ids(await batch('?pageSize=2&pageIndex=2'))).toEqual(all.slice(3));
    simulator.control.reset();
    // By name, it befalls the next read that has a second page.
    await named('shift');
    expect(simulator.control.customers().length).toBe(5);
    expect(ids(await batch('?pageSize=2'))).toEqual(all.slice(0, 2));
    expect(ids(await batch('?pageSize=2&pageIndex=2'))[0]).toBe(all[3]);
  });
});

describe('control', () => {
  test('neither log nor state holds a password, a token or a secret', async () => {
    const kept = await headers();
    await post(good);
    await post({ ...good, password: undefined });
    const log = await ask('GET', '/__control/log');
    const state = await ask('GET', '/__control/state');
    expect(log.json).toMatchObject([
      { path: '/connect/token', status: 200, password: null },
      { path: '/connect/token', status: 200 },
      { path: customers, organizationName: 'Zeus & Sons', password: 'given', applied: true, status: 200 },
      { path: '/connect/token', status: 200 },
      { path: customers, password: 'missing', applied: false, status: 400 },
    ]);
    for (const secret of [good.password, 'demo-secret', kept.authorization.slice(7, 60)]) {
      expect(log.text + state.text).not.toContain(secret);
    }
    await ask('POST', '/__control/reset');
    expect([simulator.control.customers().length, simulator.control.log().length]).toEqual([4, 0]);
  });
});
