import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Actor } from '../auth/actor';
import { type Role, rolesHolding } from '../auth/permissions';
import type { ActorTx } from '../db/as-actor';
import { systemStatement } from '../db/as-system';
import { gathered } from '../db/gathered';
import { canonicalHash } from '../onboarding/canonical-hash';
import { seal } from '../secrets/seal';
import type { RecordedExchange } from '../vendors/exchange';
import type { CustomerMatch } from '../vendors/found-customer';
import type { CustomerFacts, Json, VendorKey, VendorOutcome, VendorProblem, VendorRemark } from '../vendors/vendor';
import type { AttemptState, Operation } from './attempt';
import { attemptStateSchema } from './attempt-state-schema';

/** The only writer of attempts. Each function is one statement, prepared once per pooled connection, and one commit. */

export interface NewAttempt {
  readonly attemptId: string;
  readonly connectionId: string;
  readonly connectionName: string;
  readonly connectionVersion: number;
  readonly ownerPartnerId: string;
  readonly vendor: VendorKey;
  readonly operation: Operation;
  readonly subject: string;
  readonly profile: string | null;
  readonly mappingId: string | null;
  readonly retryOf: string | null;
  /** Milliseconds within which it must be sent, from the moment on when it may be. */
  readonly pendingMs: number;
  /** The customer's attempt of the same opening that it waits for. */
  readonly waitsFor?: string;
  readonly facts: CustomerFacts;
  readonly input: Json;
  /** Initial secrets by name: sealed here, apart from everything else. */
  readonly secrets: Readonly<Record<string, string>>;
  /** The planned request, masked: what the person saw. */
  readonly request: Json;
  /** What it is found by, where no customer has a name. */
  readonly search?: string;
}

export interface NewOnboarding {
  readonly correlationId: string;
  readonly partnerId: string;
  /** Null for a partner at a vendor, which is nobody's customer. */
  readonly customerId: string | null;
  /** The new customer's facts, or null when the customer exists. */
  readonly newCustomer: CustomerFacts | null;
  /** Null when attempts are added to an onboarding that exists (a retry). */
  readonly hashes: { readonly plan: string; readonly request: string } | null;
  /** Of a retry: the hash of what was submitted, by which the same submission is known again. */
  readonly retryHash?: string;
  /** What waits for another comes after it. */
  readonly attempts: readonly NewAttempt[];
}

/** The words by which a customer is found. */
export function customerSearchWords(facts: CustomerFacts): string {
  return [facts.name, facts.legalName, facts.taxId, facts.email, facts.city].filter((word) => word !== '').join(' ');
}

/** What must be unique among open attempts: the customer by name and country, as far as anybody can tell before it exists. */
export function customerSubject(facts: { readonly name: string; readonly country: string }): string {
  return `${facts.name.trim().replace(/\s+/g, ' ').toLowerCase()}|${facts.country}`;
}

/**
 * Inserts customer, onboarding and pending attempts with their audit entries, in the actor's transaction.
 * Unique violations tell of a double submit or of an open attempt for the same customer: see `onboard.ts`.
 */
