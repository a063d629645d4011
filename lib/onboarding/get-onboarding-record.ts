import 'server-only';
import { z } from 'zod';
import { type AttemptState, type attemptStates, nextStep, readState, reasonOf } from '../attempts/attempt';
import { attemptStateSchema, operationSchema } from '../attempts/attempt-state-schema';
import { vendorTime } from '../attempts/duration-sql';
import type { Actor } from '../auth/actor';
import { roleAt, rolesAt } from '../auth/authorize';
import { ownerNames } from '../connections/owner-names';
import { type ActorTx, asActor } from '../db/as-actor';
import type { Prisma } from '../db/generated/client';
import { NotFound } from '../errors';
import { serviceIntentSchema } from '../services/service-intent';
import { refusalCode } from '../vendors/http/refusal-inside';
import { jsonSchema } from '../vendors/json-schema';
import { storedRemarkSchema, vendorProblemSchema } from '../vendors/problem-schema';
import { vendorKeys } from '../vendors/vendor';
import { addedPartnerOf } from './added-partner';
import type { AddedPartner, AttemptView, ExchangeView, OnboardingRecord } from './record-view';
import { toLookUpsView } from './to-look-ups-view';

const include = {
  content: true,
  connection: { select: { sandbox: true, shared: true } },
  exchanges: { include: { content: true }, orderBy: { startedAt: 'asc' } },
  lookUps: { include: { candidates: true }, orderBy: { number: 'asc' } },
} as const satisfies Prisma.AttemptInclude;
type AttemptRow = Prisma.AttemptGetPayload<{ include: typeof include }>;

interface Rights {
  readonly check: boolean;
  readonly submit: boolean;
  readonly addPartner: boolean;
  readonly settle: boolean;
  readonly adopt: boolean;
}

/**
 * The record of an onboarding: everything its page shows, its polling reads and its download holds. What travelled over a
 * shared connection is included for the owner's branch only.
 * @throws NotFound when it is not there or outside the branch
 */
export async function getOnboardingRecord(actor: Actor, correlationId: string): Promise<OnboardingRecord> {
  if (!z.uuid().safeParse(correlationId).success) throw new NotFound();
  return asActor(actor, async (tx) => {
    const row = await tx.onboarding.findUnique({
      where: { correlationId },
      include: { customer: true, partner: true, attempts: { include, orderBy: { id: 'asc' } } },
    });
    if (row === null) throw new NotFound();
    const rights = await rightsAt(tx, actor, row.partnerId);
    const now = new Date();
    const owners = await ownerNames(row.attempts.map((attempt) => attempt.ownerPartnerId));
    const aboard = await connectionsAboard(tx, row.customerId);
    const attempts: AttemptView[] = [];
    for (const attempt of row.attempts) {
      // A connection that is shared no more is out of sight, and so stays what travelled over it.
      const isShared = attempt.connection?.shared ?? true;
      const shows = !isShared || (await roleAt(tx, actor, 'exchange.read-shared', attempt.ownerPartnerId)) !== null;
      attempts.push(
        toAttemptView(attempt, rights, {
          now,
          shows,
          ownerName: owners.get(attempt.ownerPartnerId) ?? '',
          partner: await addedPartnerOf(tx, attempt),
          waiting: waitingOf(attempt, row.attempts, { now, aboard }),
        }),
      );
    }
    const latest = attempts.filter((attempt) => attempt.retriedBy === null);
    const count = (state: AttemptState) => latest.filter((attempt) => attempt.state === state).length;
    return {
      correlationId,
      openedAt: row.openedAt.toISOString(),
      actorName: row.actorName,
      actorRole: row.actorRole,
      actorPartner: row.actorPartner,
      planHash: row.planHash,
      name: row.customer?.name ?? attempts.findLast(({ partner }) => partner !== null)?.partner?.name ?? '',
      customer: toCustomer(row.customer),
      partner: { partnerId: row.partner.id, name: row.partner.name },
      counts: {
        waiting: count('waiting'),
        pending: count('pending'),
        sent: count('sent'),
        succeeded: count('succeeded'),
        refused: count('refused'),
        unknown: count('unknown'),
      } satisfies Record<(typeof attemptStates)[number], number>,
      attempts,
      live: attempts.some((attempt) => attempt.state === 'pending' || attempt.state === 'sent'),
      sandbox: row.attempts.some((attempt) => attempt.connection?.sandbox ?? false),
    };
  });
}

