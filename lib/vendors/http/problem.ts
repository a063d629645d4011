import 'server-only';

import type { FieldError, VendorProblem } from '../vendor';

/**
 * The problem of a create request that our own contract refused: nothing was sent, not even a sign-in.
 * @param vendor the vendor's name as shown in sentences
 * @param fieldErrors where the request breaks the vendor's rules
 */
export function invalidRequest(vendor: string, fieldErrors: readonly FieldError[]): VendorProblem {
  return {
    kind: 'invalid-request',
    effect: 'none',
    status: null,
    message: 'invalid-request',
    params: { vendor, step: 'create', effect: 'none', status: 'none', reason: 'none', retryAfter: 'none' },
    fieldErrors,
    vendorType: null,
    vendorDescription: null,
    vendorCorrelationId: null,
    retryAfterSeconds: null,
    retryable: false,
  };
}
