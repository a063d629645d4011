import 'server-only';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { type AttemptState, longestWaitMs } from '../attempts/attempt';
import { attemptStateSchema } from '../attempts/attempt-state-schema';
import { type Closing, closeAttempt, markSent, type NewAttempt, toClosing } from '../attempts/attempt-store';
import { connectionOfVersion } from '../connections/connection-of-version';
import type { LoadedConnection } from '../connections/load-vendor-connection';
import { isSignInRefused, markConnectionBroken } from '../connections/mark-connection-broken';
import { makeVendorCall } from '../connections/vendor-call';
import { customerFactsSchema } from '../customers/customer-facts';
import { systemStatement } from '../db/as-system';
import { Conflict, NotFound } from '../errors';
import { log } from '../log';
import { open } from '../secrets/seal';
import { serviceIntentSchema } from '../services/service-intent';
import { partnerIntentSchema } from '../vendor-partners/partner-intent';
import type { RecordedExchange } from '../vendors/exchange';
import { NotSent, VendorError } from '../vendors/http/vendor-error';
import { jsonSchema } from '../vendors/json-schema';
import { adapterFor } from '../vendors/registry';
import {
  type Json,
  type RequestContext,
  type VendorCall,
  type VendorKey,
  type VendorOutcome,
  type VendorProblem,
  vendorKeys,
} from '../vendors/vendor';
import { thingOf } from './thing-of-attempt';