export async function openAttempts(tx: ActorTx, actor: Actor, role: Role, opening: NewOnboarding): Promise<void> {
  const who = { actor_id: actor.userId, actor_name: actor.name, actor_role: role, actor_partner: actor.partnerName };
  const { newCustomer, hashes } = opening;
  const doc = {
    ...(newCustomer === null
      ? {}
      : {
          customer: { id: opening.customerId, partner_id: opening.partnerId, ...toCustomerRow(newCustomer) },
          search: customerSearchWords(newCustomer),
        }),
    ...(hashes === null
      ? {}
      : {
          onboarding: {
            correlation_id: opening.correlationId,
            id: uuidv7(),
            partner_id: opening.partnerId,
            customer_id: opening.customerId,
            plan_hash: hashes.plan,
            request_hash: hashes.request,
            ...who,
          },
        }),
    attempts: opening.attempts.map((attempt) => ({
      id: attempt.attemptId,
      audit_id: uuidv7(),
      correlation_id: opening.correlationId,
      partner_id: opening.partnerId,
      customer_id: opening.customerId,
      connection_id: attempt.connectionId,
      owner_partner_id: attempt.ownerPartnerId,
      connection_name: attempt.connectionName,
      connection_version: attempt.connectionVersion,
      vendor: attempt.vendor,
      operation: attempt.operation,
      subject: attempt.subject,
      profile: attempt.profile,
      mapping_id: attempt.mappingId,
      retry_of: attempt.retryOf,
      deadline_ms: attempt.pendingMs,
      ...(attempt.waitsFor === undefined ? {} : { waits_for: attempt.waitsFor, release_ms: attempt.pendingMs }),
      awaited: opening.attempts.some(({ waitsFor }) => waitsFor === attempt.attemptId),
      payload_hash: canonicalHash(attempt.request),
      submission_hash: opening.retryHash ?? null,
      facts: attempt.facts,
      input: attempt.input,
      request: attempt.request,
      ...(attempt.search === undefined ? {} : { search: attempt.search }),
      ...sealedSecrets(attempt, opening.partnerId),
      ...who,
    })),
  };
  await tx.$executeRaw`select onboarding_open(${JSON.stringify(doc)}::jsonb)`;
}

function sealedSecrets({ attemptId, vendor, secrets }: NewAttempt, partnerId: string) {
  const rows = Object.entries(secrets).map(([field, value]) => {
    const { keyVersion, sealed } = seal({ value, binding: { partnerId, vendor, recordId: attemptId, field } });
    return { field, key_version: keyVersion, sealed: Buffer.from(sealed).toString('base64') };
  });
  return rows.length === 0 ? {} : { secrets: rows };
}

/** A customer's facts under the names of the columns. */
export function toCustomerRow(facts: CustomerFacts): Record<string, string> {
  return {
    name: facts.name,
    legal_name: facts.legalName,
    tax_id: facts.taxId,
    country: facts.country,
    address_line1: facts.addressLine1,
    address_line2: facts.addressLine2,
    city: facts.city,
    state: facts.state,
    zip: facts.zip,
    first_name: facts.firstName,
    middle_name: facts.middleName,
    last_name: facts.lastName,
    email: facts.email,
    phone: facts.phone,
    website: facts.website,
  };
}

const sentAnswerSchema = z.enum(['sent', 'not-pending', 'late', 'rights', 'connection', 'mapping', 'customer']);
export type SentAnswer = z.infer<typeof sentAnswerSchema>;
const sendingRoles = rolesHolding('onboarding.submit');

/** What the engine writes of an attempt under way: that it leaves now, or what came back. */
type Step =
  | { readonly kind: 'sending'; readonly attemptId: string; readonly answerMs: number }
  | { readonly kind: 'closing'; readonly attemptId: string; readonly partnerId: string; readonly doc: string };

/** Steps of one moment share a statement and its commit; closings in the order of the partners whose audit chains they lock. */
const takeStep = gathered<Step, string>(
  async (steps) => {
    // By id: two runs of one attempt at the same moment ask for one mark.
    const sendings = new Map(
      steps.flatMap((step) => (step.kind === 'sending' ? [[step.attemptId, step.answerMs] as const] : [])),
    );
    const closings = steps.filter((step) => step.kind === 'closing');
    const rows = await systemStatement<{ id: string; answer: string }>('write an attempt', {
      name: 'attempts_step',
      text: 'select id, answer from attempts_step($1::uuid[], $2::text[], $3::integer[], $4::jsonb)',
      values: [
        [...sendings.keys()],
        sendingRoles,
        [...sendings.values()].map((answerMs) => Math.max(1, Math.round(answerMs))),
        `[${closings.map(({ doc }) => doc).join(',')}]`,
      ],
    });
    // One row for each mark comes first, then those of the closings.
    const marks = new Map(rows.slice(0, sendings.size).map(({ id, answer }) => [id, answer]));
    const states = new Map(rows.slice(sendings.size).map(({ id, answer }) => [id, answer]));
    return steps.map(({ kind, attemptId }) => {
      const answer = (kind === 'sending' ? marks : states).get(attemptId);
      // The mark is given once, to the run that asked first.
      if (kind === 'sending') marks.set(attemptId, 'not-pending');
      if (answer === undefined) throw new Error('a step of an attempt was not answered');
      return answer;
    });
  },
  (left, right) => (lockedBy(left) < lockedBy(right) ? -1 : 1),
);

