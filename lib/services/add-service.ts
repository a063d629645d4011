import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { pendingMs } from '../attempts/attempt';
import { type NewAttempt, openAttempts } from '../attempts/attempt-store';
import { requireRefused } from '../attempts/require-refused';
import { takeTurns } from '../attempts/take-turns';
import { uniqueViolation } from '../attempts/unique-violation';
import type { Actor } from '../auth/actor';
import { type ActorTx, asActor } from '../db/as-actor';
import { Conflict } from '../errors';
import { canonicalHash } from '../onboarding/canonical-hash';
import { type StoredAttempt, toStoredAttempt } from '../onboarding/run-attempt';
import { makeServicePlan, type ServicePlan } from './plan-service';
import { requireCustomerFor } from './service-customer';
import { type ServiceIntent, serviceIntentSchema, serviceSubject } from './service-intent';
import type { ServicePlanView } from './service-plan-view';
import type { ServiceSubmission } from './service-submission';

export type ServiceOpened =
  | { readonly kind: 'opened'; readonly correlationId: string; readonly attempts: readonly StoredAttempt[] }
  | { readonly kind: 'plan-moved'; readonly plan: ServicePlanView };

const unusableId = 'This form was used already, or its id cannot be used. Open a new form; nothing was sent.';
const alreadyOpen =
  'Somebody is adding the same service to this customer right now. Plan again to see it; nothing was sent.';

/**
 * Opens an attempt to add a service, or a retry of one: recomputes the plan, refuses where it has moved since it was shown,
 * and commits the pending attempt. Calls no vendor: the caller runs the returned attempt afterwards. The same submission
 * again gets the first answer and opens nothing.
 * @throws NotFound outside the branch; Forbidden without the role; Conflict with a sentence where it cannot be done
 */
export async function addService(
  actor: Actor,
  planHash: string,
  submission: ServiceSubmission,
): Promise<ServiceOpened> {
  try {
    return await asActor(actor, (tx) => open(tx, actor, planHash, submission));
  } catch (error) {
    const constraint = uniqueViolation(error);
    if (constraint === null) throw error;
    // Lost a race: against the same submission the winner's answer is ours, against another one it is a refusal.
    const first = await asActor(actor, (tx) => firstAnswer(tx, submission));
    if (first !== null) return first;
    throw new Conflict(constraint === 'attempt_one_open' ? alreadyOpen : unusableId);
  }
}

async function open(
  tx: ActorTx,
  actor: Actor,
  planHash: string,
  submission: ServiceSubmission,
): Promise<ServiceOpened> {
  const { correlationId, customerId, retryOf } = submission;
  const { role, partnerId, facts } = await requireCustomerFor(tx, actor, {
    customerId,
    permission: 'onboarding.submit',
  });
  // Submits of one id take turns, so that the second finds the answer of the first instead of a plan that moved under it;
  // and so do those for one customer, whoever makes them.
  await takeTurns(tx, [correlationId, `services of ${customerId}`]);
  const first = await firstAnswer(tx, submission);
  if (first !== null) return first;
  await requireRetriable(tx, submission);
  const plan = await makeServicePlan(tx, actor, submission);
  if (plan.view.planHash !== planHash) return { kind: 'plan-moved', plan: plan.view };
  if (plan.view.verdict !== 'create' || plan.intent === null) {
    throw new Conflict('This plan would send nothing: it is blocked.');
  }
  const attempt = toNewAttempt(plan, plan.intent, { facts, retryOf });
  await openAttempts(tx, actor, role, {
    correlationId,
    partnerId,
    customerId,
    newCustomer: null,
    hashes: retryOf === null ? { plan: planHash, request: canonicalHash(submission) } : null,
    attempts: [attempt],
  });
  return { kind: 'opened', correlationId, attempts: [toStoredAttempt(attempt, { correlationId, partnerId })] };
}

function toNewAttempt(
  { target: { connection, vendorCustomerId }, view }: ServicePlan,
  intent: ServiceIntent,
  { facts, retryOf }: Pick<NewAttempt, 'facts' | 'retryOf'>,
): NewAttempt {
  return {
    attemptId: uuidv7(),
    connectionId: connection.connectionId,
    connectionName: connection.name,
    connectionVersion: connection.version,
    ownerPartnerId: connection.ownerPartnerId,
    vendor: connection.vendor,
    operation: 'add-service',
    subject: serviceSubject(vendorCustomerId, intent.product),
    profile: connection.profile,
    mappingId: connection.mappingId,
    retryOf,
    pendingMs: pendingMs(connection.timeoutMs),
    facts,
    input: intent,
    secrets: {},
    request: { ...view.request, body: view.request?.body ?? null },
  };
}

/**
 * The answer to a submission that came before, or null when it is new.
 * @throws Conflict when the id was used for something else
 */
async function firstAnswer(tx: ActorTx, submission: ServiceSubmission): Promise<ServiceOpened | null> {
  const { correlationId, retryOf } = submission;
  const known = await tx.onboarding.findUnique({ where: { correlationId }, select: { requestHash: true } });
  if (known === null) return null;
  const answer: ServiceOpened = { kind: 'opened', correlationId, attempts: [] };
  if (retryOf === null) {
    if (known.requestHash !== canonicalHash(submission)) throw new Conflict(unusableId);
    return answer;
  }
  const child = await tx.attempt.findFirst({
    where: { correlationId, retryOf },
    select: { content: { select: { input: true } } },
  });
  if (child === null) return null;
  const kept = serviceIntentSchema.safeParse(child.content?.input);
  if (!kept.success || canonicalHash(kept.data.service) !== canonicalHash(submission.input)) {
    throw new Conflict('This attempt was retried already. Open its record to see what became of it; nothing was sent.');
  }
  return answer;
}

/** @throws NotFound when the retried attempt is not there; Conflict when it is not refused */
async function requireRetriable(tx: ActorTx, submission: ServiceSubmission): Promise<void> {
  const { correlationId, customerId, connectionId, retryOf } = submission;
  if (retryOf === null) return;
  const attempt = await tx.attempt.findFirst({
    where: { id: retryOf, correlationId, customerId, connectionId, operation: 'add-service' },
    select: { state: true, deadline: true },
  });
  requireRefused(attempt);
}
