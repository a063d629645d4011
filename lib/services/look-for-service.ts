import 'server-only';
import { longestWaitMs } from '../attempts/attempt';
import { loadVendorConnection } from '../connections/load-vendor-connection';
import { makeVendorCall } from '../connections/vendor-call';
import type { StoredAttempt } from '../onboarding/run-attempt';
import { VendorError } from '../vendors/http/vendor-error';
import { adapterFor } from '../vendors/registry';
import type { RecordedExchange, VendorProblem } from '../vendors/vendor';
import type { FoundService } from '../vendors/vendor-services';
import { serviceIntentSchema } from './service-intent';

/** What the vendor shows of a service that an attempt may have added. A service carries no key of ours: it settles nothing. */
export type ServiceSight =
  | {
      readonly kind: 'seen';
      readonly name: string;
      /** Services of the same product now, and how many there were when the plan was made (null: nobody could look). */
      readonly there: readonly FoundService[];
      readonly before: number | null;
    }
  | { readonly kind: 'failed'; readonly problem: VendorProblem };

/**
 * Looks at the vendor for the service that an attempt may have added. Reads only.
 * @param exchanges receives what travelled, for the record
 * @throws ConnectionUnusable when nothing may be sent over the connection now
 */
export async function lookForService(attempt: StoredAttempt, exchanges: RecordedExchange[]): Promise<ServiceSight> {
  const { vendorCustomerId, product, name, before } = serviceIntentSchema.parse(attempt.input);
  if (vendorCustomerId === null) throw new Error('This service still waits for its customer');
  const call = makeVendorCall({
    connection: await loadVendorConnection(attempt.connectionId),
    correlationId: attempt.correlationId,
    attemptId: attempt.id,
    signal: AbortSignal.timeout(longestWaitMs),
    onExchange: (exchange) => exchanges.push(exchange),
  });
  try {
    const found = (await adapterFor(attempt.vendor).services?.listServices(call, vendorCustomerId)) ?? [];
    return { kind: 'seen', name, before, there: found.filter((one) => one.product === product) };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    return { kind: 'failed', problem: error.problem };
  }
}
