import type { RecordedExchange } from '../exchange';
import type { VendorCall, VendorConnection } from '../vendor';

/** A call as the engine would make it, that keeps what it is given. For tests. */
export interface TestCall extends VendorCall {
  readonly exchanges: RecordedExchange[];
  readonly turns: { taken: number };
  /** How often the *sent* mark was committed. */
  readonly marks: { count: number };
}

let number = 0;

/** A connection with an id of its own, so that no socket or token is shared with another test. */
export function testConnection(rest: Partial<VendorConnection> = {}): VendorConnection {
  number += 1;
  return {
    connectionId: `connection-${number}`,
    ownerPartnerId: 'partner-1',
    version: 1,
    baseUrl: 'http://127.0.0.1:1',
    tokenUrl: null,
    profile: null,
    sandbox: true,
    timeoutMs: 2000,
    requestsPerSecond: null,
    settings: {},
    secrets: {},
    ...rest,
  };
}

export function testCall(
  connection: VendorConnection,
  rest: Partial<Pick<VendorCall, 'signal' | 'correlationId' | 'takeTurn' | 'beforeEffect' | 'initialSecrets'>> = {},
): TestCall {
  const exchanges: RecordedExchange[] = [];
  const turns = { taken: 0 };
  const marks = { count: 0 };
  const { beforeEffect, takeTurn } = rest;
  return {
    connection,
    correlationId: rest.correlationId ?? crypto.randomUUID(),
    attemptId: crypto.randomUUID(),
    signal: rest.signal ?? new AbortController().signal,
    initialSecrets: rest.initialSecrets ?? {},
    exchanges,
    turns,
    marks,
    recordExchange: (exchange) => {
      exchanges.push(exchange);
    },
    takeTurn: async () => {
      turns.taken += 1;
      await takeTurn?.();
    },
    beforeEffect: async () => {
      await beforeEffect?.();
      marks.count += 1;
    },
  };
}