const lockedBy = (step: Step) => (step.kind === 'closing' ? step.partnerId : '') + step.attemptId;

/**
 * Commits the *sent* mark, or says why the request must not leave. Rights, connection and mapping are asked again here.
 * @param answerMs time the vendor has to answer before the attempt reads as unknown
 */
export async function markSent(attemptId: string, answerMs: number): Promise<SentAnswer> {
  return sentAnswerSchema.parse(await takeStep({ kind: 'sending', attemptId, answerMs }));
}

function toExchangeRows(exchanges: readonly RecordedExchange[]): Json {
  return exchanges.map((exchange) => {
    const id = uuidv7();
    const content = {
      url: exchange.url,
      request_headers: exchange.requestHeaders,
      request_body: exchange.requestBody,
      response_headers: exchange.responseHeaders,
      response_body: exchange.responseBody,
    };
    return {
      id,
      exchange_id: id,
      purpose: exchange.purpose,
      method: exchange.method,
      started_at: exchange.startedAt.toISOString(),
      duration_ms: Math.max(0, Math.round(exchange.durationMs)),
      phase: exchange.phase,
      status: exchange.status,
      failure: exchange.failure,
      request_bytes: exchange.requestBytes,
      response_bytes: exchange.responseBytes,
      content_hash: canonicalHash(content),
      ...content,
    };
  });
}

/** The vendor's words, for the search box. */
function searchWords(problem: VendorProblem, search: string | undefined): string | null {
  const words = [
    search ?? null,
    problem.vendorType,
    problem.vendorDescription,
    problem.vendorCorrelationId,
    ...problem.fieldErrors.flatMap((error) => [error.vendorField, ...error.messages]),
  ].filter((word) => word !== null && word !== '');
  return words.length === 0 ? null : words.join(' ').slice(0, 4_000);
}

/** An attempt's closing, ready to be committed: made once, so that committing it again after a lost answer adds nothing. */
export interface Closing {
  readonly attemptId: string;
  readonly partnerId: string;
  readonly doc: string;
}

/** Makes the closing of an attempt of what came back. Pure but for the ids it mints. */
export function toClosing(
  attempt: {
    readonly attemptId: string;
    readonly partnerId: string;
    readonly hasSecrets: boolean;
    /** What it was opened to be found by: the vendor's words come beside it. */
    readonly search?: string;
  },
  outcome: VendorOutcome,
  exchanges: readonly RecordedExchange[],
): Closing {
  const { attemptId, partnerId, hasSecrets, search } = attempt;
  const problem = outcome.state === 'succeeded' ? null : outcome.problem;
  const doc = {
    id: attemptId,
    audit_id: uuidv7(),
    account_id: uuidv7(),
    state: outcome.state,
    outcome: problem ?? toStoredRemark(outcome),
    vendor_id: outcome.state === 'succeeded' ? outcome.vendorId : null,
    vendor_correlation_id:
      outcome.state === 'succeeded' ? outcome.vendorCorrelationId : outcome.problem.vendorCorrelationId,
    search: problem === null ? null : searchWords(problem, search),
    secrets: hasSecrets,
    exchanges: toExchangeRows(exchanges),
  };
  return { attemptId, partnerId, doc: JSON.stringify(doc) };
}

