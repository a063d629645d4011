import 'server-only';

import type { VendorReply } from '../../http/client';
import { requestIdOf } from '../../http/request-id';
import type { Effect, Json, VendorErrorKind, VendorOutcome, VendorProblem } from '../../vendor';
import { vendorName } from '../client';
import type { ServiceAdded } from './contract';
import { type RefusedStatus, refusedStatuses } from './vocabulary';

/** What was sent, as far as the answer must repeat it. */
export interface SentService {
  readonly customerId: string;
  readonly product: Json | undefined;
}

/**
 * What an answer with HTTP 200 to an added service comes to (vendor-apis.md 1.6, 1.8): the business outcome is its `status`.
 * Pure. A number that is not documented is unknown, and so is an answer about another customer or product.
 */
export function toServiceOutcome(reply: VendorReply<ServiceAdded>, sent: SentService): VendorOutcome {
  const { status, value } = reply;
  const vendorCorrelationId = requestIdOf(reply.headers, null);
  const problem = (kind: VendorErrorKind, effect: Effect, message: string): VendorProblem => ({
    kind,
    effect,
    status,
    message: `avepoint.service.${message}`,
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
  const said = answerOf(value, sent);
  // A yes must say of what; a no may leave it out, but must not speak of something else.
  if (said === 'other' || (said === 'nothing' && value.status === 1)) {
    return { state: 'unknown', problem: problem('invalid-reply', 'unknown', 'other-answer') };
  }
  if (value.status === 1) return { state: 'succeeded', vendorId: sent.customerId, vendorCorrelationId };
  const code = refusedStatus(value.status);
  if (code === null) return { state: 'unknown', problem: problem('invalid-reply', 'unknown', 'status-other') };
  const about = refusedStatuses[code];
  const refusal = problem('rejected', 'none', `status-${code}`);
  const fieldErrors = about === null ? [] : [{ field: `service.${about}`, vendorField: null, messages: [] }];
  return { state: 'refused', problem: { ...refusal, fieldErrors } };
}

/** Does the answer speak of what was sent? */
function answerOf({ customerId, product }: ServiceAdded, sent: SentService): 'ours' | 'other' | 'nothing' {
  const plain = (value: unknown) => String(value).trim().toLowerCase();
  if (customerId != null && plain(customerId) !== plain(sent.customerId)) return 'other';
  if (product != null && plain(product) !== plain(sent.product)) return 'other';
  return customerId == null || product == null ? 'nothing' : 'ours';
}

function refusedStatus(status: number): RefusedStatus | null {
  const isRefused = (code: number): code is RefusedStatus => code in refusedStatuses;
  return isRefused(status) ? status : null;
}
