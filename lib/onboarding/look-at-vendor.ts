import 'server-only';
import { longestWaitMs } from '../attempts/attempt';
import { loadVendorConnection } from '../connections/load-vendor-connection';
import { isSignInRefused, markConnectionBroken } from '../connections/mark-connection-broken';
import { makeVendorCall } from '../connections/vendor-call';
import { VendorError } from '../vendors/http/vendor-error';
import type { FoundCustomer, RecordedExchange, VendorProblem } from '../vendors/vendor';
import type { StoredAttempt } from './run-attempt';
import { thingOf } from './thing-of-attempt';

/** What the vendor shows of the customer or partner that an attempt may have created. */
export type VendorSight =
  /** Exactly one customer carries our key: it is the one. */
  | { readonly kind: 'ours'; readonly vendorId: string }
  /** None carries our key, or more than one does; what looks alike, for a person to judge. */
  | { readonly kind: 'not-ours'; readonly several: boolean; readonly found: readonly FoundCustomer[] }
  | { readonly kind: 'failed'; readonly problem: VendorProblem };

/**
 * Looks at the vendor for the customer or partner that an attempt may have created: by our key where the vendor has a slot for it,
 * else by what resembles it. Reads only: without a *sent* mark to commit, a request that could take effect throws.
 * @param exchanges receives what travelled, for the record
 * @throws NotFound; ConnectionUnusable when nothing may be sent over the connection now
 */
export async function lookAtVendor(attempt: StoredAttempt, exchanges: RecordedExchange[]): Promise<VendorSight> {
  const connection = await loadVendorConnection(attempt.connectionId);
  const call = makeVendorCall({
    connection,
    correlationId: attempt.correlationId,
    attemptId: attempt.id,
    signal: AbortSignal.timeout(longestWaitMs),
    onExchange: (exchange) => exchanges.push(exchange),
  });
  try {
    const found = await thingOf(attempt).find(call);
    const ours = found.filter((one) => one.match === 'key' && one.key === attempt.correlationId);
    const [only] = ours;
    if (only !== undefined && ours.length === 1) return { kind: 'ours', vendorId: only.vendorId };
    return { kind: 'not-ours', several: ours.length > 1, found };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    const { problem } = error;
    if (isSignInRefused(problem)) {
      const { connectionId, version } = connection;
      await markConnectionBroken({ connectionId, version, reason: problem.message });
    }
    return { kind: 'failed', problem };
  }
}
