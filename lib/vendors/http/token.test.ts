import { afterEach, describe, expect, test } from 'vitest';
import { type RawServer, type RawSocket, startRawServer } from '../testing/raw-server';
import { type TestCall, testCall, testConnection } from '../testing/vendor-call';
import { VendorHttp } from './client';
import { TokenCache, type TokenGrant } from './token';
import { VendorError } from './vendor-error';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A token endpoint, a clock that stands still until it is moved, and a cache. */
async function setUp(answer?: (one: RawSocket, count: number) => void, life: number | string = 3599) {
  const clock = { nowMs: 1_800_000_000_000 };
  let issued = 0;
  const server: RawServer = await startRawServer((one) => {
    issued += 1;
    if (answer === undefined) one.reply(200, body(`token-${issued}`, life));
    else answer(one, issued);
  });
  const waits: number[] = [];
  const http = new VendorHttp({
    clock: { now: () => clock.nowMs, random: () => 0, sleep: async (ms) => void waits.push(ms) },
  });
  closing.push(() => server.stop());
  closing.push(() => http.close());
  const grant: TokenGrant = {
    vendor: 'Vendor',
    tokenUrl: new URL(`${server.url}/token`),
    clientId: 'client',
    clientSecret: 'SECRET-CANARY &+/',
    scope: 'scope',
  };
  return { clock, server, http, tokens: new TokenCache(http), grant, connection: testConnection(), waits };
}

const body = (token: string, life: number | string) =>
  JSON.stringify({ token_type: 'Bearer', expires_in: life, ext_expires_in: life, access_token: token });

const failure = async (promise: Promise<unknown>) => {
  const error = await promise.catch((thrown: unknown) => thrown);
  return error instanceof VendorError ? error.problem : null;
};

describe('one sign-in for all', () => {
  test('64 callers at once: one request to the token endpoint, recorded once', async () => {
    const { tokens, grant, connection, server } = await setUp();
    const calls = Array.from({ length: 64 }, () => testCall(connection));
    const all = await Promise.all(calls.map((call) => tokens.get(call, grant)));
    expect(new Set(all)).toEqual(new Set(['token-1']));
    expect(server.requests.length).toBe(1);
    expect(calls.flatMap((call: TestCall) => call.exchanges).length).toBe(1);
  });

  test('64 callers around the expiry: one more', async () => {
    const { tokens, grant, connection, server, clock } = await setUp();
    await tokens.get(testCall(connection), grant);
    clock.nowMs += 3599_000;
    const all = await Promise.all(Array.from({ length: 64 }, () => tokens.get(testCall(connection), grant)));
    expect(new Set(all)).toEqual(new Set(['token-2']));
    expect(server.requests.length).toBe(2);
  });

  test('64 callers with a token that was refused: one more, and the new one is not thrown away', async () => {
    const { tokens, grant, connection, server } = await setUp();
    const first = await tokens.get(testCall(connection), grant);
    const all = await Promise.all(
      Array.from({ length: 64 }, async () => {
        await tokens.invalidate(connection.connectionId, first);
        return tokens.get(testCall(connection), grant);
      }),
    );
    await tokens.invalidate(connection.connectionId, first);
    expect(await tokens.get(testCall(connection), grant)).toBe('token-2');
    expect([new Set(all), server.requests.length]).toEqual([new Set(['token-2']), 2]);
  });

  test('a caller that gives up does not take the sign-in from the others', async () => {
    const held: RawSocket[] = [];
    const { tokens, grant, connection, server } = await setUp((one) => {
      held.push(one);
      controller.abort();
    });
    const controller = new AbortController();
    const leaving = tokens.get(testCall(connection, { signal: controller.signal }), grant);
    const staying = tokens.get(testCall(connection), grant);
    expect(await failure(leaving)).toMatchObject({ kind: 'timeout', effect: 'none', params: { step: 'token' } });
    held[0]?.reply(200, body('token-late', 3599));
    expect(await staying).toBe('token-late');
    expect(server.requests.length).toBe(1);
  });

  test('a caller whose turn never comes does not fail the others: one of them signs in', async () => {
    const { tokens, grant, connection, server } = await setUp();
    const takeTurn = () => Promise.reject(new Error('the queue is closed'));
    const leaving = tokens.get(testCall(connection, { takeTurn }), grant);
    const staying = tokens.get(testCall(connection), grant);
    await expect(leaving).rejects.toThrow('the queue is closed');
    expect([await staying, server.requests.length]).toEqual(['token-1', 1]);
  });
});

