import 'server-only';
import { longestWaitMs } from '../attempts/attempt';
import { loadVendorConnection } from '../connections/load-vendor-connection';
import { isSignInRefused, markConnectionBroken } from '../connections/mark-connection-broken';
import { makeVendorCall } from '../connections/vendor-call';
import type { RecordedExchange } from '../vendors/exchange';
import { VendorError } from '../vendors/http/vendor-error';
import type { VendorCall, VendorProblem } from '../vendors/vendor';
import type { StoredAttempt } from './run-attempt';

/** The vendor could not be read. */
export interface ReadFailed {
  readonly kind: 'failed';
  readonly problem: VendorProblem;
}

/**
 * Reads something at the vendor about an attempt. Reads only: without a *sent* mark to commit, a request that could take
 * effect throws. A refused sign-in marks the connection as broken: nobody repeats it.
 * @param exchanges receives what travelled, for the record
 * @throws NotFound; ConnectionUnusable when nothing may be sent over the connection now
 */
export async function readForAttempt<T>(
  { id: attemptId, connectionId, correlationId }: StoredAttempt,
  exchanges: RecordedExchange[],
  read: (call: VendorCall) => Promise<T>,
): Promise<T | ReadFailed> {
  const connection = await loadVendorConnection(connectionId);
  const call = makeVendorCall({
    ...{ connection, correlationId, attemptId },
    signal: AbortSignal.timeout(longestWaitMs),
    onExchange: (exchange) => exchanges.push(exchange),
  });
  try {
    return await read(call);
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    const { problem } = error;
    if (isSignInRefused(problem)) {
      await markConnectionBroken({ connectionId, version: connection.version, reason: problem.message });
    }
    return { kind: 'failed', problem };
  }
}
