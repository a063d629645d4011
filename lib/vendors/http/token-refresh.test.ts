import { afterEach, describe, expect, test } from 'vitest';
import { type RawServer, type RawSocket, startRawServer } from '../testing/raw-server';
import { testCall, testConnection } from '../testing/vendor-call';
import { VendorHttp } from './client';
import { TokenCache, type TokenGrant } from './token';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

type Answer = (one: RawSocket, path: string) => boolean;

/** A sign-in and a refresh endpoint that give numbered tokens, unless `answer` took the request; a clock that is moved by hand. */
async function setUp(answer: Answer = () => false) {
  const clock = { nowMs: 1_800_000_000_000 };
  let issued = 0;
  const server: RawServer = await startRawServer((one) => {
    const path = one.text.split(' ')[1] ?? '';
    if (answer(one, path)) return;
    issued += 1;
    const [access, refresh] = [`access-${issued}`, `refresh-${issued}`];
    const pair = { access_token: access, token_type: 'client_credentials', expires_in: 3600, refresh_token: refresh };
    one.reply(200, JSON.stringify(pair));
  });
  const http = new VendorHttp({ clock: { now: () => clock.nowMs, random: () => 0, sleep: async () => undefined } });
  closing.push(() => server.stop());
  closing.push(() => http.close());
  const grant: TokenGrant = {
    vendor: 'Vendor',
    tokenUrl: new URL(`${server.url}/sign-in`),
    clientId: 'client',
    clientSecret: 'SECRET-CANARY',
    scope: '',
    dialect: { headers: { accept: 'application/x' }, anyTokenType: true, refreshUrl: new URL(`${server.url}/refresh`) },
  };
  const asked = () =>
    server.requests.map((text) => {
      const body: { refresh_token?: string } = JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4));
      return `${text.split(' ')[1]} ${body.refresh_token ?? '-'}`;
    });
  return { clock, server, tokens: new TokenCache(http), grant, connection: testConnection(), asked };
}

describe('a vendor with refresh tokens', () => {
  test('signs in with JSON and the vendor’s headers, without an empty scope, whatever the type of the token is called', async () => {
    const { tokens, grant, connection, server } = await setUp();
    expect(await tokens.get(testCall(connection), grant)).toBe('access-1');
    const [text = ''] = server.requests;
    expect(text).toContain('accept: application/x');
    expect(text).toContain('content-type: application/json');
    expect(JSON.parse(text.slice(text.indexOf('\r\n\r\n')))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'client',
      client_secret: 'SECRET-CANARY',
    });
  });

  test('64 callers near the end of a token: one refresh, with the newest refresh token each time', async () => {
    const { tokens, grant, connection, clock, asked } = await setUp();
    for (let hour = 0; hour < 3; hour += 1) {
      await Promise.all(Array.from({ length: 64 }, () => tokens.get(testCall(connection), grant)));
      clock.nowMs += 3541_000;
    }
    expect(asked()).toEqual(['/sign-in -', '/refresh refresh-1', '/refresh refresh-2']);
  });

  test('a token that was refused is refreshed; when the refreshed one is refused too, there is a sign-in', async () => {
    const { tokens, grant, connection, asked } = await setUp();
    for (const expected of ['access-1', 'access-2', 'access-3', 'access-4']) {
      const token = await tokens.get(testCall(connection), grant);
      expect(token).toBe(expected);
      await tokens.invalidate(connection.connectionId, token);
      await tokens.invalidate(connection.connectionId, token);
    }
    expect(asked()).toEqual(['/sign-in -', '/refresh refresh-1', '/sign-in -', '/refresh refresh-3']);
  });

  const refusals: readonly (readonly [string, (one: RawSocket) => void, refreshes: number])[] = [
    ['400 invalid_grant', (one) => one.reply(400, '{"error":"invalid_grant"}'), 1],
    ['401', (one) => one.reply(401, '{"message":"Unauthenticated.","status_code":401}'), 1],
    ['404', (one) => one.reply(404, '{"message":"404 Not Found","status_code":404}'), 1],
    ['500', (one) => one.reply(500, '{}'), 3],
    ['a page of HTML', (one) => one.reply(200, '<html>'), 1],
  ];
  test.each(refusals)('a refresh that ends with %s is followed by a sign-in', async (_name, refuse, refreshes) => {
    const { tokens, grant, connection, clock, asked } = await setUp((one, path) => {
      if (path === '/refresh') refuse(one);
      return path === '/refresh';
    });
    await tokens.get(testCall(connection), grant);
    clock.nowMs += 3541_000;
    const call = testCall(connection);
    expect(await tokens.get(call, grant)).toBe('access-2');
    expect(asked().filter((one) => one.startsWith('/refresh')).length).toBe(refreshes);
    expect(asked().at(-1)).toBe('/sign-in -');
    expect(call.exchanges.length).toBe(refreshes + 1);
  });

  test('a refresh that is not answered is no refusal: the call fails, and the next one signs in', async () => {
    const { tokens, grant, connection, clock, asked } = await setUp((one, path) => {
      if (path === '/refresh') one.socket.resetAndDestroy();
      return path === '/refresh';
    });
    await tokens.get(testCall(connection), grant);
    clock.nowMs += 3541_000;
    await expect(tokens.get(testCall(connection), grant)).rejects.toMatchObject({
      problem: { kind: 'connection-lost', effect: 'none' },
    });
    expect(await tokens.get(testCall(connection), grant)).toBe('access-2');
    expect(asked().at(-1)).toBe('/sign-in -');
  });

  test('another secret never meets the refresh token of the one before, and a forgotten token is not refreshed', async () => {
    const { tokens, grant, connection, asked } = await setUp();
    await tokens.get(testCall(connection), grant);
    await tokens.get(testCall(connection), { ...grant, clientSecret: 'another' });
    tokens.forget(connection.connectionId);
    await tokens.get(testCall(connection), { ...grant, clientSecret: 'another' });
    expect(asked()).toEqual(['/sign-in -', '/sign-in -', '/sign-in -']);
  });

  test('the record of a refresh holds neither secret nor token', async () => {
    const { tokens, grant, connection, clock } = await setUp();
    await tokens.get(testCall(connection), grant);
    clock.nowMs += 3541_000;
    const call = testCall(connection);
    await tokens.get(call, grant);
    expect(call.exchanges[0]).toMatchObject({
      requestBody: { grant_type: 'refresh_token', client_id: 'client', refresh_token: '‹string, 9 characters›' },
      responseBody: { token_type: 'client_credentials', expires_in: 3600, refresh_token: '‹string, 9 characters›' },
    });
    expect(JSON.stringify(call.exchanges)).not.toMatch(/CANARY|access-|refresh-\d/);
  });
});