/** An attempt as it was opened, with what is needed to carry it out. */
export interface StoredAttempt {
  readonly id: string;
  readonly state: AttemptState;
  readonly correlationId: string;
  readonly partnerId: string;
  readonly connectionId: string;
  readonly connectionVersion: number;
  readonly operation: string;
  readonly subject: string;
  readonly retryOf: string | null;
  /** Services wait for it. */
  readonly awaited: boolean;
  readonly facts: z.infer<typeof customerFactsSchema>;
  readonly input: Json;
  readonly context: RequestContext;
  readonly vendor: VendorKey;
  /** Initial secrets, opened. Never logged, never serialised. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** An attempt that was opened just now, by what it was opened with. Pure. */
export function toStoredAttempt(
  attempt: NewAttempt,
  {
    correlationId,
    partnerId,
    awaited = false,
  }: { readonly correlationId: string; readonly partnerId: string; readonly awaited?: boolean },
): StoredAttempt {
  const { attemptId, mappingId, profile, waitsFor } = attempt;
  return {
    ...attempt,
    id: attemptId,
    state: waitsFor === undefined ? 'pending' : 'waiting',
    correlationId,
    partnerId,
    awaited,
    context: { correlationId, mappingId, mappingName: null, profile },
  };
}

const storedAttemptSchema = z.object({
  id: z.string(),
  state: attemptStateSchema,
  correlation_id: z.string(),
  partner_id: z.string(),
  connection_id: z.string(),
  connection_version: z.number(),
  operation: z.string(),
  subject: z.string(),
  retry_of: z.string().nullable(),
  awaited: z.boolean(),
  profile: z.string().nullable(),
  mapping_id: z.string().nullable(),
  vendor: z.enum(vendorKeys),
  secrets: z.array(z.object({ field: z.string(), keyVersion: z.number(), sealed: z.base64() })),
  facts: customerFactsSchema,
  input: jsonSchema,
});

/** Loads an attempt with its content, parsed. @throws NotFound when it or its content is gone */
export async function loadAttempt(attemptId: string): Promise<StoredAttempt> {
  const [stored] = await systemStatement<Record<string, unknown>>('call vendor', {
    name: 'load_attempt',
    text: `select a.id, a.state, a.correlation_id, a.partner_id, a.connection_id, a.connection_version, a.operation, a.subject, a.retry_of, a.awaited, a.profile,
        a.mapping_id, a.vendor, c.facts, c.input,
        (select coalesce(json_agg(json_build_object('field', s.field, 'keyVersion', s.key_version,
          'sealed', translate(encode(s.sealed, 'base64'), E'\\n', ''))), '[]') from attempt_secret s where s.attempt_id = a.id) as secrets
      from attempt a join attempt_content c on c.attempt_id = a.id where a.id = $1::uuid`,
    values: [attemptId],
  });
  if (stored === undefined) throw new NotFound();
  const row = storedAttemptSchema.parse(stored);
  return {
    id: row.id,
    state: row.state,
    correlationId: row.correlation_id,
    partnerId: row.partner_id,
    connectionId: row.connection_id,
    connectionVersion: row.connection_version,
    operation: row.operation,
    subject: row.subject,
    retryOf: row.retry_of,
    awaited: row.awaited,
    facts: row.facts,
    input: row.input,
    context: {
      correlationId: row.correlation_id,
      mappingId: row.mapping_id,
      mappingName: null,
      profile: row.profile,
    },
    vendor: row.vendor,
    secrets: openSecrets(row),
  };
}

function openSecrets({ id, partner_id: partnerId, vendor, secrets }: z.infer<typeof storedAttemptSchema>) {
  return Object.fromEntries(
    secrets.map(({ field, keyVersion, sealed }) => {
      const binding = { partnerId, vendor, recordId: id, field };
      return [field, open({ keyVersion, sealed: Buffer.from(sealed, 'base64'), binding })];
    }),
  );
}

/**
 * Carries out one pending attempt: calls the vendor with the *sent* mark committed right before the request leaves, and
 * closes the attempt with what came back. Exchanges, state, vendor account and audit entry are one commit.
 * @param opened the attempt as it was just opened, or its id: then it is read again
 */
export async function runAttempt(opened: StoredAttempt | string): Promise<void> {
  const attempt = typeof opened === 'string' ? await loadAttempt(opened) : opened;
  if (attempt.state !== 'pending') return;
  const exchanges: RecordedExchange[] = [];
  const outcome = await carryOut(attempt, exchanges);
  if (outcome === null) return;
  const { id: attemptId, partnerId, secrets } = attempt;
  const hasSecrets = Object.keys(secrets).length > 0;
  const named = attempt.operation === 'add-partner' ? { search: partnerIntentSchema.parse(attempt.input).name } : {};
  await closeDespiteOutage(toClosing({ attemptId, partnerId, hasSecrets, ...named }, outcome, exchanges));
}

/** The outcome, or null when the attempt is not this run's to decide: somebody sent it before. */
async function carryOut(attempt: StoredAttempt, exchanges: RecordedExchange[]): Promise<VendorOutcome | null> {
  const attemptId = attempt.id;
  let connection: LoadedConnection;
  try {
    connection = await connectionOfVersion(attempt.connectionId, attempt.connectionVersion);
  } catch (error) {
    if (error instanceof Conflict || error instanceof NotFound) return refused(notSent('connection'));
    throw error;
  }
  const until = Date.now() + longestWaitMs;
  const call = makeVendorCall({
    connection,
    correlationId: attempt.correlationId,
    attemptId,
    signal: AbortSignal.timeout(longestWaitMs),
    initialSecrets: attempt.secrets,
    onExchange: (exchange) => exchanges.push(exchange),
    async beforeEffect() {
      const answer = await markSent(attemptId, until - Date.now() + closingMs);
      if (answer !== 'sent') throw new NotSent(answer);
    },
  });
  try {
    const outcome = await act(attempt, call);
    const problem = outcome.state === 'succeeded' ? null : outcome.problem;
    if (problem !== null && isSignInRefused(problem)) {
      await markConnectionBroken({
        connectionId: connection.connectionId,
        version: connection.version,
        reason: problem.message,
      });
    }
    return outcome;
  } catch (error) {
    if (error instanceof NotSent) return error.message === 'not-pending' ? null : refused(notSent(error.message));
    throw error;
  }
}

function act(attempt: StoredAttempt, call: VendorCall): Promise<VendorOutcome> {
  switch (attempt.operation) {
    case 'adopt-customer':
      return adopt(attempt, call);
    case 'add-service':
      return addService(attempt, call);
    default:
      return create(attempt, call);
  }
}

/** Its plan has looked whether the service is there, and a service has no slot for our key: nothing is looked for here. */
async function addService(attempt: StoredAttempt, call: VendorCall): Promise<VendorOutcome> {
  const { services } = adapterFor(attempt.vendor);
  if (services === undefined) throw new Error(`Customers at ${attempt.vendor} have no services`);
  const { service, vendorCustomerId } = serviceIntentSchema.parse(attempt.input);
  if (vendorCustomerId === null) throw new Error('A service was released without its customer');
  return services.addService(call, service, { customerId: vendorCustomerId, profile: attempt.context.profile });
}

async function create(attempt: StoredAttempt, call: VendorCall): Promise<VendorOutcome> {
  if (attempt.retryOf !== null) {
    // A retry never posts what may already exist: our key is looked for first.
    const earlier = await findOurs(attempt, call);
    if (earlier !== null) return earlier;
  }
  const outcome = await thingOf(attempt).send(call);
  if (outcome.state !== 'refused' || outcome.problem.kind !== 'already-exists') return outcome;
  // "Already exists" is a success where it carries our key, else a person decides what to do about it.
  const ours = await findOurs(attempt, call);
  return ours?.state === 'succeeded' ? ours : outcome;
}

/** The customer or partner that carries our key, as an outcome; null when there is none; refused when the vendor cannot be read. */
async function findOurs(attempt: StoredAttempt, call: VendorCall): Promise<VendorOutcome | null> {
  try {
    const found = await thingOf(attempt).find(call);
    const ours = found.find((one) => one.match === 'key' && one.key === attempt.correlationId);
    return ours === undefined ? null : { state: 'succeeded', vendorId: ours.vendorId, vendorCorrelationId: null };
  } catch (error) {
    if (error instanceof VendorError) return refused({ ...error.problem, effect: 'none' });
    throw error;
  }
}

async function adopt(attempt: StoredAttempt, call: VendorCall): Promise<VendorOutcome> {
  try {
    const there = await adapterFor(attempt.vendor).getCustomer(call, attempt.subject);
    if (there === null) return refused(notSent('gone-at-vendor'));
    return { state: 'succeeded', vendorId: there.vendorId, vendorCorrelationId: null };
  } catch (error) {
    if (error instanceof VendorError) return refused({ ...error.problem, effect: 'none' });
    throw error;
  }
}

function refused(problem: VendorProblem): VendorOutcome {
  return { state: 'refused', problem };
}

/** Why an attempt was not sent, as a problem with a sentence of its own. */
function notSent(reason: string): VendorProblem {
  return {
    kind: 'invalid-request',
    effect: 'none',
    status: null,
    message: `not-sent.${reason}`,
    params: {},
    fieldErrors: [],
    vendorType: null,
    vendorDescription: null,
    vendorCorrelationId: null,
    retryAfterSeconds: null,
    retryable: reason === 'late' || reason === 'connection',
  };
}

/** Time for committing an answer that came at the last moment, before the attempt reads as unknown, in milliseconds. */
const closingMs = 500;

/** How long an answer is held while the database cannot commit: after that the row reads as unknown by itself. */
const holdMs = 60_000;

/** Closes an attempt, again and again while the database is away: the answer in hand is the only copy there is. */
async function closeDespiteOutage(closing: Closing): Promise<void> {
  const until = Date.now() + holdMs;
  for (let pauseMs = 100; ; pauseMs = Math.min(pauseMs * 2, 5_000)) {
    try {
      await closeAttempt(closing);
      return;
    } catch (error) {
      if (Date.now() + pauseMs > until) throw error;
      log.warn({ attemptId: closing.attemptId, error }, 'the closing of an attempt could not be committed yet');
      await wait(pauseMs);
    }
  }
}
