import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { withClient } from '@/lib/db/logins';
import { testDatabase } from '@/lib/testing/database';
import { addCockpit } from '@/lib/testing/world';
import { VendorHttp } from '@/lib/vendors/http/client';
import { VendorError } from '@/lib/vendors/http/vendor-error';
import { type RawServer, startRawServer } from '@/lib/vendors/testing/raw-server';
import { forgetHealth, isOutage } from './connection-health';
import { type LoadedConnection, loadVendorConnection } from './load-vendor-connection';
import { makeTree } from './tree-fixture';
import { makeVendorCall } from './vendor-call';

/** R23: a connection whose vendor does not answer rests, over all processes, and one request tries it. */

const database = await testDatabase();
const http = new VendorHttp();
let owner: string;
let server: RawServer;
let status: number;
let connection: LoadedConnection;

beforeAll(async () => {
  owner = (await makeTree()).csp;
});
beforeEach(async () => {
  status = 503;
  server = await startRawServer((request) => request.reply(status, '{}'));
  const urls = { baseUrl: server.url, tokenUrl: `${server.url}/token` };
  connection = await loadVendorConnection(await addCockpit({ ownerPartnerId: owner, ...urls }));
  forgetHealth();
});
afterEach(() => server.stop());

/** One read over the connection: the status, or the message of what kept it from being answered. */
async function ask({ evenAtRest = false } = {}): Promise<string> {
  const signal = AbortSignal.timeout(5_000);
  const call = makeVendorCall({ connection, correlationId: uuidv7(), attemptId: null, signal, evenAtRest });
  try {
    const reply = await http.send(call, {
      vendor: 'Cloud Cockpit',
      purpose: 'find',
      method: 'GET',
      url: new URL(`${connection.baseUrl}/v1/Customers`),
      headers: {},
      body: null,
      canTakeEffect: false,
      reply: { statuses: [200], schema: { safeParse: (data) => ({ success: true, data }) } },
      keep: {},
      secrets: [],
    });
    // The next turn of the same call waits until this answer is counted.
    await call.takeTurn();
    return String(reply.status);
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    await call.takeTurn().catch(() => undefined);
    return error.problem.message;
  }
}

async function askTimes(count: number): Promise<readonly string[]> {
  const said: string[] = [];
  for (let index = 0; index < count; index += 1) said.push(await ask());
  return said;
}

const change = (set: string) =>
  withClient(database.superUrl, (client) =>
    client.query(`update connection_health set ${set} where connection_id = $1`, [connection.connectionId]),
  );

describe('R23 a connection whose vendor does not answer', () => {
  test('rests after ten failures in a row: the eleventh request does not leave, and says for how long', async () => {
    const said = await askTimes(11);
    expect(said).toEqual([...Array.from({ length: 10 }, () => 'vendor-failure'), 'resting']);
    expect(server.requests).toHaveLength(10);
    const call = makeVendorCall({
      connection,
      correlationId: uuidv7(),
      attemptId: null,
      signal: AbortSignal.timeout(1_000),
    });
    await expect(call.takeTurn()).rejects.toMatchObject({
      problem: { kind: 'unreachable', effect: 'none', retryable: true, params: { vendor: 'Cloud Cockpit' } },
    });
  });

  test('rests after three failures within which five seconds have passed', async () => {
    await askTimes(2);
    await change(`failing_since = now() - interval '6 seconds'`);
    expect(await askTimes(2)).toEqual(['vendor-failure', 'resting']);
  });

  test('rests for every other process, too', async () => {
    await askTimes(10);
    forgetHealth();
    expect(await ask()).toBe('resting');
    expect(server.requests).toHaveLength(10);
  });

  test('is tried by one request when the rest is over; a failure makes it rest again', async () => {
    await askTimes(10);
    await change(`resting_until = now() - interval '1 second'`);
    forgetHealth();
    expect((await Promise.all([ask(), ask(), ask(), ask()])).toSorted()).toEqual([
      'resting',
      'resting',
      'resting',
      'vendor-failure',
    ]);
    expect(await ask()).toBe('resting');
    expect(server.requests).toHaveLength(11);
  });

  test('is in use at once when that request is answered', async () => {
    await askTimes(10);
    await change(`resting_until = now() - interval '1 second'`);
    forgetHealth();
    status = 200;
    expect(await askTimes(3)).toEqual(['200', '200', '200']);
  });

  test('is asked by a test of the connection while it rests', async () => {
    await askTimes(10);
    status = 200;
    expect(await ask({ evenAtRest: true })).toBe('200');
    expect(await ask()).toBe('200');
  });

  test('does not rest because it says no, or turns requests away', async () => {
    for (const one of [400, 401, 403, 404, 422, 429]) {
      status = one;
      await askTimes(4);
    }
    expect(server.requests).toHaveLength(24);
  });

  test('counts failures in a row only: an answer in between begins anew', async () => {
    for (const one of [503, 200, 503, 200]) {
      status = one;
      await askTimes(one === 200 ? 1 : 8);
    }
    expect(server.requests).toHaveLength(18);
  });
});

test.each([
  ['a no within an answer', { status: 200, failure: 'answer:1101' }, false],
  ['a no of HTTP', { status: 404, failure: null }, false],
  ['being turned away', { status: 429, failure: null }, false],
  ['an address that we refuse', { status: null, failure: 'QUAYSIDE_ADDRESS_REFUSED' }, false],
  ['a connection refused', { status: null, failure: 'ECONNREFUSED' }, true],
  ['no answer in time', { status: null, failure: 'timeout' }, true],
  ['the vendor’s own fault', { status: 503, failure: null }, true],
])('%s: counted as a vendor that does not answer, or not', (_, exchange, counts) => {
  expect(isOutage(exchange)).toBe(counts);
});
