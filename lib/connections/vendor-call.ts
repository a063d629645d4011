import 'server-only';
import { setTimeout as wait } from 'node:timers/promises';
import { systemStatement } from '../db/as-system';
import { log } from '../log';
import { catalogEntry } from '../vendors/catalog';
import type { RecordedExchange } from '../vendors/exchange';
import type { VendorCall, VendorConnection } from '../vendors/vendor';
import { noteExchange, requireAwake } from './connection-health';
import type { LoadedConnection } from './load-vendor-connection';

export interface VendorCallOptions {
  readonly connection: LoadedConnection;
  readonly correlationId: string;
  /** Null for a look-up or a test, which belong to no attempt. */
  readonly attemptId: string | null;
  /** Aborts at the deadline of the whole call. */
  readonly signal: AbortSignal;
  /** Keeps each exchange for the record. */
  readonly onExchange?: (exchange: RecordedExchange) => void;
  /** Secrets typed for this attempt. */
  readonly initialSecrets?: Readonly<Record<string, string>>;
  /** Commits the *sent* mark. Without it the call may read only. */
  readonly beforeEffect?: () => Promise<void>;
  /** Asks a connection that rests, too: a person wants to know whether it works. */
  readonly evenAtRest?: boolean;
}

/** What a vendor's code gets for one call: the opened connection, its rate limit over all processes, the record. */
export function makeVendorCall(options: VendorCallOptions): VendorCall {
  const { connection, correlationId, attemptId, signal } = options;
  const { connectionId } = connection;
  let noted = Promise.resolve();
  return {
    connection,
    correlationId,
    attemptId,
    signal,
    initialSecrets: options.initialSecrets ?? {},
    recordExchange(exchange) {
      noted = noted.then(() => noteExchange(connectionId, exchange));
      try {
        options.onExchange?.(exchange);
      } catch (error) {
        log.error({ error, correlationId, attemptId }, 'an exchange was not kept');
      }
    },
    async takeTurn() {
      await noted;
      if (options.evenAtRest !== true)
        await requireAwake(connectionId, catalogEntry(connection.vendor)?.name ?? connection.vendor);
      await takeTurn(connection, signal);
    },
    async beforeEffect() {
      if (options.beforeEffect === undefined) throw new Error('This call may read only.');
      await options.beforeEffect();
    },
  };
}

/** Waits until the connection's next request may leave, over all processes. Throws when the signal aborts first. */
async function takeTurn({ connectionId, requestsPerSecond }: VendorConnection, signal: AbortSignal): Promise<void> {
  if (requestsPerSecond === null) return;
  signal.throwIfAborted();
  const [turn] = await systemStatement<{ wait_ms: number }>('call vendor', {
    name: 'connection_turn',
    text: 'select connection_turn($1::uuid, $2::numeric) as wait_ms',
    values: [connectionId, requestsPerSecond],
  });
  const waitMs = turn?.wait_ms ?? 0;
  if (waitMs > 0) await wait(waitMs, undefined, { signal });
}
