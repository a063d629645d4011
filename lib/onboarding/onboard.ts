import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { pendingMs } from '../attempts/attempt';
import { customerSubject, type NewAttempt, openAttempts } from '../attempts/attempt-store';
import { takeTurns } from '../attempts/take-turns';
import { uniqueViolation } from '../attempts/unique-violation';
import type { Actor } from '../auth/actor';
import { authorize } from '../auth/authorize';
import { editCustomer } from '../customers/edit-customer';
import { toCustomerFacts } from '../customers/to-customer-facts';
import { type ActorTx, asActor } from '../db/as-actor';
import { Conflict, NotFound } from '../errors';
import { canonicalHash } from './canonical-hash';
import { type Evidence, evidenceLifeMs, evidenceSchema } from './evidence';
import { rememberChoices } from './form-defaults';
import { makePlan, type PlannedVendor, requireCustomer } from './plan';
import type { PlanView } from './plan-view';
import { type StoredAttempt, toStoredAttempt } from './run-attempt';
import { type Submission, withoutSecrets } from './submission';

export type Onboarded =
  | { readonly kind: 'opened'; readonly correlationId: string; readonly attempts: readonly StoredAttempt[] }
  | { readonly kind: 'plan-moved'; readonly plan: PlanView };

const unusableId = 'This form was used already, or its id cannot be used. Open a new form; nothing was sent.';
const alreadyOpen =
  'Somebody is onboarding a customer of this name at the same connection right now. Plan again to see it; nothing was sent.';

/**
 * Opens an onboarding, or a retry within one: recomputes the plan, refuses where it has moved since it was shown, and in
 * one commit inserts the customer, the onboarding and one pending attempt per acting vendor. Calls no vendor: the caller
 * runs the returned attempts afterwards. The same submission again gets the first answer and opens nothing.
 * @throws NotFound outside the branch; Forbidden without the role; Conflict with a sentence where it cannot be done
 */
export async function onboard(actor: Actor, planHash: string, submission: Submission): Promise<Onboarded> {
  try {
    return await asActor(actor, (tx) => open(tx, actor, planHash, submission));
  } catch (error) {
    const constraint = uniqueViolation(error);
    if (constraint === null) throw error;
    // Lost a race against the same submission: the winner's answer is ours. Anything else stays a refusal.
    const first = await asActor(actor, (tx) => firstAnswer(tx, submission));
    if (first !== null) return first;
    throw new Conflict(constraint === 'attempt_one_open' ? alreadyOpen : unusableId);
  }
}

async function open(tx: ActorTx, actor: Actor, planHash: string, submission: Submission): Promise<Onboarded> {
  const role = await authorize(tx, actor, 'onboarding.submit', submission.partnerId);
  // Submits of one id take turns, so that the second finds the answer of the first instead of a plan that moved under it;
  // and so do submits of one customer at a connection, whoever makes them.
  const subject = customerSubject(submission.facts);
  await takeTurns(tx, [
    submission.correlationId,
    ...submission.vendors.map(({ connectionId }) => `${connectionId} ${subject}`),
  ]);
  const first = await firstAnswer(tx, submission);
  if (first !== null) return first;
  await requireCustomer(tx, submission);
  const isRetry = await requireRetriable(tx, submission);
  const plan = await makePlan(tx, actor, submission, await keptEvidence(tx, submission.correlationId));
  if (plan.view.planHash !== planHash) return { kind: 'plan-moved', plan: plan.view };
  const acting = plan.vendors.filter(({ row }) => row.verdict === 'create' || row.verdict === 'adopt');
  if (acting.length === 0) throw new Conflict('This plan would do nothing: every vendor is skipped or blocked.');
  const attempts = acting.map((vendor) => toNewAttempt(vendor, submission));
  const newCustomer = submission.customerId === null ? submission.facts : null;
  const customerId = submission.customerId ?? uuidv7();
  if (newCustomer === null) await keepCorrections(tx, actor, customerId, submission);
  await openAttempts(tx, actor, role, {
    correlationId: submission.correlationId,
    partnerId: submission.partnerId,
    customerId,
    newCustomer,
    ...(isRetry
      ? { hashes: null, retryHash: requestHash(submission) }
      : { hashes: { plan: planHash, request: requestHash(submission) } }),
    attempts,
  });
  // An adoption sends nothing of the vendor's section: what stands there was not chosen.
  const created = acting.filter(({ row }) => row.verdict === 'create');
  await rememberChoices(
    tx,
    submission.partnerId,
    created.map(({ connection, input }) => ({ ...connection, input })),
  );
  await tx.draft.deleteMany({ where: { correlationId: submission.correlationId } });
  return {
    kind: 'opened',
    correlationId: submission.correlationId,
    attempts: attempts.map((attempt) => toStoredAttempt(attempt, submission)),
  };
}