async function rightsAt(tx: ActorTx, actor: Actor, partnerId: string): Promise<Rights> {
  const holds = await rolesAt(tx, actor, [partnerId]);
  return {
    check: holds('attempt.check', partnerId) !== null,
    submit: holds('onboarding.submit', partnerId) !== null,
    addPartner: holds('vendor-partner.add', partnerId) !== null,
    settle: holds('attempt.settle-by-hand', partnerId) !== null,
    adopt: holds('attempt.adopt-by-name', partnerId) !== null,
  };
}

function toAttemptView(
  row: AttemptRow,
  rights: Rights,
  about: {
    readonly now: Date;
    readonly shows: boolean;
    readonly ownerName: string;
    readonly partner: AddedPartner | null;
    readonly waiting: Waiting;
  },
): AttemptView {
  const { now, shows, ownerName, partner, waiting } = about;
  const state = readState({ state: attemptStateSchema.parse(row.state), deadline: row.deadline }, now);
  const problem = vendorProblemSchema.nullable().catch(null).parse(row.outcome);
  const reason = reasonOf({
    state,
    kind: problem?.kind ?? null,
    wasSent: row.sentAt !== null,
    waited: row.waitsFor !== null,
    released: row.releasedAt !== null,
  });
  const step = nextStep({
    state,
    reason,
    retryable: problem?.retryable ?? false,
    retried: row.retriedBy !== null,
    contradicted: row.contradicted,
    operation: row.operation,
  });
  const unsettled = state === 'unknown' || row.contradicted;
  return {
    attemptId: row.id,
    connectionId: row.connectionId,
    connectionName: row.connectionName,
    ownerName,
    vendor: z.enum(vendorKeys).parse(row.vendor),
    operation: operationSchema.parse(row.operation),
    service: row.operation === 'add-service' ? nameOfService(row.content?.input) : null,
    partner,
    state,
    reason,
    problem,
    remark: state === 'succeeded' ? storedRemarkSchema.parse(row.outcome) : null,
    nextStep: step,
    retryOf: row.retryOf,
    retriedBy: row.retriedBy,
    waitsFor: waiting.waitsFor,
    releasedAt: row.releasedAt?.toISOString() ?? null,
    takenAlongBy: waiting.takenAlongBy,
    vendorId: row.vendorId,
    vendorCorrelationId: row.vendorCorrelationId,
    mappingId: row.mappingId,
    profile: row.profile,
    openedAt: row.openedAt.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
    deadline: row.deadline.toISOString(),
    tookMs: tookOf(row),
    vendorMs: vendorTime(row.exchanges),
    actorName: row.actorName,
    actorRole: row.actorRole,
    actorPartner: row.actorPartner,
    settlement: toSettlement(row),
    contradicted: row.contradicted,
    lookUps: toLookUpsView(row, { state, now, shows }),
    payloadHash: row.payloadHash,
    request: row.content === null ? null : jsonSchema.parse(row.content.request),
    exchanges: row.exchanges.map((exchange) => toExchangeView(exchange, shows)),
    may: {
      check: rights.check && unsettled,
      retry:
        (row.operation === 'add-partner' ? rights.addPartner : rights.submit) &&
        state === 'refused' &&
        step !== 'nothing' &&
        (reason !== 'customer-refused' || waiting.takenAlongBy !== null || waiting.aboard),
      settleByHand: rights.settle && unsettled,
      adopt: rights.adopt && step === 'adopt',
    },
  };
}

