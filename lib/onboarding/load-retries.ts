import 'server-only';
import { type AttemptState, type NextStep, nextStep, readState } from '../attempts/attempt';
import { attemptStateSchema } from '../attempts/attempt-state-schema';
import { customerFactsSchema } from '../customers/customer-facts';
import type { ActorTx } from '../db/as-actor';
import type { Prisma } from '../db/generated/client';
import { NotFound } from '../errors';
import { serviceIntentSchema } from '../services/service-intent';
import { jsonSchema } from '../vendors/json-schema';
import { vendorProblemSchema } from '../vendors/problem-schema';
import type { CustomerFacts, Json, VendorProblem } from '../vendors/vendor';
import { canonicalHash } from './canonical-hash';
import type { FormVendor } from './form-start';

/** The refused attempts that a form tries again: what was sent then, and what the vendor said. */

const include = { content: true } as const satisfies Prisma.AttemptInclude;
type AttemptRow = Prisma.AttemptGetPayload<{ include: typeof include }>;

/** What a form of a retry begins with. */
export interface Retries {
  readonly correlationId: string;
  readonly partnerId: string;
  readonly customerId: string;
  readonly facts: CustomerFacts;
  readonly vendors: readonly FormVendor[];
}

/**
 * Refused attempts of one onboarding, each at a connection of its own, as the form opens them. The shared facts are those
 * of the newest, which may have been corrected since.
 * @throws NotFound when one is outside the branch, cannot be tried again, or belongs to another onboarding
 */
export async function loadRetries(tx: ActorTx, attemptIds: readonly string[]): Promise<Retries> {
  const ids = [...new Set(attemptIds)];
  const rows = await tx.attempt.findMany({ where: { id: { in: ids } }, include, orderBy: { id: 'desc' } });
  const [newest] = rows;
  const isOneForm =
    rows.length === ids.length &&
    new Set(rows.map((row) => row.correlationId)).size === 1 &&
    new Set(rows.map((row) => row.connectionId)).size === rows.length &&
    // A service or a partner is tried again in a form of its own.
    rows.every((row) => row.operation !== 'add-service' && row.operation !== 'add-partner');
  if (newest === undefined || newest.content === null || newest.customerId === null || !isOneForm) throw new NotFound();
  const facts = customerFactsSchema.parse(newest.content.facts);
  const blocked = await loadBlockedServices(tx, ids);
  return {
    correlationId: newest.correlationId,
    partnerId: newest.partnerId,
    customerId: newest.customerId,
    facts,
    vendors: rows.map((row) => ({ ...toVendor(row, facts), services: blocked(row.id) })),
  };
}

/** The services that were refused with these customers' attempts, as the form opens them: what one has, the other takes along. */
async function loadBlockedServices(
  tx: ActorTx,
  attemptIds: readonly string[],
): Promise<(attemptId: string) => FormVendor['services']> {
  const rows = await tx.attempt.findMany({
    where: { waitsFor: { in: [...attemptIds] }, releasedAt: null, retriedBy: null },
    include,
    orderBy: { id: 'asc' },
  });
  return (attemptId) =>
    rows.flatMap((row) => {
      const kept = serviceIntentSchema.safeParse(row.content?.input);
      const isOurs = row.waitsFor === attemptId && stateOf(row) === 'refused';
      return isOurs && kept.success ? [{ input: kept.data.service, retryOf: row.id }] : [];
    });
}

function stateOf(row: Pick<AttemptRow, 'state' | 'deadline'>): AttemptState {
  return readState({ state: attemptStateSchema.parse(row.state), deadline: row.deadline }, new Date());
}

function toVendor(row: AttemptRow, facts: CustomerFacts): Omit<FormVendor, 'services'> {
  if (row.content === null || stepAfter(row) === null) throw new NotFound();
  const input = jsonSchema.parse(row.content.input);
  return { connectionId: row.connectionId, input, retryOf: row.id, ...toRefusal(row, { facts, input }) };
}

/** What a person can do about a refused attempt; null when it is not refused, or nothing is left to do. */
function stepAfter(row: AttemptRow): NextStep | null {
  const problem = toProblem(row);
  const state = stateOf(row);
  const step = nextStep({
    state,
    reason: problem?.kind ?? null,
    retryable: problem?.retryable ?? false,
    retried: row.retriedBy !== null,
    contradicted: row.contradicted,
    operation: row.operation,
  });
  return state !== 'refused' || step === 'nothing' ? null : step;
}

function toProblem({ outcome }: AttemptRow): VendorProblem | null {
  return vendorProblemSchema.nullable().catch(null).parse(outcome);
}

type Refusal = Pick<FormVendor, 'problem' | 'corrected'>;
const none: Refusal = { problem: null, corrected: [] };

interface Typed {
  readonly facts: CustomerFacts;
  readonly input: Json;
}

/** The vendor's words, and which of the fields they speak of hold something else than what was refused. */
function toRefusal(row: AttemptRow, now: Typed): Refusal {
  const problem = toProblem(row);
  if (problem === null) return none;
  const { content } = row;
  const named = problem.fieldErrors.flatMap(({ field }) => field ?? []);
  if (content === null) return { problem, corrected: [] };
  const then = { customer: jsonSchema.parse(content.facts), input: jsonSchema.parse(content.input) };
  const corrected = named.filter((field) => {
    const [before, after] = field.startsWith('customer.')
      ? [valueAt(then, field), valueAt({ customer: now.facts }, field)]
      : [valueAt(then.input, field), valueAt(now.input, field)];
    return canonicalHash(before) !== canonicalHash(after);
  });
  return { problem, corrected: [...new Set(corrected)] };
}

/** What stands at a path such as `customer.phone` or `rows.0.email`. */
function valueAt(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
      value,
    );
}

/**
 * What the vendors said to the attempts that a draft tries again, compared with what the draft holds. An attempt that is
 * not one of the same onboarding says nothing.
 */
export async function loadRefusals(
  tx: ActorTx,
  correlationId: string,
  facts: CustomerFacts,
): Promise<
  (vendor: { readonly retryOf: string | null; readonly connectionId: string; readonly input: Json }) => Refusal
> {
  const rows = await tx.attempt.findMany({ where: { correlationId }, include });
  return ({ retryOf, connectionId, input }) => {
    const row = rows.find((one) => one.id === retryOf && one.connectionId === connectionId);
    return row === undefined ? none : toRefusal(row, { facts, input });
  };
}
