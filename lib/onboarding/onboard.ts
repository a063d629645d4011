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
import { Conflict } from '../errors';
import { serviceSubject } from '../services/service-intent';
import { canonicalHash } from './canonical-hash';
import { type Evidence, evidenceLifeMs, evidenceSchema } from './evidence';
import { rememberChoices } from './form-defaults';
import { acts, makePlan, type PlannedVendor, requireCustomer } from './plan';
import type { PlannedService } from './plan-services';
import type { PlanView } from './plan-view';
import { requireRetriable, retriedBy } from './retriable';
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
    // As the form of a service does.
    ...(submission.customerId === null ? [] : [`services of ${submission.customerId}`]),
  ]);
  const first = await firstAnswer(tx, submission);
  if (first !== null) return first;
  await requireCustomer(tx, submission);
  const isRetry = await requireRetriable(tx, submission);
  const plan = await makePlan(tx, actor, submission, await keptEvidence(tx, submission.correlationId));
  if (plan.view.planHash !== planHash) return { kind: 'plan-moved', plan: plan.view };
  const acting = plan.vendors.filter(({ row }) => acts(row));
  if (acting.length === 0) throw new Conflict('This plan would do nothing: every vendor is skipped or blocked.');
  const attempts = acting.flatMap((vendor) => toNewAttempts(vendor, submission));
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
    attempts: attempts.map((attempt) =>
      toStoredAttempt(attempt, {
        ...submission,
        awaited: attempts.some(({ waitsFor }) => waitsFor === attempt.attemptId),
      }),
    ),
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
  const retried = retriedBy(submission);
  const known = await tx.onboarding.findUnique({ where: { correlationId }, select: { requestHash: true } });
  if (known === null) return null;
  const answer: Onboarded = { kind: 'opened', correlationId, attempts: [] };
  if (retried.length === 0) {
    if (known.requestHash !== requestHash(submission)) throw new Conflict(unusableId);
    return answer;
  }
  const asked = requestHash(submission);
  const children = await tx.attempt.findMany({
    where: { correlationId, OR: [{ retryOf: { in: [...retried] } }, { submissionHash: asked }] },
    select: { submissionHash: true },
  });
  if (children.length === 0) return null;
  // Fewer children than were asked for are the same answer: what was skipped or blocked opened nothing.
  if (children.some((child) => child.submissionHash !== asked)) {
    throw new Conflict('This attempt was retried already. Open its record to see what became of it; nothing was sent.');
  }
  return answer;
}

/** What the last plan of this form read at the vendors, as far as it is fresh. */
async function keptEvidence(tx: ActorTx, correlationId: string): Promise<ReadonlyMap<string, Evidence>> {
  const draft = await tx.draft.findUnique({ where: { correlationId }, select: { evidence: true } });
  const kept = z.record(z.string(), evidenceSchema).safeParse(draft?.evidence ?? {});
  if (!kept.success) return new Map();
  const oldest = Date.now() - evidenceLifeMs;
  return new Map(Object.entries(kept.data).filter(([, read]) => Date.parse(read.readAt) > oldest));
}

/** What one vendor's row comes to: the customer's attempt, where there is one, and after it those of its services. */
function toNewAttempts(vendor: PlannedVendor, submission: Submission): readonly NewAttempt[] {
  const customer = vendor.row.verdict === 'skip' ? null : toNewAttempt(vendor, submission);
  const services = vendor.services.flatMap((service) =>
    service.intent === null ? [] : [toNewService(vendor, service, { submission, customer })],
  );
  return [...(customer === null ? [] : [customer]), ...services];
}

function commonOf({ connection }: PlannedVendor, { facts }: Submission) {
  return {
    attemptId: uuidv7(),
    connectionId: connection.connectionId,
    connectionName: connection.name,
    connectionVersion: connection.version,
    ownerPartnerId: connection.ownerPartnerId,
    vendor: connection.vendor,
    profile: connection.profile,
    mappingId: connection.mappingId,
    pendingMs: pendingMs(connection.timeoutMs),
    facts,
  };
}

/** Of a customer that is to come, its attempt stands in the subject until the vendor has said the id. */
function toNewService(
  vendor: PlannedVendor,
  { intent, retryOf, row }: PlannedService,
  { submission, customer }: { readonly submission: Submission; readonly customer: NewAttempt | null },
): NewAttempt {
  const at = intent?.vendorCustomerId ?? customer?.attemptId;
  if (intent === null || at === undefined) throw new Error('a service that is sent has its customer');
  return {
    ...commonOf(vendor, submission),
    operation: 'add-service',
    subject: serviceSubject(at, intent.product),
    retryOf,
    ...(customer === null ? {} : { waitsFor: customer.attemptId }),
    input: intent,
    secrets: {},
    request: { ...row.request, body: row.request?.body ?? null },
  };
}

function toNewAttempt(vendor: PlannedVendor, submission: Submission): NewAttempt {
  const { row } = vendor;
  const adopts = row.verdict === 'adopt';
  return {
    ...commonOf(vendor, submission),
    operation: adopts ? 'adopt-customer' : 'create-customer',
    subject: adopts ? (row.vendorId ?? '') : customerSubject(submission.facts),
    retryOf: vendor.retryOf,
    input: vendor.input,
    secrets: adopts ? {} : vendor.secrets,
    request: adopts ? { vendorId: row.vendorId } : { ...row.request, body: row.request?.body ?? null },
  };
}
