import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { pendingMs } from '../attempts/attempt';
import { type NewAttempt, openAttempts } from '../attempts/attempt-store';
import { requireRefused } from '../attempts/require-refused';
import { takeTurns } from '../attempts/take-turns';
import { uniqueViolation } from '../attempts/unique-violation';
import type { Actor } from '../auth/actor';
import { authorize } from '../auth/authorize';
import { type ActorTx, asActor } from '../db/as-actor';
import { Conflict } from '../errors';
import { canonicalHash } from '../onboarding/canonical-hash';
import { type StoredAttempt, toStoredAttempt } from '../onboarding/run-attempt';
import { draftOf } from './partner-evidence';
import { type PartnerIntent, partnerIntentSchema, partnerSubject } from './partner-intent';
import type { PartnerPlanView } from './partner-plan-view';
import { type PartnerScope, requirePartnerScope } from './partner-scope';
import type { PartnerSubmission } from './partner-submission';
import { makePartnerPlan, type PartnerPlan } from './plan-partner';

export type PartnerOpened =
  | { readonly kind: 'opened'; readonly correlationId: string; readonly attempts: readonly StoredAttempt[] }
  | { readonly kind: 'plan-moved'; readonly plan: PartnerPlanView };

const permission = 'vendor-partner.add';
const unusableId = 'This form was used already, or its id cannot be used. Open a new form; nothing was sent.';
const alreadyOpen =
  'Somebody is adding a partner of this name at the same place right now. Plan again to see it; nothing was sent.';

/**
 * Opens an attempt to add a partner at a vendor, or a retry of one: recomputes the plan, refuses where it has moved since it
 * was shown, and commits the pending attempt. Calls no vendor: the caller runs the returned attempt afterwards. The same
 * submission again gets the first answer and opens nothing.
 * @throws NotFound outside the branch; Forbidden without the role; Conflict with a sentence where it cannot be done
 */
export async function addVendorPartner(
  actor: Actor,
  planHash: string,
  submission: PartnerSubmission,
): Promise<PartnerOpened> {
  try {
    return await asActor(actor, (tx) => open(tx, actor, planHash, submission));
  } catch (error) {
    const constraint = uniqueViolation(error);
    if (constraint === null) throw error;
    // Lost a race: against the same submission the winner's answer is ours, against another one it is a refusal.
    const first = await asActor(actor, (tx) => firstAnswer(tx, actor, submission));
    if (first !== null) return first;
    throw new Conflict(constraint === 'attempt_one_open' ? alreadyOpen : unusableId);
  }
}

async function open(
  tx: ActorTx,
  actor: Actor,
  planHash: string,
  submission: PartnerSubmission,
): Promise<PartnerOpened> {
  const { correlationId, connectionId, partnerId, retryOf } = submission;
  const role = await authorize(tx, actor, permission, partnerId);
  // Submits of one id take turns, so that the second finds the answer of the first instead of a plan that moved under it;
  // and so do those for one connection, whoever makes them: partners are added by hand, and seldom.
  await takeTurns(tx, [correlationId, `partners at ${connectionId}`]);
  const first = await firstAnswer(tx, actor, submission);
  if (first !== null) return first;
  await requireRetriable(tx, submission);
  const plan = await makePartnerPlan(tx, actor, submission);
  if (plan.view.planHash !== planHash) return { kind: 'plan-moved', plan: plan.view };
  if (plan.view.verdict !== 'create' || plan.intent === null) {
    throw new Conflict('This plan would send nothing: it is blocked.');
  }
  const attempt = toNewAttempt(plan, plan.intent, submission);
  await openAttempts(tx, actor, role, {
    correlationId,
    partnerId,
    customerId: null,
    newCustomer: null,
    hashes: retryOf === null ? { plan: planHash, request: canonicalHash(submission) } : null,
    attempts: [attempt],
  });
  await tx.partnerEvidence.deleteMany({ where: { correlationId } });
  return { kind: 'opened', correlationId, attempts: [toStoredAttempt(attempt, { correlationId, partnerId })] };
}

function toNewAttempt(
  { scope: { connection }, view }: PartnerPlan,
  intent: PartnerIntent,
  { facts, retryOf }: PartnerSubmission,
): NewAttempt {
  return {
    attemptId: uuidv7(),
    connectionId: connection.connectionId,
    connectionName: connection.name,
    connectionVersion: connection.version,
    ownerPartnerId: connection.ownerPartnerId,
    vendor: connection.vendor,
    operation: 'add-partner',
    subject: partnerSubject(intent),
    profile: connection.profile,
    mappingId: connection.mappingId,
    retryOf,
    pendingMs: pendingMs(connection.timeoutMs),
    facts,
    input: intent,
    secrets: {},
    request: { ...view.request, body: view.request?.body ?? null },
    search: intent.name,
  };
}

/**
 * The answer to a submission that came before, or null when it is new.
 * @throws Conflict when the id was used for something else
 */
async function firstAnswer(tx: ActorTx, actor: Actor, submission: PartnerSubmission): Promise<PartnerOpened | null> {
  const { correlationId, retryOf } = submission;
  const known = await tx.onboarding.findUnique({ where: { correlationId }, select: { requestHash: true } });
  if (known === null) return null;
  const answer: PartnerOpened = { kind: 'opened', correlationId, attempts: [] };
  if (retryOf === null) {
    if (known.requestHash !== canonicalHash(submission)) throw new Conflict(unusableId);
    return answer;
  }
  const child = await tx.attempt.findFirst({
    where: { correlationId, retryOf },
    select: { content: { select: { facts: true, input: true } } },
  });
  if (child === null) return null;
  const kept = partnerIntentSchema.safeParse(child.content?.input);
  const scope = await requirePartnerScope(tx, actor, { ...submission, permission });
  if (!kept.success || !isSame(scope, submission, { facts: child.content?.facts, intent: kept.data })) {
    throw new Conflict('This attempt was retried already. Open its record to see what became of it; nothing was sent.');
  }
  return answer;
}

function isSame(
  scope: PartnerScope,
  submission: PartnerSubmission,
  { facts, intent }: { readonly facts: unknown; readonly intent: PartnerIntent },
): boolean {
  const { parent, section, mapTo } = intent;
  const above = parent === null ? null : { ...parent, state: null, gives: null };
  const draft = draftOf(scope, submission, above);
  return (
    draft !== null &&
    mapTo === submission.mapTo &&
    canonicalHash({ facts, section }) === canonicalHash({ facts: submission.facts, section: draft.input })
  );
}

/** @throws NotFound when the retried attempt is not there; Conflict when it is not refused */
async function requireRetriable(tx: ActorTx, submission: PartnerSubmission): Promise<void> {
  const { correlationId, connectionId, partnerId, retryOf } = submission;
  if (retryOf === null) return;
  const attempt = await tx.attempt.findFirst({
    where: { id: retryOf, correlationId, connectionId, partnerId, operation: 'add-partner' },
    select: { state: true, deadline: true },
  });
  requireRefused(attempt);
}
