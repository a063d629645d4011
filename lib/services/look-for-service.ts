import 'server-only';
import { type ReadFailed, readForAttempt } from '../onboarding/read-for-attempt';
import type { StoredAttempt } from '../onboarding/run-attempt';
import type { RecordedExchange } from '../vendors/exchange';
import { adapterFor } from '../vendors/registry';
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
  | ReadFailed;

/**
 * Looks at the vendor for the service that an attempt may have added. Reads only.
 * @param exchanges receives what travelled, for the record
 * @throws as `readForAttempt`
 */
export async function lookForService(attempt: StoredAttempt, exchanges: RecordedExchange[]): Promise<ServiceSight> {
  const { vendorCustomerId, product, name, before } = serviceIntentSchema.parse(attempt.input);
  if (vendorCustomerId === null) throw new Error('This service still waits for its customer');
  return readForAttempt(attempt, exchanges, async (call): Promise<ServiceSight> => {
    const found = (await adapterFor(attempt.vendor).services?.listServices(call, vendorCustomerId)) ?? [];
    return { kind: 'seen', name, before, there: found.filter((one) => one.product === product) };
  });
}
