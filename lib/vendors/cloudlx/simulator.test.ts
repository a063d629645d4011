import { request } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import sample from './fixtures/create-customer.json' with { type: 'json' };
import answerSample from './fixtures/created-customer.json' with { type: 'json' };
import { type CloudlxSimulator, startCloudlxSimulator } from './simulator';

// Spoken to as the vendor's documentation says, by hand: our client has no part in this file.
let simulator: CloudlxSimulator;
beforeAll(async () => {
  simulator = await startCloudlxSimulator();
});
afterEach(() => simulator.control.reset());
afterAll(() => simulator.stop());

interface Said {
  readonly status: number;
  readonly json: unknown;
  readonly allow: string | null;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
const accept = 'application/vnd.cloudlx.v1+json';

async function ask(
  method: Method,
  path: string,
  options: { headers?: Record<string, string>; body?: string } = {},
): Promise<Said> {
  const headers = { accept, ...options.headers };
  const answer = await request(simulator.url + path, { method, headers, body: options.body ?? null });
  const text = await answer.body.text();
  const { allow } = answer.headers;
  return { status: answer.statusCode, json: text === '' ? null : JSON.parse(text), allow: allow?.toString() ?? null };
}

const fields = {
  grant_type: 'client_credentials',
  client_id: 'quayside-demo',
  client_secret: 'demo-secret-cloudlx',
};
const postJson = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  ask('POST', path, { headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
const signIn = (change: Record<string, unknown> = {}) => postJson('/api/oauth2/access-token', { ...fields, ...change });
const refresh = (refresh_token: unknown) =>
  postJson('/api/oauth2/refresh-token', { ...fields, grant_type: 'refresh_token', refresh_token });

const part = (json: unknown, key: string): unknown =>
  typeof json === 'object' && json !== null ? Object.entries(json).find(([one]) => one === key)?.[1] : undefined;

async function bearer(token?: unknown) {
  return { authorization: `Bearer ${String(token ?? part((await signIn()).json, 'access_token'))}` };
}
const get = async (path: string, token?: unknown) => ask('GET', path, { headers: await bearer(token) });
const post = async (body: unknown) => postJson('/api/customers', body, await bearer());

describe('signing in (4.2)', () => {
  test('answers with a pair of forty characters each, and a type that is the grant’s name', async () => {
    expect((await signIn()).json).toEqual({
      access_token: expect.stringMatching(/^[0-9a-f]{40}$/),
      token_type: 'client_credentials',
      expires_in: 3600,
      refresh_token: expect.stringMatching(/^[0-9a-f]{40}$/),
    });
  });

  test('JSON, form and query string are all taken', async () => {
    const form = new URLSearchParams(fields).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await ask('POST', '/api/oauth2/access-token', { headers, body: form })).status).toBe(200);
    expect((await ask('POST', `/api/oauth2/access-token?${form}`)).status).toBe(200);
  });

  test.each([
    [{ client_secret: 'wrong' }, 401, 'invalid_client'],
    [{ client_id: 'wrong' }, 401, 'invalid_client'],
    [{ grant_type: 'password' }, 400, 'unsupported_grant_type'],
    [{ grant_type: undefined }, 400, 'invalid_request'],
  ])('%j: %d %s', async (change, status, error) => {
    expect(await signIn(change)).toMatchObject({ status, json: { error, error_description: expect.any(String) } });
  });

  test('an access token ends with its hour', async () => {
    const { json } = await signIn();
    const token = part(json, 'access_token');
    expect((await get('/api/customers', token)).status).toBe(200);
    simulator.control.advanceClock(3600_000);
    expect(await get('/api/customers', token)).toMatchObject({ status: 401, json: { status_code: 401 } });
  });

  test('a refresh rotates both: the old pair is worth nothing any more', async () => {
    const old = (await signIn()).json;
    const next = await refresh(part(old, 'refresh_token'));
    expect(next).toMatchObject({ status: 200, json: { expires_in: 3600 } });
    expect((await get('/api/customers', part(old, 'access_token'))).status).toBe(401);
    expect((await get('/api/customers', part(next.json, 'access_token'))).status).toBe(200);
    expect(await refresh(part(old, 'refresh_token'))).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
    expect((await refresh(part(next.json, 'refresh_token'))).status).toBe(200);
  });

  test('a refresh token outlives its access token, for seven days', async () => {
    const pair = (await signIn()).json;
    simulator.control.advanceClock(604_799_000);
    const next = await refresh(part(pair, 'refresh_token'));
    expect(next.status).toBe(200);
    simulator.control.advanceClock(604_800_000);
    expect((await refresh(part(next.json, 'refresh_token'))).status).toBe(400);
  });
});

describe('refusals in Dingo’s format (4.5)', () => {
  test.each([['application/json'], ['*/*'], ['application/vnd.cloudlx.v2+json'], ['']])(
    '400 for Accept: %s, even at the sign-in',
    async (value) => {
      const wanted = {
        status: 400,
        json: {
          message: 'Accept header could not be properly parsed because of a strict matching process.',
          status_code: 400,
        },
      };
      expect(await ask('GET', '/api/customers', { headers: { accept: value } })).toMatchObject(wanted);
      expect(await postJson('/api/oauth2/access-token', fields, { accept: value })).toMatchObject(wanted);
    },
  );

  test('401 without a token, with a raw one, with an unknown one', async () => {
    for (const headers of [{}, { authorization: 'abc' }, { authorization: 'Bearer abc' }]) {
      expect(await ask('GET', '/api/customers', { headers })).toMatchObject({
        status: 401,
        json: { message: expect.any(String), status_code: 401 },
      });
    }
  });

  test('404 for an unknown route or id', async () => {
    const json = { message: '404 Not Found', status_code: 404 };
    expect(await get('/api/nothing')).toMatchObject({ status: 404, json });
    expect(await get('/api/customers/1')).toMatchObject({ status: 404, json });
    expect(await get('/')).toMatchObject({ status: 404, json });
  });

  test('405 for another method: nothing is ever deleted', async () => {
    const headers = await bearer();
    expect(await ask('DELETE', '/api/customers/6901', { headers })).toMatchObject({
      status: 405,
      json: { message: '405 Method Not Allowed', status_code: 405 },
      allow: 'GET',
    });
    expect((await ask('GET', '/api/oauth2/access-token')).status).toBe(405);
  });

  test('429 and 500 as faults', async () => {
    simulator.control.setFault({ ending: 'error-before', path: 'users' });
    expect(await get('/api/users')).toMatchObject({
      status: 500,
      json: { message: '500 Internal Server Error', status_code: 500 },
    });
  });
});

describe('POST /api/customers (4.3)', () => {
  test('the founding document’s request: 200, the customer unwrapped, shaped like its answer', async () => {
    const { status, json } = await post(sample);
    expect(status).toBe(200);
    expect(json).toEqual({
      id: 6918,
      name: 'Example Company',
      currency: answerSample.currency,
      country: answerSample.country,
      realms: [{ name: 'Default', description: expect.any(String) }, ...answerSample.realms],
      sub_realms: answerSample.sub_realms,
    });
  });

  test('lists are optional, and unknown keys are tolerated', async () => {
    const { realms, shown_sub_realms, enabled_sub_realms, ...rest } = sample;
    expect(await post({ ...rest, more: true })).toMatchObject({ status: 200, json: { realms: [], sub_realms: [] } });
  });

  const wrong: readonly (readonly [string, unknown, string])[] = [
    ['name', undefined, 'The name field is required.'],
    ['name', 7, 'The name must be a string.'],
    ['name', 'x'.repeat(256), 'The name may not be greater than 255 characters.'],
    ['currency_iso', undefined, 'The currency iso field is required.'],
    ['currency_iso', 'GB', 'The selected currency iso is invalid.'],
    ['country_iso', undefined, 'The country iso field is required.'],
    ['country_iso', 'GBP', 'The selected country iso is invalid.'],
    ['email', undefined, 'The email field is required.'],
    ['email', 'x', 'The email must be a valid email address.'],
    ['email', 'OFFICE@atlas.example', 'The email has already been taken.'],
    ['first_name', '', 'The first name field is required.'],
    ['last_name', null, 'The last name field is required.'],
    ['role_group', undefined, 'The role group field is required.'],
    ['role_group', 'King', 'The selected role group is invalid.'],
    ['realms', '1', 'The realms must be an array.'],
  ];
  test.each(wrong)('%s: %j is 422 “%s”', async (field, value, text) => {
    expect(await post({ ...sample, [field]: value })).toMatchObject({
      status: 422,
      json: { message: 'The given data was invalid.', errors: { [field]: [text] }, status_code: 422 },
    });
    expect(simulator.control.customers().length).toBe(4);
  });

  test.each([
    ['realms', [1, 3], 'realms.1', 'The selected realms.1 is invalid.'],
    ['realms', ['1'], 'realms.0', 'The realms.0 must be an integer.'],
    ['shown_sub_realms', [313, 999], 'shown_sub_realms.1', 'The selected shown_sub_realms.1 is invalid.'],
    ['enabled_sub_realms', [331], 'enabled_sub_realms.0', 'The selected enabled_sub_realms.0 is invalid.'],
  ])('%s: %j is 422 at %s', async (field, value, at, text) => {
    const { status, json } = await post({ ...sample, [field]: value });
    expect([status, part(part(json, 'errors'), at)]).toEqual([422, [text]]);
  });

  test('a body that is not JSON has no fields', async () => {
    const headers = { ...(await bearer()), 'content-type': 'application/x-www-form-urlencoded' };
    const { status, json } = await ask('POST', '/api/customers', { headers, body: JSON.stringify(sample) });
    expect([status, Object.keys(Object(part(json, 'errors'))).length]).toEqual([422, 7]);
  });

  test('the same name twice is two customers; the same e-mail address is refused', async () => {
    expect((await post(sample)).status).toBe(200);
    expect((await post(sample)).status).toBe(422);
    expect((await post({ ...sample, email: 'other@example.com' })).json).toMatchObject({ id: 6919 });
  });
});

describe('reading', () => {
  test('customers and users, each whole in one object; both grow with a create', async () => {
    await post(sample);
    const customers = (await get('/api/customers')).json;
    expect(part(customers, 'customers')).toHaveLength(5);
    expect(part((await get('/api/users')).json, 'users')).toEqual(
      expect.arrayContaining([
        {
          id: expect.any(Number),
          customer_id: 6918,
          email: 'j.smith@example.com',
          first_name: 'John',
          last_name: 'Smith',
          phone: null,
          time_zone: expect.any(String),
        },
      ]),
    );
  });

  test('details are unwrapped, and name the realms with their ids', async () => {
    expect((await get('/api/customers/6903')).json).toMatchObject({
      id: 6903,
      currency: { iso_3: 'EUR' },
      country: { iso_2: 'DE', name: 'Germany' },
      realms: [{ id: 1 }, { id: 2, name: 'Networking', description: 'Cloud Link Exchange' }],
      sub_realms: [
        { id: 313, has_access: true },
        { id: 328, has_access: false },
      ],
    });
  });

  test('realms and sub-realms, with the ids that are known', async () => {
    expect((await get('/api/realms')).json).toMatchObject({ realms: [{ id: 1 }, { id: 2 }, { id: 7, name: 'Voice' }] });
    expect(part((await get('/api/sub-realms')).json, 'sub_realms')).toEqual(
      expect.arrayContaining([
        { id: 313, name: 'SD WAN', description: null },
        { id: 328, name: 'Cloud SBC & Conversion', description: null },
      ]),
    );
  });
});

describe('endings of its own', () => {
  test('sub-realms-missing: made, one shown sub-realm left out, in the answer as in the details', async () => {
    const { status, json } = await post({ ...sample, name: 'Zeus sim:sub-realms-missing' });
    expect([status, part(json, 'sub_realms')]).toEqual([200, [answerSample.sub_realms[0]]]);
    expect(part((await get('/api/customers/6918')).json, 'sub_realms')).toHaveLength(1);
  });

  test('not-enabled: made, nothing enabled', async () => {
    const { json } = await post({ ...sample, name: 'Zeus sim:not-enabled' });
    expect(json).toMatchObject({ sub_realms: [{ has_access: false }, { has_access: false }] });
  });

  test('user-failed: the customer is made, its user is not, and the answer is 422', async () => {
    expect(await post({ ...sample, name: 'Zeus sim:user-failed' })).toMatchObject({
      status: 422,
      json: { errors: { email: ['The email has already been taken.'] }, status_code: 422 },
    });
    expect(simulator.control.customers().at(-1)?.name).toBe('Zeus sim:user-failed');
    expect(simulator.control.users().some((user) => user.email === sample.email)).toBe(false);
    expect(simulator.control.log().at(-1)?.applied).toBe(true);
  });

  test('access tokens can be revoked alone: the refresh token stays good', async () => {
    const pair = (await signIn()).json;
    await ask('POST', '/__control/revoke-access');
    expect((await get('/api/customers', part(pair, 'access_token'))).status).toBe(401);
    expect((await refresh(part(pair, 'refresh_token'))).status).toBe(200);
  });

  test('neither log nor state holds a secret or a token', async () => {
    await post(sample);
    const shown = JSON.stringify([
      (await ask('GET', '/__control/log')).json,
      (await ask('GET', '/__control/state')).json,
    ]);
    expect(shown).not.toMatch(/demo-secret|[0-9a-f]{40}/);
    expect(shown).toContain('Example Company');
  });
});
