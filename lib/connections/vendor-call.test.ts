import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '@/lib/testing/database';
import { addCockpit } from '@/lib/testing/world';
import type { RecordedExchange } from '@/lib/vendors/exchange';
import { type LoadedConnection, loadVendorConnection } from './load-vendor-connection';
import { makeTree } from './tree-fixture';
import { makeVendorCall } from './vendor-call';

await testDatabase();
let connection: LoadedConnection;

beforeAll(async () => {
  const { csp } = await makeTree();
  const urls = { baseUrl: 'http://127.0.0.1:9', tokenUrl: 'http://127.0.0.1:9/token' };
  connection = await loadVendorConnection(await addCockpit({ ownerPartnerId: csp, ...urls, requestsPerSecond: 50 }));
});

const call = (signal: AbortSignal, rest: Partial<Parameters<typeof makeVendorCall>[0]> = {}) =>
  makeVendorCall({ connection, correlationId: uuidv7(), attemptId: null, signal, ...rest });

describe('a vendor call', () => {
  test('keeps to the rate of its connection, however many calls ask at once', async () => {
    const signal = new AbortController().signal;
    const begun = performance.now();
    await Promise.all(Array.from({ length: 6 }, () => call(signal).takeTurn()));
    // The first leaves at once, five more follow at 50 per second.
    expect(performance.now() - begun).toBeGreaterThanOrEqual(95);
  });

  test('does not wait longer than its deadline', async () => {
    const slow = { ...connection, connectionId: uuidv7(), requestsPerSecond: 0.01 };
    const controller = new AbortController();
    await call(controller.signal, { connection: slow }).takeTurn();
    const waiting = call(controller.signal, { connection: slow }).takeTurn();
    controller.abort();
    await expect(waiting).rejects.toThrow();
    await expect(call(controller.signal, { connection: slow }).takeTurn()).rejects.toThrow();
  });

  test('asks nobody where the connection has no limit', async () => {
    const aborted = AbortSignal.abort();
    await call(aborted, { connection: { ...connection, requestsPerSecond: null } }).takeTurn();
  });

  test('of a look-up or a test takes no effect', async () => {
    await expect(call(new AbortController().signal).beforeEffect()).rejects.toThrow('may read only');
  });

  test('goes on when an exchange could not be kept', () => {
    const onExchange = () => {
      throw new Error('no room');
    };
    const exchange: RecordedExchange = {
      ...{ purpose: 'probe', method: 'GET', url: '', startedAt: new Date(0), durationMs: 0, phase: 'not-connected' },
      ...{ status: null, failure: null, requestHeaders: {}, requestBody: null, requestBytes: 0 },
      ...{ responseHeaders: {}, responseBody: null, responseBytes: 0 },
    };
    expect(() => call(new AbortController().signal, { onExchange }).recordExchange(exchange)).not.toThrow();
  });
});
