import 'server-only';
import type { RecordedExchange } from '../vendors/exchange';
import type { FoundCustomer } from '../vendors/found-customer';
import { type ReadFailed, readForAttempt } from './read-for-attempt';
import type { StoredAttempt } from './run-attempt';
import { thingOf } from './thing-of-attempt';

/** What the vendor shows of the customer or partner that an attempt may have created. */
export type VendorSight =
  /** Exactly one customer carries our key: it is the one. */
  | { readonly kind: 'ours'; readonly vendorId: string }
  /** None carries our key, or more than one does; what looks alike, for a person to judge. */
  | { readonly kind: 'not-ours'; readonly several: boolean; readonly found: readonly FoundCustomer[] }
  | ReadFailed;

/**
 * Looks at the vendor for the customer or partner that an attempt may have created: by our key where the vendor has a slot for it,
 * else by what resembles it. Reads only.
 * @param exchanges receives what travelled, for the record
 * @throws as `readForAttempt`
 */
export async function lookAtVendor(attempt: StoredAttempt, exchanges: RecordedExchange[]): Promise<VendorSight> {
  return readForAttempt(attempt, exchanges, async (call): Promise<VendorSight> => {
    const found = await thingOf(attempt).find(call);
    const ours = found.filter((one) => one.match === 'key' && one.key === attempt.correlationId);
    const [only] = ours;
    if (only !== undefined && ours.length === 1) return { kind: 'ours', vendorId: only.vendorId };
    return { kind: 'not-ours', several: ours.length > 1, found };
  });
}