/** "Created, but …", where a problem would stand. */
function toStoredRemark(outcome: VendorOutcome): { readonly remark: VendorRemark } | null {
  return outcome.state === 'succeeded' && outcome.remark !== undefined ? { remark: outcome.remark } : null;
}

/**
 * Commits a closing: exchanges, state, vendor account, audit entry, all or nothing. An answer that comes after the attempt
 * was settled is kept, and a contradiction is marked.
 * @returns the state that the attempt is in afterwards
 */
export async function closeAttempt({ attemptId, partnerId, doc }: Closing): Promise<AttemptState> {
  return attemptStateSchema.parse(await takeStep({ kind: 'closing', attemptId, partnerId, doc }));
}

/** The attempts that waited for this one, were released with its outcome, and have not left yet. */
export async function releasedBy(attemptId: string): Promise<readonly string[]> {
  const rows = await systemStatement<{ id: string }>('call vendor', {
    name: 'released_by',
    text: `select id from attempt where waits_for = $1::uuid and state = 'pending' order by id`,
    values: [attemptId],
  });
  return rows.map(({ id }) => id);
}

/** Whoever settles: an actor with the role that allowed it, or Quayside itself by its schedule of look-ups. */
export type SettledBy = { readonly actor: Actor; readonly role: Role } | 'Quayside';

/** A look-up of the schedule, kept with what it decides. */
export interface KeptLookUp {
  readonly number: number;
  readonly answer: string;
  /** Why it failed or was skipped: a code. */
  readonly reason: string | null;
  /** What was seen that does not carry our key. */
  readonly candidates: readonly { readonly vendorId: string; readonly match: CustomerMatch }[];
  /** What was seen of a service, which carries no key at all; null for everything else. */
  readonly seen: Json;
}

export interface Settlement {
  readonly attemptId: string;
  /** Null: only keep the exchanges of a look-up that decided nothing. */
  readonly state: 'succeeded' | 'refused' | null;
  readonly how: 'look-up' | 'by-hand';
  readonly vendorId: string | null;
  readonly note: string | null;
  readonly exchanges: readonly RecordedExchange[];
  readonly by: SettledBy;
  /** The look-up of the schedule that this comes from; it decides nothing but what is unknown. */
  readonly lookUp?: KeptLookUp;
}

/**
 * Settles an unknown attempt, or keeps the look-up that could not.
 * @returns the state afterwards; `taken` when the vendor's id belongs to another customer; null when it was not unknown
 */
export async function settleAttempt(settlement: Settlement): Promise<string | null> {
  const doc = {
    id: settlement.attemptId,
    audit_id: uuidv7(),
    account_id: uuidv7(),
    state: settlement.state,
    settlement: settlement.how,
    vendor_id: settlement.vendorId,
    note: settlement.note,
    ...whoSettled(settlement.by),
    exchanges: toExchangeRows(settlement.exchanges),
    look_up: settlement.lookUp === undefined ? null : toLookUpRow(settlement.lookUp),
  };
  const [row] = await systemStatement<{ state: string | null }>('write an attempt', {
    name: 'attempt_settle',
    text: 'select attempt_settle($1::jsonb) as state',
    values: [JSON.stringify(doc)],
  });
  return row?.state ?? null;
}

function whoSettled(by: SettledBy) {
  if (by === 'Quayside') return { actor_id: null, actor_name: by, actor_role: 'system', actor_partner: '' };
  const { actor, role } = by;
  return { actor_id: actor.userId, actor_name: actor.name, actor_role: role, actor_partner: actor.partnerName };
}

function toLookUpRow({ candidates, ...lookUp }: KeptLookUp) {
  return { ...lookUp, candidates: candidates.map(({ vendorId, match }) => ({ vendor_id: vendorId, match })) };
}
