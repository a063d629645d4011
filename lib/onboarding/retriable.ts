import 'server-only';
import { requireRefused } from '../attempts/require-refused';
import type { ActorTx } from '../db/as-actor';
import { Conflict, NotFound } from '../errors';
import type { Submission } from './submission';

/** What a submission tries again. */

/**
 * Is this a retry? Then every vendor of it names a refused attempt of this onboarding at the same connection.
 * @throws NotFound when one is not there; Conflict when one is not refused
 */
export async function requireRetriable(tx: ActorTx, submission: Submission): Promise<boolean> {
  const retries = submission.vendors.filter((vendor) => vendor.retryOf !== null);
  // A service is tried again in a form of its own, or along with its customer.
  if (retries.length === 0 && retriedBy(submission).length > 0) throw new NotFound();
  if (retries.length === 0) return false;
  if (retries.length < submission.vendors.length) {
    throw new Conflict('A retry concerns refused attempts only. Add other vendors in a form of their own.');
  }
  // A refused attempt has a customer: a retry without one names none of ours.
  const { customerId } = submission;
  if (customerId === null) throw new NotFound();
  for (const { retryOf, connectionId, services = [] } of retries) {
    const of = { submission, connectionId };
    await requireRefusedAt(tx, of, { attemptId: retryOf, operation: { notIn: ['add-service', 'add-partner'] } });
    for (const service of services) {
      if (service.retryOf === null) continue;
      await requireRefusedAt(tx, of, { attemptId: service.retryOf, operation: { in: ['add-service'] } });
    }
  }
  return true;
}

async function requireRefusedAt(
  tx: ActorTx,
  { submission, connectionId }: { readonly submission: Submission; readonly connectionId: string },
  retried: { readonly attemptId: string | null; readonly operation: { in: string[] } | { notIn: string[] } },
): Promise<void> {
  const { correlationId, partnerId, customerId } = submission;
  const { attemptId, operation } = retried;
  const attempt = await tx.attempt.findFirst({
    where: { id: attemptId ?? '', connectionId, correlationId, partnerId, customerId, operation },
    select: { state: true, deadline: true },
  });
  requireRefused(attempt);
}

/** The attempts that a submission tries again: customers' and services'. */
export function retriedBy({ vendors }: Submission): readonly string[] {
  return vendors.flatMap(({ retryOf, services = [] }) => [
    ...(retryOf === null ? [] : [retryOf]),
    ...services.flatMap((service) => service.retryOf ?? []),
  ]);
}
