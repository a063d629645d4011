import 'server-only';
import { z } from 'zod';
import type { Actor } from '../auth/actor';
import { type ActorTx, asActor } from '../db/as-actor';
import { Conflict } from '../errors';
import { lintServices } from '../services/lint-services';
import { makeServicePlan } from '../services/plan-service';
import { readServices } from '../services/read-services';
import { requireServiceCustomer, writingSettings } from '../services/service-customer';
import type { ServiceIntent } from '../services/service-intent';
import { catalogEntry } from '../vendors/catalog';
import { adapterFor } from '../vendors/registry';
import type { Json, LintFinding } from '../vendors/vendor';
import type { PlanConnection } from './plan-connections';
import type { PlanRow, PlanServiceRow } from './plan-view';
import type { Submission } from './submission';

/** Services as a further step of bringing a customer aboard: planned with it, sent once it is there. */

/** One service of a submission, its form parsed. */
export interface PreparedService {
  /** Null when it could not be read: then `findings` says why. */
  readonly input: Json;
  readonly retryOf: string | null;
  readonly findings: readonly LintFinding[];
}

/** One service with what the engine needs to carry it out. */
export interface PlannedService {
  readonly retryOf: string | null;
  /** Null where nothing is to be sent. */
  readonly intent: ServiceIntent | null;
  /** The customer is at the vendor already: nothing is waited for. */
  readonly now: boolean;
  readonly row: PlanServiceRow;
}

type Chosen = Submission['vendors'][number];

/**
 * Parses the services of one vendor's part and asks the vendor's rules.
 * @throws Conflict where the vendor has none
 */
export function prepareServices(
  { services: typed = [] }: Chosen,
  connection: PlanConnection,
): readonly PreparedService[] {
  const { services } = adapterFor(connection.vendor);
  const rules = catalogEntry(connection.vendor)?.services;
  if (typed.length === 0) return [];
  if (services === undefined || rules === undefined) {
    throw new Conflict('Customers of this vendor have no services here. Nothing was sent.');
  }
  const parsed = typed.map(({ input, retryOf }, index) => {
    try {
      return { input: services.parseInput(input), retryOf, shape: null };
    } catch (error) {
      if (!(error instanceof z.core.$ZodError)) throw error;
      return { input: null, retryOf, shape: error.issues.map((issue) => toShapeFinding(issue, index)) };
    }
  });
  const inputs = parsed.map(({ input }) => input);
  const linted = lintServices(rules, inputs, { profile: connection.profile, now: new Date() });
  return parsed.map(({ input, retryOf, shape }, index) => ({
    input,
    retryOf,
    findings: shape ?? linted[index] ?? [],
  }));
}

function toShapeFinding(issue: z.core.$ZodIssue, index: number): LintFinding {
  const field = ['services', index, ...issue.path].map(String).join('.');
  return { level: 'error', field, message: 'shape', params: { detail: issue.message } };
}

const isWrong = ({ findings }: PreparedService) => findings.some((finding) => finding.level === 'error');

/** Is a service among these that the vendor would refuse? */
export function anyWrong(services: readonly PreparedService[]): boolean {
  return services.some(isWrong);
}

/**
 * Reads at the vendor what a customer has that is aboard already, and keeps it: the plan of its services is made of that.
 * Nothing is read for one that is not.
 */
export async function readServicesOf(actor: Actor, submission: Submission, connectionId: string): Promise<void> {
  const { customerId, correlationId } = submission;
  if (customerId === null) return;
  const target = await asActor(actor, async (tx) => {
    const account = await tx.vendorAccount.findUnique({
      where: { customerId_connectionId: { customerId, connectionId } },
      select: { id: true },
    });
    return account === null ? null : requireServiceCustomer(tx, actor, { customerId, connectionId });
  });
  if (target === null || target.connection.unusable !== null) return;
  await readServices(target, { correlationId });
}

interface Customer {
  readonly submission: Submission;
  readonly connection: PlanConnection;
  readonly verdict: Pick<PlanRow, 'verdict'>['verdict'];
}

/**
 * Plans the services of one vendor's part by what becomes of the customer there: after its creation or adoption, at once
 * where it is aboard already, not at all where it is blocked. Reads our own database only.
 */
export async function planServices(
  tx: ActorTx,
  actor: Actor,
  customer: Customer,
  services: readonly PreparedService[],
): Promise<readonly PlannedService[]> {
  const planned: PlannedService[] = [];
  for (const service of services) planned.push(await planOne(tx, actor, customer, service));
  return planned;
}

const nothing = { known: [], openAttempt: null, request: null } as const;

async function planOne(
  tx: ActorTx,
  actor: Actor,
  { submission, connection, verdict }: Customer,
  service: PreparedService,
): Promise<PlannedService> {
  const { retryOf, findings } = service;
  const name = catalogEntry(connection.vendor)?.services?.productName(service.input) ?? null;
  const base = { ...nothing, product: name, findings };
  const stopped = { retryOf, intent: null, now: verdict === 'skip' };
  if (isWrong(service)) return { ...stopped, row: { ...base, verdict: 'blocked', reason: 'invalid' } };
  if (verdict === 'blocked') return { ...stopped, row: { ...base, verdict: 'blocked', reason: 'customer-blocked' } };
  if (verdict === 'skip') return planNow(tx, actor, { submission, connection }, service);
  const { services } = adapterFor(connection.vendor);
  const product = services?.productOf(service.input) ?? null;
  if (services === undefined || product === null) throw new Error('a valid service has its product');
  const target = { customerId: futureCustomer, profile: connection.profile };
  const request = services.toAddService(service.input, {
    ...target,
    settings: await writingSettings(connection.connectionId),
  });
  const isNew = verdict === 'create';
  return {
    retryOf,
    now: false,
    // A customer that is made now has nothing yet; what an adopted one has, nobody has looked at.
    intent: {
      vendorCustomerId: null,
      product: product.key,
      name: product.name,
      service: service.input,
      before: isNew ? 0 : null,
    },
    row: {
      ...base,
      verdict: 'create',
      reason: isNew ? 'after-create' : 'after-adopt',
      request: {
        ...request,
        path: request.path.replace(encodeURIComponent(futureCustomer), futureCustomer),
        body: services.mask(request.body),
      },
    },
  };
}

/** Stands in a planned address for the id that the customer does not have yet. */
const futureCustomer = '{customerId}';

/** As in a form of its own, where the customer is aboard already. A person's "all the same" is said there, not here. */
async function planNow(
  tx: ActorTx,
  actor: Actor,
  { submission, connection }: Pick<Customer, 'submission' | 'connection'>,
  { input, retryOf, findings }: PreparedService,
): Promise<PlannedService> {
  const { correlationId, customerId } = submission;
  if (customerId === null) throw new Error('only a customer of ours is skipped');
  const { view, intent } = await makeServicePlan(tx, actor, {
    correlationId,
    customerId,
    connectionId: connection.connectionId,
    input: z.record(z.string(), z.unknown()).parse(input),
    anyway: false,
    retryOf,
  });
  const { product, verdict, reason, known, openAttempt, request } = view;
  const row = { product, verdict, reason, known, openAttempt, findings, request };
  return { retryOf, intent: verdict === 'create' ? intent : null, now: true, row };
}