describe('renewed early', () => {
  const rows: readonly (readonly [number | string, number, boolean])[] = [
    [3599, 3538_000, false],
    [3599, 3539_000, true],
    ['3599', 3538_000, false],
    [10, 7_000, false],
    [10, 8_000, true],
  ];
  test.each(rows)('a life of %s s, after %d ms: new token %s', async (life, ms, renewed) => {
    const { tokens, grant, connection, clock } = await setUp(undefined, life);
    await tokens.get(testCall(connection), grant);
    clock.nowMs += ms;
    expect(await tokens.get(testCall(connection), grant)).toBe(renewed ? 'token-2' : 'token-1');
  });

  test('another version, secret, scope or client has a token of its own', async () => {
    const { tokens, grant, connection, server } = await setUp();
    await tokens.get(testCall(connection), grant);
    await tokens.get(testCall({ ...connection, version: 2 }), grant);
    await tokens.get(testCall(connection), { ...grant, clientSecret: 'other' });
    await tokens.get(testCall(connection), { ...grant, scope: 'other' });
    await tokens.get(testCall(testConnection()), grant);
    expect(server.requests.length).toBe(5);
  });
});

describe('a sign-in that fails', () => {
  const entra = JSON.stringify({
    error: 'invalid_client',
    error_description: 'AADSTS7000215: Invalid client secret provided: SECRET-CANARY &+/.',
    error_codes: [7000215],
    correlation_id: 'their-id',
  });

  test.each([400, 401, 403])('%d: refused for good, never repeated', async (status) => {
    const { tokens, grant, connection, server } = await setUp((one) => one.reply(status, entra));
    const call = testCall(connection);
    const problem = await failure(tokens.get(call, grant));
    expect(problem).toMatchObject({
      kind: 'forbidden',
      message: 'sign-in-refused',
      effect: 'none',
      retryable: false,
      vendorType: 'invalid_client',
      vendorDescription: 'AADSTS7000215: Invalid client secret provided: ‹secret›.',
      vendorCorrelationId: 'their-id',
      params: { step: 'token' },
    });
    expect(server.requests.length).toBe(1);
    expect(JSON.stringify([problem, call.exchanges])).not.toContain('CANARY');
  });

  const rows: readonly (readonly [string, (one: RawSocket, count: number) => void, string, number])[] = [
    ['503', (one) => one.reply(503, ''), 'vendor-failure', 3],
    ['429 without Retry-After', (one) => one.reply(429, ''), 'rate-limited', 3],
    ['429 for an hour', (one) => one.reply(429, '', { 'Retry-After': '3600' }), 'rate-limited', 1],
    ['404', (one) => one.reply(404, '<html>'), 'invalid-reply', 1],
    ['a page of HTML', (one) => one.reply(200, '<html>'), 'invalid-reply', 1],
    ['a redirect', (one) => one.reply(302, '', { Location: '/x' }), 'invalid-reply', 1],
    [
      'a token that is no bearer token',
      (one) => one.reply(200, '{"access_token":"a","expires_in":9,"token_type":"mac"}'),
      'invalid-reply',
      1,
    ],
    [
      'a token with a line break',
      (one) => one.reply(200, '{"access_token":"a\\nb","expires_in":9}'),
      'invalid-reply',
      1,
    ],
    ['a life of nothing', (one) => one.reply(200, body('t', 0)), 'invalid-reply', 1],
    ['a reset', (one) => one.socket.resetAndDestroy(), 'connection-lost', 3],
  ];
  test.each(rows)('%s: %s', async (_name, answer, kind, requests) => {
    const { tokens, grant, connection, server } = await setUp(answer);
    const problem = await failure(tokens.get(testCall(connection), grant));
    expect(problem).toMatchObject({ kind, effect: 'none' });
    expect(server.requests.length).toBe(requests);
  });

  test('trouble that passes is outlived, and a failure is not kept', async () => {
    const { tokens, grant, connection, server } = await setUp((one, count) =>
      count === 1
        ? one.reply(503, '')
        : count === 3
          ? one.reply(401, entra)
          : one.reply(200, body(`token-${count}`, 3599)),
    );
    expect(await tokens.get(testCall(connection), grant)).toBe('token-2');
    tokens.forget(connection.connectionId);
    expect(await failure(tokens.get(testCall(connection), grant))).toMatchObject({ kind: 'forbidden' });
    expect(await tokens.get(testCall(connection), grant)).toBe('token-4');
    expect(server.requests.length).toBe(4);
  });

  test('the record of a sign-in holds neither secret nor token', async () => {
    const { tokens, grant, connection } = await setUp((one) => one.reply(200, body('TOKEN-CANARY', 3599)));
    const call = testCall(connection);
    await tokens.get(call, grant);
    expect(call.exchanges[0]).toMatchObject({
      purpose: 'token',
      requestBody: {
        grant_type: 'client_credentials',
        client_id: 'client',
        client_secret: '‹string, 17 characters›',
        scope: 'scope',
      },
      responseBody: { token_type: 'Bearer', expires_in: 3599, access_token: '‹string, 12 characters›' },
    });
    expect(JSON.stringify(call.exchanges)).not.toContain('CANARY');
  });
});
