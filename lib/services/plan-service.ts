import 'server-only';
import { z } from 'zod';
import type { Actor } from '../auth/actor';
import { type ActorTx, asActor } from '../db/as-actor';
import { canonicalHash } from '../onboarding/canonical-hash';
import { evidenceLifeMs } from '../onboarding/evidence';
import type { Json, LintFinding, PlannedRequest } from '../vendors/vendor';
import { knownServicesAt } from './known-services';
import { readServices } from './read-services';
import { requireServiceCustomer, type ServiceCustomer, writingSettings } from './service-customer';
import { type ServiceIntent, serviceSubject } from './service-intent';
import type { ServicePlanView } from './service-plan-view';
import type { ServiceSubmission } from './service-submission';
import { decideService } from './service-verdict';

/** A plan with what the engine needs to carry it out. */
export interface ServicePlan {
  readonly view: ServicePlanView;
  readonly target: ServiceCustomer;
  /** Null when the form could not be read, or no product is chosen. */
  readonly intent: ServiceIntent | null;
}

/**
 * Plans to add a service: reads the customer's services at the vendor, keeps them, and says what would happen. Sends nothing.
 * @throws NotFound outside the branch; Forbidden without the role; Conflict where the customer is not aboard
 */
export async function planService(actor: Actor, submission: ServiceSubmission): Promise<ServicePlanView> {
  const target = await asActor(actor, (tx) => requireServiceCustomer(tx, actor, submission));
  const { correlationId } = submission;
  const read = target.connection.unusable === null ? await readServices(target, { correlationId }) : null;
  const problem = read?.kind === 'failed' ? read.problem : null;
  return asActor(actor, async (tx) => ({ ...(await makeServicePlan(tx, actor, submission)).view, problem }));
}

/** Makes the plan of what is known. Reads our own database only, so that a submit finds the plan that was shown. */
export async function makeServicePlan(tx: ActorTx, actor: Actor, submission: ServiceSubmission): Promise<ServicePlan> {
  const target = await requireServiceCustomer(tx, actor, submission);
  const { connection, services, rules, vendorCustomerId, facts } = target;
  const now = new Date();
  const parsed = await parse(target, submission);
  const { product } = parsed;
  // First what is under way, then what is known: an attempt that closes between the two reads is found by the second.
  const open = product === null ? null : await openAttemptOf(tx, target, product.key);
  const known = await knownServicesAt(tx, submission);
  const isFresh = known.readAt !== null && now.getTime() - Date.parse(known.readAt) < evidenceLifeMs;
  const findings =
    parsed.shape ??
    rules.lint(parsed.input, {
      profile: connection.profile,
      known: known.services.flatMap((one) => one.product ?? []),
      now,
    });
  const same = known.services.filter((one) => product !== null && one.product === product.key);
  const { verdict, reason, mayAddAnyway } = decideService({
    unusable: connection.unusable,
    invalid: findings.some((finding) => finding.level === 'error'),
    openAttempt: open !== null,
    hasSame: same.length > 0,
    wasRead: isFresh,
    anyway: submission.anyway,
  });
  const request = verdict === 'create' ? parsed.request : null;
  const base = {
    correlationId: submission.correlationId,
    customerName: facts.name,
    connectionName: connection.name,
    vendor: connection.vendor,
    profile: connection.profile,
    sandbox: connection.sandbox,
    ownerName: connection.ownerName,
    product: product?.name ?? null,
    verdict,
    reason,
    known: same,
    readAt: isFresh ? known.readAt : null,
    problem: null,
    openAttempt: open,
    mayAddAnyway,
    findings,
    request: request === null ? null : { ...request, body: services.mask(request.body) },
  };
  const planHash = canonicalHash({
    submission,
    version: connection.version,
    mappingId: connection.mappingId,
    vendorCustomerId,
    verdict,
    reason,
    request: base.request,
  });
  const intent =
    product === null
      ? null
      : {
          vendorCustomerId,
          product: product.key,
          name: product.name,
          service: parsed.input,
          before: isFresh ? same.length : null,
        };
  return { target, intent, view: { ...base, planHash } };
}

interface Parsed {
  readonly input: Json;
  /** What is wrong with its shape, where it could not be read. */
  readonly shape: readonly LintFinding[] | null;
  readonly product: { readonly key: string; readonly name: string } | null;
  readonly request: PlannedRequest | null;
}

async function parse(target: ServiceCustomer, submission: ServiceSubmission): Promise<Parsed> {
  const { connection, services, vendorCustomerId: customerId } = target;
  let input: Json;
  try {
    input = services.parseInput(submission.input);
  } catch (error) {
    if (!(error instanceof z.core.$ZodError)) throw error;
    const shape = error.issues.map((issue) => ({
      level: 'error' as const,
      field: `service.${issue.path.map(String).join('.')}`,
      message: 'shape',
      params: { detail: issue.message },
    }));
    return { input: null, shape, product: null, request: null };
  }
  const settings = await writingSettings(connection.connectionId);
  const request = services.toAddService(input, { customerId, profile: connection.profile, settings });
  return { input, shape: null, product: services.productOf(input), request };
}

async function openAttemptOf(
  tx: ActorTx,
  { connection, vendorCustomerId }: ServiceCustomer,
  product: string,
): Promise<ServicePlanView['openAttempt']> {
  const row = await tx.attempt.findFirst({
    where: {
      connectionId: connection.connectionId,
      operation: 'add-service',
      subject: serviceSubject(vendorCustomerId, product),
      // Asked besides the states: it is what the index of open attempts knows.
      undecided: true,
      OR: [{ state: { in: ['sent', 'unknown'] } }, { state: 'pending', deadline: { gt: new Date() } }],
    },
    select: { id: true, correlationId: true },
  });
  return row === null ? null : { attemptId: row.id, correlationId: row.correlationId };
}
