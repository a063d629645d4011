import 'server-only';

import type { VendorReply } from '../http/client';
import type { Effect, VendorErrorKind, VendorOutcome, VendorProblem } from '../vendor';
import { vendorName } from './client';
import { type CreatedReply, createdId } from './contract';
import { type OnboardStatus, onboardStatuses } from './vocabulary';

/**
 * What an answer with HTTP 200 to a new customer comes to (vendor-apis.md 1.5, 1.10): the business outcome is its
 * `status`. Pure. Anything undocumented is unknown, and so is a yes that does not say which customer.
 */
export function toCreatedOutcome({ status, headers, value }: VendorReply<CreatedReply>): VendorOutcome {
  const vendorCorrelationId = correlationIdIn(headers);
  const problem = (kind: VendorErrorKind, effect: Effect, message: string): VendorProblem => ({
    kind,
    effect,
    status,
    message,
    params: {
      vendor: vendorName,
      step: 'create',
      effect,
      status: String(status),
      reason: 'none',
      retryAfter: 'none',
      code: String(value.status),
    },
    fieldErrors: [],
    vendorType: `status ${value.status}`,
    vendorDescription: null,
    vendorCorrelationId,
    retryAfterSeconds: null,
    retryable: false,
  });
  const code = documented(value.status);
  if (code === null) return { state: 'unknown', problem: problem('invalid-reply', 'unknown', 'avepoint.status-other') };
  switch (onboardStatuses[code]) {
    case 'succeeded': {
      const vendorId = createdId(value);
      if (vendorId !== null) return { state: 'succeeded', vendorId, vendorCorrelationId };
      return { state: 'unknown', problem: problem('invalid-reply', 'unknown', 'avepoint.no-id') };
    }
    case 'already-exists':
      return { state: 'refused', problem: problem('already-exists', 'earlier', `avepoint.status-${code}`) };
    case 'refused':
    case 'may-exist':
      return { state: 'refused', problem: problem('rejected', 'none', `avepoint.status-${code}`) };
  }
}

function documented(status: number): OnboardStatus | null {
  switch (status) {
    case 1:
    case 2:
    case 3:
    case 4:
    case 5:
    case 6:
    case 7:
      return status;
    default:
      return null;
  }
}

/** The vendor says that a header carries the request's id, not which: these are the usual ones. We send none of them. */
export function correlationIdIn(headers: Readonly<Record<string, string>>): string | null {
  const names = ['request-id', 'x-request-id', 'x-ms-request-id', 'x-correlation-id'];
  return names.map((name) => headers[name]).find((value) => value !== undefined && value !== '') ?? null;
}
