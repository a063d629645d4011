import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { customerSubject, type NewAttempt, openAttempts } from '../attempts/attempt-store';
import type { Actor } from '../auth/actor';
import { asActor } from '../db/as-actor';
import { type StoredAttempt, toStoredAttempt } from '../onboarding/run-attempt';
import { adapterFor } from '../vendors/registry';
import { cockpitSubmission } from './submissions';

/**
 * Opens an attempt at a new customer as a submit would, but without its plan: for what is about carrying it out.
 * @param connectionId the actor's own, at Cloud Cockpit
 */
export async function openWithoutPlan({
  actor,
  connectionId,
}: {
  readonly actor: Actor;
  readonly connectionId: string;
}): Promise<StoredAttempt> {
  const submission = cockpitSubmission({ partnerId: actor.partnerId, connectionId });
  const { correlationId, facts } = submission;
  const context = { correlationId, mappingId: null, mappingName: null, profile: null };
  const adapter = adapterFor('cloud-cockpit');
  const input = adapter.parseInput({});
  const planned = adapter.toCreateCustomer(facts, input, context);
  const attempt: NewAttempt = {
    attemptId: uuidv7(),
    connectionId,
    connectionName: 'test',
    connectionVersion: 1,
    ownerPartnerId: actor.partnerId,
    vendor: 'cloud-cockpit',
    operation: 'create-customer',
    subject: customerSubject(facts),
    profile: null,
    mappingId: null,
    retryOf: null,
    pendingMs: 600_000,
    facts,
    input,
    secrets: {},
    request: { ...planned, body: adapter.mask(planned.body) },
  };
  await asActor(actor, (tx) =>
    openAttempts(tx, actor, 'operator', {
      correlationId,
      partnerId: actor.partnerId,
      customerId: uuidv7(),
      newCustomer: facts,
      hashes: { plan: 'test', request: 'test' },
      attempts: [attempt],
    }),
  );
  return toStoredAttempt(attempt, { correlationId, partnerId: actor.partnerId });
}