/** What a person corrected in the form of a retry, or when adding a vendor, is true of the customer too. */
async function keepCorrections(tx: ActorTx, actor: Actor, customerId: string, { facts }: Submission): Promise<void> {
  const row = await tx.customer.findUniqueOrThrow({ where: { id: customerId } });
  if (canonicalHash(toCustomerFacts(row)) === canonicalHash(facts)) return;
  await editCustomer(tx, actor, { customerId, version: row.version, facts });
}

/** What identifies a submission: everything typed and chosen, but for what is never hashed. */
function requestHash(submission: Submission): string {
  return canonicalHash(withoutSecrets(submission));
}

/**
 * The answer to a submission that came before, or null when it is new.
 * @throws Conflict when the id was used for something else
 */
async function firstAnswer(tx: ActorTx, submission: Submission): Promise<Onboarded | null> {
  const { correlationId } = submission;
  const retried = submission.vendors.flatMap((vendor) => vendor.retryOf ?? []);
  const known = await tx.onboarding.findUnique({ where: { correlationId }, select: { requestHash: true } });
  if (known === null) return null;
  const answer: Onboarded = { kind: 'opened', correlationId, attempts: [] };
  if (retried.length === 0) {
    if (known.requestHash !== requestHash(submission)) throw new Conflict(unusableId);
    return answer;
  }
  const children = await tx.attempt.findMany({
    where: { correlationId, retryOf: { in: retried } },
    select: { submissionHash: true },
  });
  if (children.length === 0) return null;
  // Fewer children than were asked for are the same answer: what was skipped or blocked opened nothing.
  const asked = requestHash(submission);
  if (children.some((child) => child.submissionHash !== asked)) {
    throw new Conflict('This attempt was retried already. Open its record to see what became of it; nothing was sent.');
  }
  return answer;
}

/**
 * Is this a retry? Then every vendor of it names a refused attempt of this onboarding at the same connection.
 * @throws NotFound when one is not there; Conflict when one is not refused
 */
async function requireRetriable(tx: ActorTx, submission: Submission): Promise<boolean> {
  const retries = submission.vendors.filter((vendor) => vendor.retryOf !== null);
  if (retries.length === 0) return false;
  if (retries.length < submission.vendors.length) {
    throw new Conflict('A retry concerns refused attempts only. Add other vendors in a form of their own.');
  }
  // A refused attempt has a customer: a retry without one names none of ours.
  const { customerId } = submission;
  if (customerId === null) throw new NotFound();
  for (const { retryOf, connectionId } of retries) {
    const attempt = await tx.attempt.findFirst({
      where: {
        id: retryOf ?? '',
        connectionId,
        correlationId: submission.correlationId,
        partnerId: submission.partnerId,
        customerId,
        operation: { notIn: ['add-service', 'add-partner'] },
      },
      select: { state: true, deadline: true },
    });
    if (attempt === null) throw new NotFound();
    const lapsed = attempt.state === 'pending' && attempt.deadline < new Date();
    if (attempt.state !== 'refused' && !lapsed) {
      throw new Conflict(
        'Only a refused attempt can be tried again: this one may have taken effect. Nothing was sent.',
      );
    }
  }
  return true;
}

/** What the last plan of this form read at the vendors, as far as it is fresh. */
async function keptEvidence(tx: ActorTx, correlationId: string): Promise<ReadonlyMap<string, Evidence>> {
  const draft = await tx.draft.findUnique({ where: { correlationId }, select: { evidence: true } });
  const kept = z.record(z.string(), evidenceSchema).safeParse(draft?.evidence ?? {});
  if (!kept.success) return new Map();
  const oldest = Date.now() - evidenceLifeMs;
  return new Map(Object.entries(kept.data).filter(([, read]) => Date.parse(read.readAt) > oldest));
}

function toNewAttempt(vendor: PlannedVendor, submission: Submission): NewAttempt {
  const { connection, row } = vendor;
  const adopts = row.verdict === 'adopt';
  return {
    attemptId: uuidv7(),
    connectionId: connection.connectionId,
    connectionName: connection.name,
    connectionVersion: connection.version,
    ownerPartnerId: connection.ownerPartnerId,
    vendor: connection.vendor,
    operation: adopts ? 'adopt-customer' : 'create-customer',
    subject: adopts ? (row.vendorId ?? '') : customerSubject(submission.facts),
    profile: connection.profile,
    mappingId: connection.mappingId,
    retryOf: vendor.retryOf,
    pendingMs: pendingMs(connection.timeoutMs),
    facts: submission.facts,
    input: vendor.input,
    secrets: adopts ? {} : vendor.secrets,
    request: adopts ? { vendorId: row.vendorId } : { ...row.request, body: row.request?.body ?? null },
  };
}