/** As `tookMs` of the lists. */
function tookOf({ closedAt, openedAt, releasedAt, waitsFor }: AttemptRow): number | null {
  if (closedAt === null || (waitsFor !== null && releasedAt === null)) return null;
  return closedAt.getTime() - (releasedAt ?? openedAt).getTime();
}

/** Connections at which a customer is aboard. */
async function connectionsAboard(tx: ActorTx, customerId: string | null): Promise<ReadonlySet<string>> {
  if (customerId === null) return new Set();
  const rows = await tx.vendorAccount.findMany({ where: { customerId }, select: { connectionId: true } });
  return new Set(rows.map((row) => row.connectionId));
}

interface Waiting extends Pick<AttemptView, 'waitsFor' | 'takenAlongBy'> {
  /** Its customer is aboard at the connection by now. */
  readonly aboard: boolean;
}

/** How the customer's attempt stands that a service waits for, and what can be done about the service if it was refused. */
function waitingOf(
  row: AttemptRow,
  all: readonly AttemptRow[],
  { now, aboard }: { readonly now: Date; readonly aboard: ReadonlySet<string> },
): Waiting {
  const isAboard = aboard.has(row.connectionId);
  const awaited = all.find((one) => one.id === row.waitsFor);
  if (awaited === undefined) return { waitsFor: null, takenAlongBy: null, aboard: isAboard };
  const { id: attemptId, contradicted } = awaited;
  const state = readState({ state: attemptStateSchema.parse(awaited.state), deadline: awaited.deadline }, now);
  const goesAlong = row.releasedAt === null && !isAboard && state === 'refused' && awaited.retriedBy === null;
  return { waitsFor: { attemptId, state, contradicted }, takenAlongBy: goesAlong ? attemptId : null, aboard: isAboard };
}

function toCustomer(row: { readonly id: string; readonly name: string; readonly country: string } | null) {
  return row === null ? null : { customerId: row.id, name: row.name, country: row.country };
}

function nameOfService(input: unknown): string | null {
  const intent = serviceIntentSchema.safeParse(input);
  return intent.success ? intent.data.name : null;
}

function toSettlement(row: AttemptRow): AttemptView['settlement'] {
  const how = z.enum(['look-up', 'by-hand']).nullable().parse(row.settlement);
  if (how === null || row.settledAt === null) return null;
  const note = row.content?.settleNote ?? null;
  return { how, at: row.settledAt.toISOString(), by: row.settledByName ?? '', note };
}

const errorSchema = z.object({ error: z.object({ message: z.string().min(1) }) });

/** The vendor's words for an error within its answer, as they are kept. */
function refusalWords(body: unknown): string | null {
  const parsed = errorSchema.safeParse(body);
  return parsed.success ? parsed.data.error.message : null;
}

const purposeSchema = z.enum(['token', 'create', 'find', 'lookup', 'probe']);

function toExchangeView(row: AttemptRow['exchanges'][number], shows: boolean): ExchangeView {
  const { content } = row;
  const code = refusalCode(row.failure);
  return {
    id: row.id,
    purpose: purposeSchema.parse(row.purpose),
    method: row.method,
    startedAt: row.startedAt.toISOString(),
    durationMs: row.durationMs,
    phase: row.phase,
    status: row.status,
    failure: code === null ? row.failure : null,
    refusal: code === null ? null : { code, message: shows ? refusalWords(content?.responseBody) : null },
    requestBytes: row.requestBytes,
    responseBytes: row.responseBytes,
    withheld: shows ? (content === null ? 'erased' : null) : 'owner',
    content:
      content === null || !shows
        ? null
        : {
            url: content.url,
            requestHeaders: jsonSchema.parse(content.requestHeaders),
            requestBody: jsonSchema.parse(content.requestBody),
            responseHeaders: jsonSchema.parse(content.responseHeaders),
            responseBody: jsonSchema.parse(content.responseBody),
          },
  };
}
